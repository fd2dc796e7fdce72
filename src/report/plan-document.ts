import { isActive } from '../model/cluster.js'
import { driftReasons } from '../model/drift.js'
import type { Target } from '../model/target.js'
import { changes } from '../model/decide.js'
import { imageState, isLocked } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { redactUrls } from '../redact.js'
import { type Finding, findingText, worstFirst } from '../requirements/findings/finding.js'
import type { Resolved } from '../requirements/resolver/resolution.js'

/**
 * Returns what is known of a plan as data, as `docs/plan.schema.json` describes it. What is not known is null, and lists are
 * empty where nothing was compared.
 */
export function planDocument(state: RunState) {
  const { target, comparison, decision, findings, resolution, retention } = state
  const drift = driftIn(state)
  const compared = comparison !== undefined && 'changes' in comparison ? comparison : undefined
  return {
    version: 1,
    target: target === undefined ? null : targetIn(target),
    /** Whether Azure could be asked. */
    compared: compared !== undefined || retention !== undefined,
    action: decision?.action ?? null,
    changed: decision === undefined ? null : changes(decision),
    /** Whether apply would switch the cluster to the image. */
    activates: compared?.activates ?? (retention === undefined ? null : false),
    state: imageState(state) ?? null,
    reasons: decision?.reasons ?? [],
    /** Whether the cluster is not as the repository has it, and in what. */
    drift: drift === undefined ? null : drift.length > 0,
    driftReasons: drift ?? [],
    locked: isLocked(state),
    /** Of a family, the image that a new one is compared with. */
    baseline: state.baseline?.name ?? null,
    packages: compared?.changes ?? { added: [], removed: [], changed: [] },
    findings: findings.map(planFinding),
    resolution: resolution?.outcome === 'resolved' ? resolutionIn(resolution) : null,
    // What becomes of each image, the newest first, where images are to be deleted.
    images: retention?.map(({ image, isDeleted, why }) => ({ name: image, deleted: isDeleted, why })),
  }
}

/** In what the cluster is not as the repository has it; undefined where nothing was compared. */
function driftIn({ inputs, target, baseline, comparison, decision, cluster }: RunState) {
  if (inputs?.mode !== 'plan' || comparison === undefined || 'why' in comparison || decision === undefined)
    return undefined
  const image = baseline?.name ?? target?.image ?? ''
  const isAsked = inputs.activate && cluster?.resource !== undefined
  return driftReasons(decision, isAsked ? isActive(image, cluster.resource) : undefined)
}

type PlanDocument = ReturnType<typeof planDocument>

function targetIn({ subscription, resourceGroup, cluster, image }: Target) {
  return { subscription, resourceGroup, cluster, image }
}

function resolutionIn({ tool, toolVersion, packages, changes }: Resolved) {
  const { added, removed, changed } = changes ?? { added: null, removed: null, changed: null }
  return { tool, toolVersion, packages, added, removed, changed }
}

function planFinding({ id, severity, file, line, column, endColumn, ...advice }: Finding) {
  return { id, severity, message: findingText(advice), file, line, column, endColumn }
}

/**
 * GitHub takes 1 MB of outputs a job, each character counted as two bytes; this leaves the others room.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const mostCharacters = 400_000

/** Returns the document as JSON on one line, without passwords in URLs; of one that is too long, the lists are cut. */
export function printed(document: PlanDocument): string {
  const whole = JSON.stringify(document, (_, value: unknown) => (typeof value === 'string' ? redactUrls(value) : value))
  if (whole.length <= mostCharacters) return whole
  const shown = JSON.parse(whole) as PlanDocument
  for (let most = 1 << 17; ; most >>= 1) {
    const shortened = cut({ ...shown, findings: worstFirst(shown.findings), truncated: true }, most)
    const text = JSON.stringify(shortened)
    if (text.length <= mostCharacters) return text
  }
}

/** A copy with at most so many items in each list, and texts of a readable length. */
function cut(value: unknown, most: number): unknown {
  if (typeof value === 'string') return value.length > 1000 ? `${value.slice(0, 1000).toWellFormed()}…` : value
  if (Array.isArray(value)) return value.slice(0, most).map(item => cut(item, most))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cut(item, most)]))
}
