import { pluralize, formatDuration, joinList } from '../format.js'
import { deletedImages } from '../run-state.js'
import type { RunState } from '../run-state.js'

/** Names are told up to this many. */
const mostNames = 5

/**
 * What a deletion came to, or would come to, in one sentence.
 * @param elapsed milliseconds since the start of the run.
 */
export function deletionHeadline(state: RunState, elapsed: number): string {
  const { inputs, retention = [] } = state
  if (inputs?.mode !== 'delete') return ''
  const deleted = deletedImages(state)
  const { image, cluster } = inputs.target
  const doomed = retention.filter(({ isDeleted }) => isDeleted).map(({ image: name }) => name)
  if (inputs.family === undefined) {
    return deleted.length > 0
      ? `Image ${image} was deleted from cluster ${cluster} in ${formatDuration(elapsed)}.`
      : `There is no image ${image} on cluster ${cluster}; nothing was to be deleted.`
  }
  const rest = `${pluralize(retention.length - doomed.length, 'image')} of ${image} on cluster ${cluster} would stay`
  if (inputs.dryRun) return `${pluralize(doomed.length, 'image')} would be deleted${named(doomed)}; ${rest}.`
  const stay = rest.replace('would stay', 'stay')
  return `${pluralize(deleted.length, 'image')} ${deleted.length === 1 ? 'was' : 'were'} deleted in ${formatDuration(elapsed)}${named(deleted)}; ${stay}.`
}

function named(images: readonly string[]): string {
  return images.length === 0 ? '' : `: ${joinList(images, mostNames)}`
}
