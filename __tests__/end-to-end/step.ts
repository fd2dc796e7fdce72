import { expect } from '@jest/globals'
import { pythonOn, setExtension } from '../../emulator/cluster.js'
import type { ImageContent } from '../../emulator/cluster.js'
import type { RequestKind, SeenRequest } from '../../emulator/messages.js'
import type { Operation } from '../../emulator/operations.js'
import { runStep } from '../../emulator/runner.js'
import type { StepOptions, StepResult } from '../../emulator/runner.js'
import { stepInputs } from '../../emulator/step-inputs.js'
import { startWorld } from '../../emulator/world.js'
import type { World, WorldOptions } from '../../emulator/world.js'
import { checkInvariants } from './invariants.js'

/** The image of every step, unless its inputs say otherwise. */
export const imageName = 'forecasting'

/** What every step's requirements file says, unless its files say otherwise. */
export const requirements = 'pandas==2.2.2\nscikit-learn==1.4.2'

/** What every step wants, unless its inputs and files say otherwise. */
export const wanted: ImageContent = {
  language: 'Python',
  languageVersion: '3.10.8',
  requirementsFileContent: requirements,
}

/** Something else than what is wanted. */
export const other: ImageContent = { ...wanted, requirementsFileContent: 'polars==1.0.0' }

/** One step in a world of its own. */
export type PlayOptions = Omit<StepOptions, 'world' | 'cancelWhen' | 'timeOutWhen' | 'env'> & {
  readonly world?: WorldOptions
  /** Sets up what is there before the step starts. */
  readonly prepare?: (world: World) => void | Promise<void>
  readonly env?: StepOptions['env'] | ((world: World) => StepOptions['env'])
  /** Cancels the step once this is true of its world. */
  readonly cancelWhen?: (world: World) => boolean
  /** Lets its time limit pass once this is true. */
  readonly timeOutWhen?: (world: World) => boolean
}

/** What became of a step and its world, which has ended too. */
export type Played = StepResult & {
  readonly world: World
  /** The kinds of all requests in the order of their coming, repetitions told once. */
  readonly story: readonly RequestKind[]
  readonly puts: readonly SeenRequest[]
  /** The builds that the step itself started. */
  readonly ownBuilds: readonly Operation[]
  /** The switches of the cluster that it started. */
  readonly ownSwitches: readonly Operation[]
  /**
   * The requests that came after it was cancelled or its time limit had passed. Two that it was about to make, and has no
   * answer to, may be among them: signals are looked at after what else has come.
   */
  readonly lateRequests: readonly SeenRequest[]
}

/**
 * Runs the shipped action as a step with valid inputs in a world where builds take a third of a second, and checks what
 * must be true of every step whatever happens.
 */
export async function play(options: PlayOptions = {}): Promise<Played> {
  const { world: worldOptions, prepare, env, cancelWhen, timeOutWhen, inputs, files, ...rest } = options
  const world = await startWorld({ buildSeconds: 0.3, ...worldOptions })
  try {
    await prepare?.(world)
    // What preparing has asked for is not the step's doing.
    ;(world.requests as SeenRequest[]).splice(0)
    const environment = typeof env === 'function' ? env(world) : env
    let inTime = Infinity
    const ending = (when: (world: World) => boolean) => (): boolean => {
      const is = when(world)
      if (is) inTime = world.requests.length
      return is
    }
    const step = await runStep({
      // A runner would lose its patience after ten seconds, which a busy machine may need.
      cancelSignals: [{ signal: 'SIGINT', afterMs: 0 }],
      ...rest,
      world,
      // Most steps are about something else than uv and pip, which most of them have not got.
      inputs: { ...inputsFor(world), resolve: 'false', ...inputs },
      files: { 'requirements.txt': `${requirements}\n`, ...files },
      ...(environment && { env: environment }),
      ...(cancelWhen && { cancelWhen: ending(cancelWhen) }),
      ...(timeOutWhen && { timeOutWhen: ending(timeOutWhen) }),
    })
    withLog(step, () => checkInvariants(step, world))
    return {
      ...step,
      world,
      story: world.requests.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]),
      puts: world.seen('put-image'),
      ownBuilds: world.builds.filter(({ by }) => by === world.principal.clientId),
      ownSwitches: world.switches.filter(({ by }) => by === world.principal.clientId),
      lateRequests: world.requests.slice(inTime),
    }
  } finally {
    await world.close()
  }
}

/**
 * The inputs of a step in this world. On the real clock it looks often enough for short builds; on a faster one it has
 * weeks, for the minutes of a busy machine are days there.
 */
export function inputsFor(world: World): Record<string, string> {
  return {
    ...stepInputs(world, imageName),
    ...(world.clock.speed === 1 ? { 'poll-interval-seconds': '0.05' } : { 'timeout-minutes': '30000' }),
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
