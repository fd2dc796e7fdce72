import { describe, expect, test } from '@jest/globals'
import { maintenanceError } from '../../emulator/azure/arm-errors.js'
import { pullRequest } from '../../emulator/github/events.js'
import type { Fault } from '../../emulator/azure/faults.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { Outcome } from '../../emulator/azure/operations.js'
import type { World, WorldOptions } from '../../emulator/world.js'
import { failureOf, imageName, other, type Played, wanted } from './harness.js'
import { effects, playChaos, type Random, randomFrom, refuses, runs, seed, strikes } from './chaos.js'

/** What happens in one run. All of it passes, so that a good build must come of it in the end. */
function planOf(random: Random) {
  const faults: Fault[] = []
  const strike = (on: RequestKind, most: number, among = effects) =>
    faults.push(...strikes(random, on, most, on === 'poll' || on === 'get-image' ? 6 : 2, among))
  strike('connect', 1, [{ answer: { status: 502 } }, { reset: 'before' }])
  strike(
    'id-token',
    1,
    effects.filter(effect => !refuses(effect)),
  )
  strike(
    'token',
    1,
    effects.filter(effect => !refuses(effect)),
  )
  // A token that is refused twice in a row is refused for good.
  strike(
    'get-image',
    3,
    effects.filter(effect => !refuses(effect)),
  )
  strike('get-image', 1, effects.filter(refuses))
  strike(
    'put-image',
    2,
    effects.filter(effect => !refuses(effect)),
  )
  if (faults.every(({ on }) => on !== 'put-image')) strike('put-image', 1, effects.filter(refuses))
  strike('poll', 6)

  const bad: Outcome = { status: random.pick(['Failed', 'Canceled'] as const), error: { code: 'X', message: 'No.' } }
  const outcomes = random.chance(0.2)
    ? [{ status: 'Failed', error: maintenanceError('adxforecast') } as const]
    : random.chance(0.25)
      ? [bad]
      : []
  const world: WorldOptions = {
    // A build of the same content that ends sooner than reads may be late leaves no trace where its answer was lost.
    buildSeconds: 160 + random.below(80),
    outcomes: [...outcomes],
    putHeaders: random
      .pick([['Azure-AsyncOperation'], ['Location'], ['Azure-AsyncOperation', 'Location'], []] as const)
      .slice(),
    conflictScope: random.pick(['image', 'cluster']),
    repeatedPut: random.pick(['conflict', 'second-operation']),
    retryAfterSeconds: random.pick([undefined, undefined, 3, 15]),
    latencyMs: random.pick([0, 0, 200, 2000]),
  }
  const before = random.pick(['nothing', 'nothing', 'other', 'failed', 'same'] as const)
  const meanwhile = random.pick(['nothing', 'nothing', 'nothing', 'another image', 'same', 'other'] as const)
  const accessTokenSeconds = random.pick([3600, 3600, 400, 330])
  const mayRead = random.chance(0.85)
  return { faults, world, before, meanwhile, accessTokenSeconds, mayRead, force: before === 'same' }
}

/** @param image the one that is there before, and that others build. */
function prepare(world: World, plan: ReturnType<typeof planOf>, image: string): void {
  const { images } = world.cluster
  if (plan.before === 'other') images.set(image, other)
  if (plan.before === 'same') images.set(image, wanted)
  if (plan.before === 'failed') images.set(image, wanted, 'Failed')
  const outcome: Outcome = { status: 'Succeeded' }
  if (plan.meanwhile === 'another image') {
    world.startForeignBuild({ image: 'fraud-scoring', content: other, seconds: 60, outcome })
  } else if (plan.meanwhile !== 'nothing') {
    const content = plan.meanwhile === 'same' ? wanted : other
    world.startForeignBuild({ image, content, seconds: 60, outcome })
  }
  world.entra.accessTokenSeconds = plan.accessTokenSeconds
  if (!plan.mayRead) world.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read')
  for (const fault of plan.faults) world.fault(fault)
}

/** What must be true of a plan whatever happened: it writes nothing, which was checked already, and tells the truth. */
function judgePlan(step: Played, plan: ReturnType<typeof planOf>): void {
  const { exitCode, outputs, world, annotations } = step
  expect(exitCode).toBe(0)
  const changed = { nothing: 'true', other: 'true', failed: 'true', same: String(plan.force) }[plan.before]
  if (plan.meanwhile === 'nothing' || plan.meanwhile === 'another image') expect(outputs['changed']).toBe(changed)
  const untold = annotations.filter(({ title }) => title === 'comment')
  expect(world.api.comments).toHaveLength(untold.length === 0 ? 1 : world.api.comments.length)
  expect(world.api.comments.length).toBeLessThanOrEqual(1)
}

