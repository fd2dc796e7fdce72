import { portalUrl } from '../model/target.js'
import type { Change } from '../azure/change/change.js'
import { type Action, changes } from '../model/decide.js'
import { isPlan } from '../inputs/inputs.js'
import {
  imageIdOf,
  imageState,
  isActivated,
  knownCluster,
  replacedBySwitch,
  requestIds,
  wasReceived,
} from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { planDocument, printed } from './plan-document.js'

/** Returns the outputs, in the order of action.yml; undefined means unknown. @param elapsed milliseconds of the run. */
export function outputsOf(state: RunState, elapsed: number) {
  const { inputs, target, requirements, verification } = state
  const isForeseen = isPlan(inputs)
  const ids = requestIds(state)
  return {
    'image-id': imageIdOf(state),
    'image-name': isNamed(state) ? target?.image : undefined,
    'portal-url': target && portalUrl(target),
    state: imageState(state),
    changed: inputs === undefined ? 'false' : textOf(isForeseen ? wouldChange(state) : hasChanged(state)),
    action: isForeseen ? state.decision?.action : actionTaken(state),
    'requirements-sha256': requirements?.sha256,
    'active-image': knownCluster(state)?.python?.name,
    'previous-image': previousImage(state),
    activated: textOf(isActivated(state)),
    verified: verification?.isSettled === true ? String(verification.failure === undefined) : undefined,
    plan: isForeseen ? printed(planDocument(state)) : undefined,
    'operation-id': ids.operation,
    'correlation-id': ids.correlation,
    'duration-seconds': (elapsed / 1000).toFixed(1),
  } satisfies { readonly [name: string]: string | undefined }
}

/** Whether there is an image to name: until a run has chosen one of a family, there is none. */
function isNamed({ inputs, target }: RunState): boolean {
  const choosesOne = inputs?.mode === 'apply' || inputs?.mode === 'verify'
  return !choosesOne || target?.image.endsWith('*') !== true
}

/** What is not known stays empty. */
function textOf(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}

function wouldChange({ decision }: RunState): boolean | undefined {
  return decision && changes(decision)
}

/** Whether the service has built or deleted something because of this run; undefined where that is not known. */
function hasChanged({ inputs, changes: { leftBuild, build, deletions } }: RunState): boolean | undefined {
  if (inputs?.mode !== 'delete') {
    const received = (leftBuild === undefined ? [build] : [leftBuild, build]).map(wasReceived)
    return received.includes(true) ? true : received.includes(undefined) ? undefined : false
  }
  if (deletions.some(change => change.result?.as === 'succeeded' && wasReceived(change) === true)) return true
  // One that is under way may still fail, what is there again may have been deleted and built anew, and what is gone after
  // an answer was lost may have been deleted by someone else.
  const isOpen = ({ result, attempts }: Change<unknown>) =>
    result === undefined ||
    ['succeeded', 'superseded'].includes(result.as) ||
    attempts.at(-1)?.operation?.end === undefined
  return deletions.some(change => isOpen(change) && wasReceived(change) !== false) ? undefined : false
}

/** What this run did: what it decided to do and did not come to is nothing. */
function actionTaken(state: RunState): Action | undefined {
  const {
    decision,
    changes: { leftBuild, build },
  } = state
  // It has followed another run's build, and its own has begun, or may have.
  const own = leftBuild ?? (decision?.action === 'attach' ? build : undefined)
  if (own !== undefined && wasReceived(own) !== false) return 'create'
  if (decision === undefined || !changes(decision)) return decision?.action
  return hasChanged(state) === false ? 'none' : decision.action
}

function previousImage(state: RunState): string | undefined {
  const replaced = replacedBySwitch(state)
  return (replaced === undefined ? state.cluster?.resource?.python : replaced.image)?.name
}
