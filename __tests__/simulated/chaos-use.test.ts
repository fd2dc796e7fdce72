import { describe, expect, test } from '@jest/globals'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { Fault } from '../../emulator/azure/faults.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { Outcome } from '../../emulator/azure/operations.js'
import type { World, WorldOptions } from '../../emulator/world.js'
import { effects, playChaos, type Random, randomFrom, refuses, runs, seed, strikes, swallows } from './chaos.js'
import { failureOf, holding, imageName, other, type Played, type PlayOptions, wanted } from './harness.js'

const passing = effects.filter(effect => !refuses(effect))
const no = { code: 'X', message: 'No.' }

/** What happens in one run that has queries run on the image, and tries it. All faults pass. */
function planOf(random: Random) {
  const faults: Fault[] = []
  const strike = (on: RequestKind, most: number, span: number, among = effects) =>
    faults.push(...strikes(random, on, most, span, among))
  strike('token', 1, 2, passing)
  strike('get-cluster', 3, 6, passing)
  strike('get-cluster', 1, 6, effects.filter(refuses))
  strike('poll', 5, 12)
  strike('query', 4, 5, passing)
  // A token that is refused twice in a row is refused for good.
  strike('query', 1, 3, effects.filter(refuses))
  const outcome = (): Outcome => ({ status: random.pick(['Failed', 'Canceled'] as const), error: no })
  const fails = random.pick(['nothing', 'nothing', 'nothing', 'nothing', 'the switch', 'going back'] as const)
  // Which switch it was that failed, a cluster does not show: without an answer it is asked for again.
  strike('switch', 2, 3, fails === 'nothing' ? passing : passing.filter(effect => !swallows(effect)))
  if (faults.every(({ on }) => on !== 'switch')) strike('switch', 1, 3, effects.filter(refuses))
  const world: WorldOptions = {
    buildSeconds: 80 + random.below(80),
    // A switch in place that ends sooner than reads may be late leaves no trace where its answer was lost.
    switchSeconds: 160 + random.below(160),
    switchOutcomes:
      fails === 'the switch' ? [outcome()] : fails === 'going back' ? [{ status: 'Succeeded' }, outcome()] : [],
    sandboxSeconds: random.pick([0, 0, 30, 400]),
    putHeaders: ['Azure-AsyncOperation'],
    latencyMs: random.pick([0, 0, 200, 2000]),
  }
  return {
    faults,
    world,
    fails,
    before: random.pick(['nothing', 'other', 'same'] as const),
    active: random.pick(['managed', 'fraud', 'fraud', 'itself'] as const),
    flawed: random.chance(0.35),
    switchedMeanwhile: random.chance(0.15),
    accessTokenSeconds: random.pick([3600, 3600, 400]),
    mayRead: random.chance(0.85),
  }
}

type Plan = ReturnType<typeof planOf>

function prepare(world: World, plan: Plan): void {
  if (plan.before === 'other' || (plan.before === 'nothing' && plan.active === 'itself')) holding(other)(world)
  if (plan.before === 'same') holding(wanted)(world)
  world.cluster.images.set('fraud', other)
  if (plan.active !== 'managed') setExtension(world.cluster, pythonOn(plan.active === 'itself' ? imageName : 'fraud'))
  if (plan.flawed) world.settings.installed.set('pandas', { version: '2.2.1' })
  if (plan.switchedMeanwhile) world.startForeignSwitch(world.cluster.languageExtensions[0]!, 100)
  world.entra.accessTokenSeconds = plan.accessTokenSeconds
  if (!plan.mayRead) world.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read')
  for (const fault of plan.faults) world.fault(fault)
}

/** What must be true whatever happened. */
function judge(step: Played, plan: Plan): void {
  const { exitCode, outputs, ownBuilds, world } = step
  const own = step.ownSwitches
  const active = world.cluster.languageExtensions.find(each => each.languageExtensionName === 'PYTHON')!
  const name = active.languageExtensionCustomImageName ?? active.languageExtensionImageName
  const former = plan.active === 'managed' ? 'Python3_10_8' : plan.active === 'itself' ? imageName : 'fraud'

  expect(ownBuilds.length).toBeLessThanOrEqual(1)
  expect(outputs).toMatchObject({ 'active-image': name, 'previous-image': former })
  // There, or there and back; nothing is switched that is right already.
  const due = plan.active !== 'itself' || ownBuilds.length > 0
  expect(own.length).toBeLessThanOrEqual(due ? 2 : 0)
  expect(own.length === 2).toBe(due && plan.active !== 'itself' && plan.flawed && plan.fails !== 'the switch')
  const activated = String(own.length > 0 && name === imageName && plan.fails !== 'the switch')
  // Where an answer was lost, nobody knows whether what came of it is this run's; nor which switch in place it was that
  // failed, where the operation may not be read.
  const isLost = plan.faults.some(
    ({ on, answer, delayMs }) => on === 'switch' && delayMs === undefined && answer?.status !== 429,
  )
  const isUnknown = isLost || (plan.active === 'itself' && plan.fails === 'the switch' && !plan.mayRead)
  expect(isUnknown ? [undefined, activated] : [activated]).toContain(outputs['activated'])

  const code = exitCode === 0 ? 'good' : failureOf(step).code
  if (due && plan.fails === 'the switch') {
    // Where the operation may not be read, a switch that failed shows in the cluster alone.
    expect(code).toMatch(plan.mayRead ? /^switch-(failed|canceled)$/ : /^switch-/)
    expect(outputs).not.toHaveProperty('verified')
  } else if (!plan.flawed) {
    expect({ code, verified: outputs['verified'] }).toEqual({ code: 'good', verified: 'true' })
    expect(world.cluster.activeContent).toMatchObject({ requirementsFileContent: wanted.requirementsFileContent })
  } else {
    const stays = due && plan.active !== 'itself' && plan.fails === 'going back'
    expect({ code, verified: outputs['verified'] }).toEqual({
      code: stays ? 'rollback-failed' : 'verification-failed',
      verified: 'false',
    })
    expect(name).toBe(stays ? imageName : former)
    expect(failureOf(step).message).toContain(name)
  }
}

/** A query that tests the image. */
const query = 'print passed = true'

describe(`chaos of use with the seed ${seed} (CHAOS_SEED=${seed} repeats it)`, () => {
  const numbers = Array.from({ length: Math.ceil(runs * 0.75) }, (_, index) => index + 1)

  test.concurrent.each(numbers)('run %i', async number => {
    await go(number, planOf(randomFrom(`${seed}/use/${number}`)), {})
  })

  test.concurrent.each(numbers.slice(0, Math.ceil(runs / 3)))('run %i, with a query', async number => {
    const plan = planOf(randomFrom(`${seed}/query/${number}`))
    await go(number, plan, {
      inputs: { 'verify-queries': 'test.kql' },
      files: { 'test.kql': query },
      prepare({ settings }) {
        // Importing the packages does not show the flaw; the query does.
        settings.installed.clear()
        settings.queries.set(query, image => ({
          columns: { passed: 'bool' },
          rows: [[!plan.flawed || image !== imageName]],
        }))
      },
    })
  })

  async function go(number: number, plan: Plan, { inputs, files, prepare: also }: PlayOptions): Promise<void> {
    const options: PlayOptions = {
      world: plan.world,
      inputs: { activate: 'true', verify: 'true', database: 'telemetry', ...inputs },
      files: files ?? {},
      prepare(world) {
        prepare(world, plan)
        also?.(world)
      },
    }
    await playChaos(`run ${number}: ${JSON.stringify(plan)}`, options, step => judge(step, plan))
  }
})
