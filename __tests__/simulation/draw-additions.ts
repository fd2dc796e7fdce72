import { familyName, imageName, memberName, queryFile } from './contents.js'
import { drawFrom } from './draw.js'
import type { Deed, RunPlan, Schedule } from './schedule.js'

/** Seeds before this one go as they did before there were additions, so that those that once failed mean what they meant. */
const firstSeed = 2_078_500_000

/** Adds to a schedule what others have not got: families of images, and queries as tests. */
export function withAdditions(schedule: Schedule): Schedule {
  const { seed, runs } = schedule
  if (seed < firstSeed) return schedule
  const isOfFamily = runs[0]?.mode === 'apply' && drawFrom(seed, 'family').chance(0.3)
  const draw = drawFrom(seed, 'queries')
  const tested = draw.chance(0.4)
    ? { ...schedule, runs: runs.map(withQuery), failingQuery: draw.chance(0.35) }
    : schedule
  return isOfFamily ? asFamily(tested) : tested
}

function withQuery(plan: RunPlan): RunPlan {
  if (plan.inputs['verify'] !== 'true') return plan
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

/** A run that applies is about the family, and one that deletes about the member that was there. */
function asFamilyRun(plan: RunPlan): RunPlan {
  if (plan.image !== imageName) return plan
  const image = plan.mode === 'apply' ? familyName : memberName
  return { ...plan, image, inputs: { ...plan.inputs, 'image-name': image } }
}

function memberOf(image: string): string {
  return image === imageName ? memberName : image
}
