import { basedName, formerName, imageName, otherName } from './contents.js'
import type { Draw } from './draw.js'
import type { Deed, RunPlan } from './schedule.js'

/** One to three things that a colleague does. */
export function drawColleague(draw: Draw, { mode, inputs }: RunPlan): Deed[] {
  const deeds = Array.from({ length: 1 + draw.below(3) }, () => drawDeed(draw, mode))
  // While someone tries an image is the worst moment to switch.
  return inputs['verify'] === 'true' && draw.chance(0.6) ? [drawSwitchWhileTrying(draw), ...deeds.slice(1)] : deeds
}

function drawDeed(draw: Draw, mode: RunPlan['mode']): Deed {
  const images =
    mode === 'apply' ? [imageName, imageName, formerName, otherName] : [imageName, `${imageName}-2`, formerName]
  const deed = {
    ...drawMoment(draw, mode),
    what: draw.pick(['build', 'switch', 'switch', 'delete'] as const),
    image: draw.pick(images),
    file: draw.pick(['a', 'b', 'c'] as const),
  }
  // Upon an image that is perhaps being deleted.
  const isBased = deed.what === 'build' && mode === 'delete' && draw.chance(0.5)
  return isBased ? { ...deed, image: basedName, base: draw.pick(images) } : deed
}

/** At any moment, soon after the start, or right after the action has asked for something. */
function drawMoment(draw: Draw, mode: RunPlan['mode']): Pick<Deed, 'after' | 'at'> {
  const kinds =
    mode === 'apply'
      ? (['query', 'switch', 'put-image', 'get-cluster'] as const)
      : (['list-images', 'get-cluster', 'get-image', 'delete-image'] as const)
  if (draw.chance(0.5)) {
    return { after: { kind: draw.pick(kinds), skip: draw.below(4) }, at: draw.evenly(0.01, 300) }
  }
  return { at: draw.chance(0.4) ? draw.evenly(0.5, 120) : draw.evenly(60, 7200) }
}

function drawSwitchWhileTrying(draw: Draw): Deed {
  return {
    // The first query only tries the database.
    after: { kind: 'query', skip: 1 + draw.below(3) },
    at: draw.evenly(0.01, 50),
    what: 'switch',
    image: draw.pick([formerName, otherName]),
    file: 'b',
  }
}
