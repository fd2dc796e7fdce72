import type { Operation } from '../../../emulator/azure/operations.js'
import { changesAskedBy, codeOf, fateOf, isBuild, isStatusRead, switchedTo } from '../history.js'
import type { Promised } from './promise.js'

/** The outputs `operation-id` and `correlation-id`: of the change that decided the outcome, else of the last one. */
export const idsOf: Promised['check'] = (run, history, { broken }) => {
  const { 'operation-id': operationId = '', 'correlation-id': correlationId = '' } = run.outputs
  const asked = changesAskedBy(run)
  const own = history.startedBy(run)
  const correlationOf = (number: number | undefined) =>
    asked.find(({ request }) => request.number === number)?.request.headers['x-ms-correlation-request-id']
  const operation = own.find(({ id }) => id === operationId)
  if (operationId !== '' && operation === undefined) broken.push('operation-id is of no change of this run')
  if (correlationId !== '' && !asked.some(({ request }) => correlationOf(request.number) === correlationId)) {
    broken.push('correlation-id is of no request of this run')
  }
  if (operation !== undefined && correlationOf(operation.request) !== correlationId) {
    broken.push('operation-id and correlation-id are of two changes')
  }
  const accepted = asked.filter(
    each => fateOf(each) === 'accepted' && own.some(({ request }) => request === each.request.number),
  )
  // The service named no operation where it refused, or where its answer was lost.
  const isLastUnnamed = asked.length > 0 && fateOf(asked.at(-1)!) !== 'accepted'
  if (accepted.length > 0 && operationId === '' && !isLastUnnamed)
    broken.push('operation-id is empty, and a change was accepted')
  if (operation === undefined) return
  const code = codeOf(run)
  if (code === 'build-failed' && !hasFailed(isBuild)) broken.push('operation-id is not of the build that failed')
  if (code === 'switch-failed' && !hasFailed(isSwitch)) broken.push('operation-id is not of the switch that failed')
  const last = own.findLast(({ request }) => accepted.some(each => each.request.number === request))
  if (code === '' && !isLastUnnamed && last !== undefined && last.id !== operationId)
    broken.push('operation-id is not of the last change')

  /**
   * Where a run may not read the status of its operation, someone else's that asked for the same and fails right after looks
   * like it: an error of the Location alone may be one of reading.
   */
  function hasFailed(isKind: (each: Operation) => boolean): boolean {
    const { id, to } = operation!
    const others = history.startedByOthers(run).filter(({ from, to: end }) => from >= to && end <= run.endedAt)
    const possible = isStatusRead(operation!, run) ? [] : others
    return [...own.filter(each => each.id === id), ...possible].some(
      each => isKind(each) && each.outcome.status === 'Failed',
    )
  }
}

function isSwitch(operation: Operation): boolean {
  return switchedTo(operation) !== undefined
}
