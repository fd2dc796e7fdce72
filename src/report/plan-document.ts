import type { Target } from '../model/target.js'
import { type Action, changes, type Reason } from '../model/decide.js'
import type { Retention } from '../model/retention.js'
import { imageState, type RunState } from '../run-state.js'
import { redactUrls } from '../redact.js'
import { type Finding, findingText, worstFirst } from '../requirements/findings/finding.js'
import type { Changes } from '../requirements/package-changes.js'
import type { Resolved, ResolvedPackage, ToolName } from '../requirements/resolver/resolution.js'

/**
 * Holds the output `plan`, as `docs/plan.schema.json` describes it. What is not known is null, and lists are empty where nothing
 * was compared.
 */
export type PlanDocument = {
  readonly version: 1
  readonly target: {
    readonly subscription: string
    readonly resourceGroup: string
    readonly cluster: string
    readonly image: string
  } | null
  /** Whether Azure could be asked. */
  readonly compared: boolean
  readonly action: Action | null
  readonly changed: boolean | null
  /** Whether apply would switch the cluster to the image. */
  readonly activates: boolean | null
  /** The present state of the image. */
  readonly state: string | null
  readonly reasons: readonly Reason[]
  readonly packages: Changes
  readonly findings: readonly PlanFinding[]
  readonly resolution: {
    readonly tool: ToolName
    readonly toolVersion: string
    readonly packages: readonly ResolvedPackage[]
    readonly added: Changes['added'] | null
    readonly removed: Changes['removed'] | null
    readonly changed: Changes['changed'] | null
  } | null
  /** Only there where images are to be deleted: what becomes of each, the newest first. */
  readonly images?: readonly { readonly name: string; readonly deleted: boolean; readonly why: Retention['why'] }[]
  /** Only there where lists or texts were cut for want of room. */
  readonly truncated?: true
}

/** Returns what is known of a plan, as data. */
export function planDocument(state: RunState): PlanDocument {
  const { inputs, comparison, decision, findings, resolution, retention } = state
  const compared = (comparison !== undefined && 'changes' in comparison) || retention !== undefined
  const compares = comparison !== undefined && 'changes' in comparison ? comparison : undefined
  return {
    version: 1,
    target: inputs?.target === undefined ? null : targetIn(inputs.target),
    compared,
    action: decision?.action ?? null,
    changed: decision === undefined ? null : changes(decision),
    activates: compares?.activates ?? (retention === undefined ? null : false),
    state: imageState(state) ?? null,
    reasons: decision?.reasons ?? [],
    packages: compares?.changes ?? { added: [], removed: [], changed: [] },
    findings: findings.map(planFinding),
    resolution: resolution?.outcome === 'resolved' ? resolutionIn(resolution) : null,
    ...(retention === undefined
      ? {}
      : { images: retention.map(({ image, isDeleted, why }) => ({ name: image, deleted: isDeleted, why })) }),
  }
}

function targetIn({ subscription, resourceGroup, cluster, image }: Target): PlanDocument['target'] {
  return { subscription, resourceGroup, cluster, image }
}

function resolutionIn({ tool, toolVersion, packages, changes }: Resolved): PlanDocument['resolution'] {
  const { added, removed, changed } = changes ?? { added: null, removed: null, changed: null }
  return { tool, toolVersion, packages, added, removed, changed }
}

/**
 * GitHub takes 1 MB of outputs a job, each character counted as two bytes; this leaves the others room.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
 */
const mostCharacters = 400_000

/**
 * Returns the document as JSON on one line, without passwords in URLs. Where it is too long, its lists are cut to as many items
 * as there is room for.
 */
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

type PlanFinding = Omit<Finding, 'problem' | 'remedy' | 'quotation'> & { readonly message: string }

function planFinding({ id, severity, file, line, column, endColumn, ...advice }: Finding): PlanFinding {
  return { id, severity, message: findingText(advice), file, line, column, endColumn }
}
