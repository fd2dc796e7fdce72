import { expect } from '@jest/globals'
import { type ImageContent, pythonOn, setExtension } from '../emulator/azure/cluster.js'
import type { RequestKind, SeenRequest } from '../emulator/network/messages.js'
import type { Operation } from '../emulator/azure/operations.js'
import type { StepResult } from '../emulator/github/runner.js'
import type { World } from '../emulator/world.js'
import { checkInvariants } from './invariants.js'
import { imageName, requirements, wanted } from './wanted.js'

export { imageName, requirements, wanted }

/** Something else than what is wanted. */
export const other: ImageContent = { ...wanted, requirementsFileContent: 'polars==1.0.0' }

/** What became of a step and its world, which has ended too. */
export type Played<In extends World = World> = StepResult & {
  readonly world: In
  /** The kinds of all requests in the order of their coming, repetitions told once. */
  readonly story: readonly RequestKind[]
  readonly puts: readonly SeenRequest[]
  /** The builds that the step itself started. */
  readonly ownBuilds: readonly Operation[]
  /** The switches of the cluster that it started. */
  readonly ownSwitches: readonly Operation[]
}

/** Tells what became of a step in its world, and checks what must be true of every step whatever happens. */
export function playedIn<In extends World>(world: In, step: StepResult): Played<In> {
  withLog(step, () => checkInvariants(step, world))
  return {
    ...step,
    world,
    story: world.requests.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]),
    puts: world.seen('put-image'),
    ownBuilds: world.builds.filter(({ by }) => by === world.principal.clientId),
    ownSwitches: world.switches.filter(({ by }) => by === world.principal.clientId),
  }
}

/** How a step ends that has created the image. */
export const built = { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } }

/** Expects that the step has ended like this; where it has not, its log tells more. */
export function expectEnd(step: StepResult, end: { exitCode: number; outputs?: Record<string, string> }): void {
  withLog(step, () => expect(step).toMatchObject(end))
}

function withLog({ log }: StepResult, check: () => void): void {
  try {
    check()
  } catch (error) {
    if (error instanceof Error) error.message += `\n\n${log.replace(/^::debug::.*\n/gm, '').slice(0, 10_000)}`
    throw error
  }
}

/** Puts the image there. */
export const holding =
  (content: ImageContent, provisioningState = 'Succeeded') =>
  (world: World): void =>
    void world.cluster.images.set(imageName, content, provisioningState)

/** Puts an image there and has queries run on it. */
export const running =
  (image: string, content = wanted) =>
  (world: World): void => {
    world.cluster.images.set(image, content)
    setExtension(world.cluster, pythonOn(image))
  }

/** Does one thing after another before the step starts. */
export const all =
  (...prepare: ((world: World) => void)[]) =>
  (world: World): void =>
    prepare.forEach(each => each(world))

/** Ends every build and switch under way just before the request of this kind that has this number, counted from 1. */
export const endingAt =
  (kind: RequestKind, number: number) =>
  (world: World): void => {
    const end = (): void => [...world.builds, ...world.switches].filter(({ finished }) => !finished).forEach(endNow)
    const endNow = (operation: Operation): void => void (operation.to = world.clock.now())
    world.fault({ on: kind, skip: number - 1, meanwhile: end })
  }

/** The error that the step ended with: its code and its words. */
export function failureOf({ annotations }: StepResult): { code: string; message: string } {
  const error = annotations.find(({ level }) => level === 'error')
  return { code: error?.title ?? '(no error)', message: error?.message ?? '' }
}

/**
 * What a message must hold however it is worded: a name, an id, a version, a number, a command, or the words of someone
 * else. Our own words are no facts.
 */
export type Fact = string | RegExp

/** Expects that the step has ended with this failure, which holds these facts, and told so in its summary, and of no defect. */
export function expectFailure(
  step: StepResult,
  code: string,
  facts: readonly Fact[] = [],
  outputs: Record<string, string> = {},
): void {
  expectEnd(step, { exitCode: 1, outputs })
  const failure = failureOf(step)
  withLog(step, () => {
    expect(failure.code).toBe(code)
    for (const fact of facts) expect(failure.message).toMatch(fact)
  })
  expect(step.summary).toMatch(/^### ❌ /)
  expect(kindsOf(step)).not.toContain('error defect')
  expect(step.log).not.toMatch(/\n\s+at /)
}

/** The level and the title of each annotation. */
export function kindsOf({ annotations }: StepResult): string[] {
  return annotations.map(({ level, title = '' }) => `${level} ${title}`)
}

/** Expects one annotation of this level and title, which holds these facts. */
export function expectAnnotation(step: StepResult, kind: string, facts: readonly Fact[] = []): void {
  const found = step.annotations.filter((_, index) => kindsOf(step)[index] === kind)
  withLog(step, () => {
    expect([kind, found.length]).toEqual([kind, 1])
    for (const fact of facts) expect(found[0]!.message).toMatch(fact)
  })
}

/** The green line of the log, by which a run that went well tells what it did. */
export function outcomeLine({ log }: StepResult): string {
  const green = log.split('\n').findLast(line => line.startsWith('\u001b[32m'))
  return green?.replace(/\u001b\[\d+m/g, '') ?? ''
}
