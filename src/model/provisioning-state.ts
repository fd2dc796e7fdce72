/** Says what a provisioning state, or the status of an operation, means for someone who waits for its end. */
export type OperationStatus = 'succeeded' | 'failed' | 'canceled' | 'in-progress'

/**
 * Tells what a state means. The set of states is open (`Accepted` was seen and is not in the specification), and
 * only three are ends: everything else, known or not, is in progress.
 */
export function statusOf(state: string): OperationStatus {
  switch (state.toLowerCase()) {
    case 'succeeded':
      return 'succeeded'
    case 'failed':
      return 'failed'
    case 'canceled':
    case 'cancelled':
      return 'canceled'
    default:
      return 'in-progress'
  }
}

/** Tells whether the change under way ends with no image at all. */
export function isBeingDeleted(state: string): boolean {
  return state.toLowerCase() === 'deleting'
}
