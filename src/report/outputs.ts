import { changes } from '../image/decide.js'
import { isPlan } from '../inputs/inputs.js'
import { stateAtEnd } from '../record.js'
import type { Record } from '../record.js'
import { planDocument, printed } from './plan-document.js'

/**
 * Tells the values of the outputs, in the order of action.yml. What is not known is undefined, which reads as empty.
 * @param elapsed milliseconds since the start of the run.
 */
export function outputsOf(record: Record, elapsed: number) {
  const { inputs, decision, requirements, build } = record
  const foretold = isPlan(inputs)
  const planned = decision === undefined ? undefined : String(changes(decision))
  const done = inputs?.mode === 'delete' ? record.deleted.length > 0 : build.submitted === 'yes'
  return {
    'image-id': record.imageId,
    'image-name': inputs?.target?.image,
    state: stateAtEnd(record),
    changed: foretold ? planned : String(done),
    action: decision?.action,
    'requirements-sha256': requirements?.sha256,
    'active-image': record.cluster?.python?.name,
    'previous-image': record.former?.python?.name,
    activated: String(record.activated),
    verified: record.verified === undefined ? undefined : String(record.verified),
    plan: foretold ? printed(planDocument(record)) : undefined,
    'operation-id': build.operationId,
    'correlation-id': build.correlationId,
    'duration-seconds': (elapsed / 1000).toFixed(1),
  } satisfies { readonly [name: string]: string | undefined }
}
