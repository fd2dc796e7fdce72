import { builds } from '../image/decide.js'
import { stateAtEnd } from '../record.js'
import type { Record } from '../record.js'
import { planDocument, printed } from './plan-document.js'

/** The step's outputs, in the order of action.yml. */
export const outputNames = [
  'image-id',
  'image-name',
  'state',
  'changed',
  'action',
  'requirements-sha256',
  'active-image',
  'previous-image',
  'activated',
  'plan',
  'operation-id',
  'correlation-id',
  'duration-seconds',
] as const

/** Values by name of the output. What is not known stays undefined, which reads as empty. */
export type Outputs = { readonly [name in (typeof outputNames)[number]]: string | undefined }

/** The values of the outputs. @param elapsed milliseconds since the start of the run. */
export function outputsOf(record: Record, elapsed: number): Outputs {
  const { inputs, decision, requirements, build } = record
  const isPlan = inputs?.mode === 'plan'
  const planned = decision === undefined ? undefined : String(builds(decision))
  return {
    'image-id': record.imageId,
    'image-name': inputs?.target?.image,
    state: stateAtEnd(record),
    changed: isPlan ? planned : String(build.submitted === 'yes'),
    action: decision?.action,
    'requirements-sha256': requirements?.sha256,
    'active-image': record.cluster?.python?.name,
    'previous-image': record.former?.python?.name,
    activated: String(record.activated),
    plan: isPlan ? printed(planDocument(record)) : undefined,
    'operation-id': build.operationId,
    'correlation-id': build.correlationId,
    'duration-seconds': (elapsed / 1000).toFixed(1),
  }
}