/** What must be true whatever happened; that no secret was shown, and the like, was checked already. */
function judge(step: Played, plan: ReturnType<typeof planOf>, name = imageName): void {
  const { exitCode, outputs, ownBuilds, world } = step
  const image = world.cluster.images.get(name)
  const good =
    image?.provisioningState === 'Succeeded' && image.content.requirementsFileContent === wanted.requirementsFileContent
  // A build that a maintenance ended is asked for again, and a second operation beside a first one is no build.
  const isInterrupted = ({ outcome }: (typeof ownBuilds)[number]) => outcome.error?.code === 'ServiceIsInMaintenance'
  const counted = ownBuilds.filter(build => !isInterrupted(build))
  const lost = plan.faults.some(({ on }) => on === 'put-image')

  // It comes to an end by itself, and asks no more than it must.
  expect(exitCode === 0 ? 'good' : failureOf(step).code).not.toBe('timeout')
  expect(world.requests.length).toBeLessThan(400)
  expect(ownBuilds.filter(({ holdsImage }) => !holdsImage)).toEqual([])
  expect(counted.length).toBeLessThanOrEqual(1)
  if (outputs['changed'] === 'true' && plan.meanwhile === 'nothing') expect(ownBuilds.length).toBeGreaterThan(0)
  // Where an answer was lost, nobody knows whether what came of it is this run's.
  if (ownBuilds.length > 0) expect(lost ? [undefined, 'true'] : ['true']).toContain(outputs['changed'])

  expect({ exitCode, state: outputs['state'] === 'Succeeded' }).toEqual(
    exitCode === 0 ? { exitCode: 0, state: true } : { exitCode: 1, state: false },
  )
  if (exitCode === 0) expect({ good, image }).toMatchObject({ good: true })
  // Unreadable in the plan keeps a good build from its end, except a bad outcome of this run's own.
  const spoilt = ownBuilds.some(build => build.outcome.status !== 'Succeeded' && !isInterrupted(build))
  // Where the operation was not named or may not be read, why it ended is not to be known.
  const isClosed = plan.faults.filter(fault => fault.on === 'poll' && refuses(fault)).length > 1
  const unexplained = lost || isClosed || !plan.mayRead || plan.world.putHeaders!.length === 0
  if (!spoilt && !(unexplained && ownBuilds.some(isInterrupted))) expect(exitCode).toBe(0)
}

/** What must be true of a run about a family whatever happened: it is about a member, and one that holds the content is used. */
function judgeFamily(step: Played, plan: ReturnType<typeof planOf>): void {
  const { 'image-name': name = '' } = step.outputs
  expect(name).toMatch(/^(?:forecasting-\d{8}-\d{6}-[\da-f]{6})?$/)
  judge(step, plan, name)
  if (plan.before === 'same' && plan.meanwhile !== 'other') expect(step.ownBuilds).toEqual([])
}

/** A member of the family that an earlier run has named. */
const member = `${imageName}-20251120-070000-c0ffee`

describe(`chaos with the seed ${seed} (CHAOS_SEED=${seed} repeats it)`, () => {
  const numbers = Array.from({ length: runs }, (_, index) => index + 1)

  test.concurrent.each(numbers)('run %i', async number => {
    const plan = planOf(randomFrom(`${seed}/${number}`))
    await go(number, plan, { force: String(plan.force) }, judge)
  })

  test.concurrent.each(numbers.slice(0, Math.ceil(runs / 3)))('run %i, as a plan that comments', async number => {
    const random = randomFrom(`${seed}/plan/${number}`)
    const plan = planOf(random)
    for (let left = random.below(4); left > 0; left--) {
      plan.faults.push({
        on: 'github-api',
        skip: random.below(3),
        ...random.pick(effects.filter(each => !refuses(each))),
      })
    }
    await go(number, plan, { mode: 'plan', comment: 'true', force: String(plan.force) }, judgePlan)
  })

  test.concurrent.each(numbers.slice(0, Math.ceil(runs / 3)))('run %i, of a family', async number => {
    const random = randomFrom(`${seed}/family/${number}`)
    const plan = planOf(random)
    plan.faults.push(
      ...strikes(
        random,
        'list-images',
        2,
        2,
        effects.filter(each => !refuses(each)),
      ),
    )
    await go(number, plan, { 'image-name': `${imageName}-*` }, judgeFamily, member)
  })

  async function go(
    number: number,
    plan: ReturnType<typeof planOf>,
    inputs: Record<string, string>,
    judgement: (step: Played, plan: ReturnType<typeof planOf>) => void,
    image = imageName,
  ): Promise<void> {
    const options = {
      world: plan.world,
      event: pullRequest(),
      inputs,
      prepare: (world: World) => prepare(world, plan, image),
    }
    await playChaos(`run ${number}: ${JSON.stringify(plan)}`, options, step => judgement(step, plan))
  }
})
