import type { Inputs } from '../inputs/inputs.js'
import { portalUrl } from '../model/target.js'
import type { Quotation, OutcomeCode } from '../failure.js'
import { formatDuration, joinList } from '../format.js'
import { code, codeBlock, escapeMarkdown, link } from '../github/markdown.js'
import { blobUrl, type WorkflowRun } from '../github/workflow-run.js'
import { reasonLabels } from '../model/decide.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { imageState, isLocked, knownCluster, replacedBySwitch } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import { blamedTable, failsForFindings } from './line-table.js'
import { type Block, fold, inOneCell, listOf, note, quotation } from './markdown-blocks.js'

/** Tells how a run ended, in the words that the log, the annotation and the summary share. */
export type OutcomeMessage = {
  /** `started`: what the user wants is under way, and not waited for. */
  readonly kind: 'success' | 'started' | 'failure'
  /** One sentence, the first that everybody reads. */
  readonly headline: string
  /** What else there is to know: our own sentences, and what a service said. */
  readonly details: readonly (string | Quotation)[]
  /** What to do; may be empty. */
  readonly remedy: string
  /** The command that does it; may be empty. */
  readonly command: string
  /** Ids for a support request, by name. */
  readonly ids: { readonly [name: string]: string }
  /** Title of the annotation: the section of the troubleshooting guide; empty where all is well. */
  readonly code: OutcomeCode | ''
  /** Where that section is; empty where there is none. */
  readonly help: string
}

const symbols: { readonly [kind in OutcomeMessage['kind']]: string } = { success: '✅', started: '⏳', failure: '❌' }

/** Returns what all pages begin with: how the run ended, what to do, and what services and programs said. */
export function outcomeBlocks(message: OutcomeMessage, state: RunState, workflow: WorkflowRun): Block[] {
  const { kind, headline, details, remedy, command } = message
  // What stands between sentences is about one of them; the rest comes after all that is ours. A table shows all findings.
  const count = details.findLastIndex(detail => typeof detail === 'string') + 1
  const ours = failsForFindings(state) ? [] : details.slice(0, count)
  // All that there is to add to a success is how the image comes to be used.
  const isUnused = kind === 'success' && state.inputs?.mode === 'apply' && !state.inputs.activate
  return [
    `### ${symbols[kind]} ${sentence(headline, state)}`,
    ...ours.map(detail =>
      isUnused && typeof detail === 'string' ? note(sentence(detail, state)) : detailBlock(detail, state),
    ),
    kind === 'failure' ? blamedTable(state, workflow) : '',
    sentence(remedy, state),
    command === '' ? '' : codeBlock([command]),
    kind === 'failure' ? linkLine(message, state) : '',
    ...details.slice(count).map(detail => detailBlock(detail, state)),
  ]
}

/** Returns what the answer of uv or pip leaves open. */
export function caveatsOf(state: RunState): Block {
  const { resolution } = state
  if (resolution === undefined || resolution.outcome === 'unavailable') return ''
  return listOf(resolution.caveats.map(caveat => sentence(caveat, state)))
}

/** Returns our own sentence, in which the names of this run are shown as code. */
export function sentence(text: string, state: RunState): string {
  const { image, cluster } = state.target ?? {}
  const baseline = state.baseline?.name
  const { python } = state.cluster?.resource ?? {}
  const names = [image, cluster, baseline, python?.name, replacedBySwitch(state)?.image?.name].filter(
    name => name !== undefined,
  )
  return escapeMarkdown(text, names)
}

function detailBlock(detail: string | Quotation, state: RunState): Block {
  return typeof detail === 'string' ? sentence(detail, state) : quotation(detail)
}

function linkLine({ help, code: failureCode, ids }: OutcomeMessage, { target }: RunState): string {
  const entries = Object.entries(ids)
  const parts = [
    help.startsWith('https:') ? link(`${code(failureCode)} explained`, help) : help && `More: ${code(help)}`,
    target !== undefined && entries.length > 0 ? link('Cluster in the portal', portalUrl(target)) : '',
    ...entries.map(([name, id]) => `${name} ${code(id)}`),
  ]
  return parts.filter(part => part !== '').join(' · ')
}

