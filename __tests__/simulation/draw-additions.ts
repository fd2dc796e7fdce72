import { familyName, imageName, memberName, queryFile } from './contents.js'
import { drawFrom } from './draw.js'
import type { Deed, RunPlan, Schedule } from './schedule.js'

/** Seeds before this one go as they did before there were additions, so that those that once failed mean what they meant. */
const firstSeed = 2_078_500_000

/** The same of runs that verify. */
const firstVerifying = 2_079_000_000

/** The same of two runs that build members of a family side by side. */
const firstRacing = 2_079_100_000

/** Adds to a schedule what others have not got: families of images, queries as tests, and runs that verify alone. */
export function withAdditions(drawn: Schedule): Schedule {
  const { seed } = drawn
  if (seed < firstSeed) return drawn
  const schedule = seed < firstVerifying ? drawn : withVerifying(drawn)
  const { runs } = schedule
  const isOfFamily = runs[0]?.mode === 'apply' && drawFrom(seed, 'family').chance(0.3)
  const draw = drawFrom(seed, 'queries')
  const tested = draw.chance(0.4)
    ? { ...schedule, runs: runs.map(withQuery), failingQuery: draw.chance(0.35) }
    : schedule
  if (!isOfFamily) return tested
  return seed < firstRacing ? asFamily(tested) : asFamily(withRace(tested))
}

/** Another run with other content builds its own member at the same time, and may be done before the first. */
function withRace(schedule: Schedule): Schedule {
  const { seed, runs } = schedule
  const [first, ...others] = runs
  const draw = drawFrom(seed, 'race')
  if (first === undefined || others.some(({ mode }) => mode !== 'verify') || !draw.chance(0.3)) return schedule
  const { cancelAt: _, ...plan } = first
  const second: RunPlan = { ...plan, name: 'run 2', at: draw.evenly(5, 120), file: draw.pick(['b', 'c']) }
  return { ...schedule, conflictScope: 'image', runs: [first, second, ...others] }
}

/** Another run tries what is active, at some time or after the first. */
function withVerifying(schedule: Schedule): Schedule {
  const { seed, runs, troubles } = schedule
  const draw = drawFrom(seed, 'verifying')
  if (!draw.chance(0.25)) return schedule
  const when = draw.chance(0.6) ? { at: draw.evenly(1, 600), afterFirst: true } : { at: draw.evenly(0.2, 3600) }
  const { 'language-version': version = '3.10.8', 'base-image-name': base } = runs[0]!.inputs
  const inputs = {
    mode: 'verify',
    ...(base === undefined ? { 'language-version': version } : { 'base-image-name': base }),
    'image-name': imageName,
    'requirements-file': 'requirements.txt',
    database: 'telemetry',
    'timeout-minutes': troubles.includes('time limit') ? '15' : '240',
  }
  const cut = troubles.includes('cancellation') ? { cancelAt: draw.evenly(1, 300) } : {}
  const plan: RunPlan = { name: 'check', ...when, mode: 'verify', image: imageName, file: 'a', inputs, ...cut }
  return { ...schedule, runs: [...runs, plan] }
}

function withQuery(plan: RunPlan): RunPlan {
  if (plan.mode !== 'verify' && plan.inputs['verify'] !== 'true') return plan
  return { ...plan, inputs: { ...plan.inputs, 'verify-queries': queryFile } }
}

/** The runs are about a family of images, and what is there at their start is a member of it. */
function asFamily(schedule: Schedule): Schedule {
  const { before, runs, deeds } = schedule
  return {
    ...schedule,
    before: { ...before, name: memberName, base: before.base && memberOf(before.base) },
    runs: runs.map(asFamilyRun),
    deeds: deeds.map((deed): Deed => ({ ...deed, image: memberOf(deed.image) })),
  }
}

/** A run that applies or verifies is about the family, and one that deletes about the member that was there. */
function asFamilyRun(plan: RunPlan): RunPlan {
  if (plan.image !== imageName) return plan
  const image = plan.mode === 'delete' ? memberName : familyName
  return { ...plan, image, inputs: { ...plan.inputs, 'image-name': image } }
}

function memberOf(image: string): string {
  return image === imageName ? memberName : image
}
