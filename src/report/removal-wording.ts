import { counted, duration, listed } from '../phrases.js'
import type { Record } from '../record.js'

/** Names are told up to this many. */
const mostNames = 5

/**
 * What a deletion came to, or would come to, in one sentence.
 * @param elapsed milliseconds since the start of the run.
 */
export function removalHeadline({ inputs, fates = [], deleted }: Record, elapsed: number): string {
  if (inputs?.mode !== 'delete') return ''
  const { image, cluster } = inputs.target
  const doomed = fates.filter(fate => fate.deleted).map(fate => fate.image)
  if (inputs.family === undefined) {
    return deleted.length > 0
      ? `Image ${image} was deleted from cluster ${cluster} in ${duration(elapsed)}.`
      : `There is no image ${image} on cluster ${cluster}; nothing was to be deleted.`
  }
  const rest = `${counted(fates.length - doomed.length, 'image')} of ${image} on cluster ${cluster} would stay`
  if (inputs.pretend) return `${counted(doomed.length, 'image')} would be deleted${named(doomed)}; ${rest}.`
  const stay = rest.replace('would stay', 'stay')
  return `${counted(deleted.length, 'image')} ${deleted.length === 1 ? 'was' : 'were'} deleted in ${duration(elapsed)}${named(deleted)}; ${stay}.`
}

function named(images: readonly string[]): string {
  return images.length === 0 ? '' : `: ${listed(images, mostNames)}`
}