/** Returns what was asked for, and what became of it, folded away. @param more Markdown by name. */
export function aboutRun(
  { kind, ids }: OutcomeMessage,
  state: RunState,
  workflow: WorkflowRun,
  more: readonly (readonly [name: string, value: string])[] = [],
): Block {
  const { inputs, target, requirements, decision, resolution } = state
  if (inputs === undefined) return ''
  const isFamily = inputs.mode === 'delete' && inputs.family !== undefined
  const why = joinList(decision?.reasons.map(reason => reasonLabels[reason]) ?? [])
  const python = formatPythonTarget(pythonTargetOf('foundation' in inputs ? inputs.foundation : undefined))
  const facts: readonly (readonly [name: string, value: string])[] = [
    [isFamily ? 'Images' : 'Image', code(target?.image ?? '')],
    ['Cluster', target === undefined ? '' : link(code(target.cluster), portalUrl(target))],
    ['Resource group', code(target?.resourceGroup ?? '')],
    ['Subscription', code(target?.subscription ?? '')],
    ['Built on', code(foundationText(inputs))],
    ['Requirements', inOneCell(requirements?.files ?? [], file => link(code(file), blobUrl(workflow, file)))],
    ['Action', decision === undefined ? '' : `${decision.action}${why === '' ? '' : `, because ${why}`}`],
    ['State', code(imageState(state) ?? '')],
    ['Queries run on', code(knownCluster(state)?.python?.name ?? '')],
    [
      isLocked(state) ? 'Locked by' : 'Resolved by',
      resolution === undefined || resolution.outcome === 'unavailable'
        ? ''
        : escapeMarkdown(`${resolution.tool} ${resolution.toolVersion}, for ${python}`),
    ],
    // On a page about a failure they are open.
    ...Object.entries(kind === 'failure' ? {} : ids).map(
      ([name, id]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)} ID`, code(id)] as const,
    ),
    ...more,
  ]
  const title = inputs.mode === 'plan' ? 'About this plan' : 'About this run'
  return fold(title, listOf(facts.flatMap(([name, value]) => (value === '' ? [] : [`${name}: ${value}`]))))
}

function foundationText(inputs: Inputs): string {
  if (inputs.mode === 'delete' || inputs.foundation === undefined) return ''
  const { language, foundation } = inputs
  return 'languageVersion' in foundation ? `${language} ${foundation.languageVersion}` : foundation.baseImageName
}

/** Charts are drawn of runs of more than two minutes. */
const longRun = 120_000

/** Returns how long the run took, and which phases took most of it, in one line. */
export function timeLine({ phases }: RunState, elapsed: number, now: number): string {
  const spent = new Map<string, number>()
  for (const { name, from, to = now } of phases) spent.set(name, (spent.get(name) ?? 0) + to - from)
  const longest = [...spent].filter(([, ms]) => ms >= 1000 && ms >= elapsed / 50)
  const parts = longest.map(([name, ms]) => `${name.charAt(0).toLowerCase()}${name.slice(1)} ${formatDuration(ms)}`)
  return formatDuration(elapsed) + (parts.length === 0 ? '' : ` (${parts.join(', ')})`)
}

/** Returns the phases of a long run on a time line, folded away; their names are this action's own words. */
export function timeChart(state: RunState, elapsed: number, now: number): Block {
  if (elapsed <= longRun) return ''
  // Of many, those that take less than a second are left out.
  const seen = state.phases.filter(({ from, to = now }, _, { length }) => length <= 12 || to - from >= 1000)
  const bars = seen.slice(0, 100).map(({ name, from, to = now }) => {
    // A bar of no length is not drawn.
    const [start, end] = [Math.round(from), Math.round(to)]
    return `  ${name.replace(/[^\w ]/g, '')} :${start}, ${Math.max(end, start + 1)}`
  })
  const chart = ['```mermaid', 'gantt', '  dateFormat x', '  axisFormat %H:%M:%S', '  todayMarker off', ...bars, '```']
  return fold(`Time: ${timeLine(state, elapsed, now)}`, chart.join('\n'))
}
