import { formerName, imageName } from './contents.js'
import type { Draw } from './draw.js'
import type { RunPlan, Trouble } from './schedule.js'

type Has = (trouble: Trouble) => boolean

/** What shows only where an image is put to use, and tried. */
const uses = ['flawed image', 'slow sandboxes', 'former sandboxes', 'python disabled', 'failing switches'] as const

/** The first run of the action. */
export function drawRun(draw: Draw, has: Has): RunPlan {
  const isAboutUse = uses.some(has)
  const mode = draw.chance(isAboutUse ? 0.92 : 0.7) ? 'apply' : 'delete'
  const plan = { name: 'run 1', at: 0, ...(mode === 'apply' ? drawApply(draw, has) : drawDelete(draw, has)) }
  const isCut = has('cancellation') || (has('second run') && draw.chance(0.3))
  return isCut ? { ...plan, cancelAt: draw.evenly(1, 5400) } : plan
}

/** Another run: at the same time, or after the end of the first, as a rerun is. */
export function drawSecondRun(draw: Draw, first: RunPlan, has: Has): RunPlan {
  // Two that clean up the same family at once keep other images from the newest.
  if (first.inputs['keep-latest'] !== undefined && draw.chance(0.5)) {
    const { cancelAt: _, ...same } = first
    const inputs = { ...first.inputs, 'keep-latest': String(1 + draw.below(4)) }
    return { ...same, inputs, name: 'run 2', at: draw.evenly(0.2, 60) }
  }
  const rerun = draw.chance(0.35)
  const when = rerun ? { at: draw.evenly(1, 600), afterFirst: true } : { at: draw.evenly(0.2, 3600) }
  const kind = draw.pick(['same', 'same', 'other content', 'other image', 'delete'] as const)
  const other = { ...first, cancelAt: undefined }
  const { cancelAt: __, ...same } = other
  if (rerun || (kind === 'same' && first.mode === 'apply')) return { ...same, name: 'run 2', ...when }
  if (kind === 'delete' || (first.mode === 'apply') === draw.chance(0.2)) {
    return { name: 'run 2', ...when, ...drawDelete(draw, has) }
  }
  const applied = drawApply(draw, has)
  return kind === 'other image'
    ? { name: 'run 2', ...when, ...applied, image: formerName, inputs: { ...applied.inputs, 'image-name': formerName } }
    : { name: 'run 2', ...when, ...applied, file: draw.pick(['b', 'c']) }
}

type Drawn = Pick<RunPlan, 'mode' | 'image' | 'file' | 'inputs'>

function drawApply(draw: Draw, has: Has): Drawn {
  const isAboutUse = uses.some(has)
  const activate = draw.chance(isAboutUse ? 0.95 : 0.65)
  const verify = activate && draw.chance(isAboutUse ? 0.95 : 0.5)
  const version = has('completion') ? draw.pick(['3.10', '3.10.8']) : '3.10.8'
  const founded = draw.pick<Record<string, string>>([
    { 'language-version': version },
    { 'language-version': version },
    { 'language-version': version },
    // A version that is shown with its managed image nobody can tell from that image.
    { 'base-image-name': has('completion') ? formerName : 'Python3_10_8' },
    { 'base-image-name': formerName },
  ])
  return {
    mode: 'apply',
    image: imageName,
    file: has('failing builds') && draw.chance(0.3) ? 'impossible' : 'a',
    inputs: {
      mode: 'apply',
      'image-name': imageName,
      'requirements-file': 'requirements.txt',
      ...founded,
      activate: String(activate),
      verify: String(verify),
      ...(verify ? { database: 'telemetry' } : {}),
      rollback: String(draw.chance(0.75)),
      force: String(draw.chance(0.15)),
      wait: String(activate || draw.chance(0.75)),
      ...shared(draw, has),
    },
  }
}

function drawDelete(draw: Draw, has: Has): Drawn {
  const family = draw.chance(0.5)
  const image = family ? `${imageName}-*` : draw.pick([imageName, imageName, formerName])
  const inputs = {
    mode: 'delete',
    'image-name': image,
    ...(family ? { 'keep-latest': String(1 + draw.below(3)) } : {}),
    ...shared(draw, has),
  }
  return { mode: 'delete', image, file: 'a', inputs }
}

function shared(draw: Draw, has: Has): Record<string, string> {
  const minutes = has('time limit') ? draw.evenly(0.5, 90) : draw.pick([240, 400])
  return {
    'timeout-minutes': minutes.toFixed(1),
    'poll-interval-seconds': draw.chance(0.15) ? draw.pick(['5', '30', '60']) : '',
  }
}
