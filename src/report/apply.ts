import type { Change } from '../azure/change/change.js'
import { formatDuration } from '../format.js'
import { code, escapeMarkdown, link } from '../github/markdown.js'
import { blobUrl, type WorkflowRun } from '../github/workflow-run.js'
import { contentOf } from '../model/image.js'
import { packageChanges } from '../requirements/package-changes.js'
import { placesByName, requirementsOf } from '../requirements/requirements.js'
import { requestedChanges, wasReceived } from '../run-facts.js'
import type { RunState } from '../run-state.js'
import type { Runtime } from '../runtime.js'
import { foldedFindings } from './line-table.js'
import { type Block, fold, listOf, note, stack, summaryLimit, tableOf } from './markdown-blocks.js'
import {
  aboutRun,
  caveatsOf,
  outcomeBlocks,
  type OutcomeMessage,
  sentence,
  timeChart,
  timeLine,
} from './page-sections.js'
import { changeBlocks, installedList, requiredList } from './package-tables.js'

/** Returns the job summary of a run that was to make the image match, as Markdown. */
export function applyPage(
  message: OutcomeMessage,
  state: RunState,
  { workflow, clock }: Pick<Runtime, 'workflow' | 'clock'>,
): string {
  const [elapsed, now] = [clock.now() - state.started, clock.time()]
  const chart = timeChart(state, elapsed, now)
  const page = stack([
    ...outcomeBlocks(message, state, workflow),
    message.kind === 'started' ? note(startedNote) : '',
    listOf([
      ...state.warnings.map(text => `⚠️ ${sentence(text, state)}`),
      ...requestedChanges(state).flatMap(eventsOf),
    ]),
    caveatsOf(state),
    ...packageBlocks(message, state),
    foldedFindings(state, workflow),
    queryTable(state, workflow),
    trialTable(state, workflow),
    allPackages(state, workflow),
    chart,
    aboutRun(message, state, workflow, chart === '' ? [['Time', timeLine(state, elapsed, now)]] : []),
  ])
  return `${page(summaryLimit)}\n`
}

const startedNote =
  'A build usually takes 6 to 60 minutes. To see how it ends, run the workflow again: it follows the build.'

/** Which packages this run's build has changed, or was to change, since the run began. */
function packageBlocks({ kind }: OutcomeMessage, state: RunState): Block[] {
  const { requirements, resolution, changes } = state
  const { build } = changes
  const [first] = build.attempts
  if (first === undefined || requirements === undefined || wasReceived(build) === false) return []
  // A new image of a family takes the place of another one.
  const before = first.before.resource ?? state.baseline
  const { requirementsText = '' } = before ?? {}
  const required = packageChanges(requirementsOf(contentOf(requirementsText).text), requirements)
  const resolved = resolution?.outcome === 'resolved' ? resolution : undefined
  const blocks = changeBlocks(required, resolved, before === undefined)
  const title = build.result?.as === 'succeeded' ? 'What the build changed' : 'What the build would have changed'
  return kind === 'failure' ? [fold(title, stack(blocks))] : blocks
}

/** What came between on the way, in sentences. */
function eventsOf({ kind, attempts }: Change<unknown>): string[] {
  const name = kind === 'switch-back' ? 'switch back' : kind
  let since: number | undefined
  return attempts.flatMap(({ fate, obstacle, operation, sentAt, lostBecause = '' }, index) => {
    const next = attempts[index + 1]
    const why = code(lostBecause)
    if (fate === 'found') {
      return [`Azure's answer to the request for the ${name} was lost (${why}), but the ${name} was found running.`]
    }
    if (fate === 'not-received') {
      const again = next === undefined ? '' : ' and was sent again'
      return [`The request for the ${name} did not reach Azure (${why})${again}.`]
    }
    if (obstacle === undefined) return []
    if (operation !== undefined) {
      const after = operation.end === undefined ? '' : ` after ${formatDuration(operation.end.readAt - sentAt)}`
      return [`${ended[obstacle.by]} the ${name}${after}${next === undefined ? '.' : '; it was submitted again.'}`]
    }
    // Several tries against one obstacle are one event.
    since ??= sentAt
    if (next?.obstacle?.by === obstacle.by && next.operation === undefined) return []
    const waited = next === undefined ? 'until the end of this run' : formatDuration(next.sentAt - since)
    since = undefined
    return [`${delayed[obstacle.by]}: the ${name} waited ${waited}.`]
  })
}

const delayed = {
  conflict: 'Another change of the cluster was running',
  maintenance: 'The cluster was in maintenance',
  throttling: 'Azure Resource Manager limited the number of requests (429)',
} as const

const ended = {
  conflict: 'Another change of the cluster ended',
  maintenance: 'A maintenance of the cluster ended',
  throttling: 'Throttling ended',
} as const

/** How the queries went that the image must pass, the worst first. */
function queryTable({ verification }: RunState, workflow: WorkflowRun): Block {
  const { queries = [] } = verification ?? {}
  const bad = queries.filter(({ problem }) => problem !== '').length
  const rows = queries.toSorted((one, other) => Number(one.problem === '') - Number(other.problem === ''))
  const title = `Queries: ${bad === 0 ? `all ${rows.length} pass` : `${bad} of ${rows.length} ${bad === 1 ? 'does' : 'do'} not pass`}`
  const table = tableOf(['Query', 'Result'], rows, ({ file, line, problem, quote }) => [
    `${problem === '' ? '✅' : '❌'} ${link(code(file), blobUrl(workflow, file, line))}`,
    problem === '' ? 'passes' : [escapeMarkdown(problem), ...quote.map(code)].join(' '),
  ])
  return rows.length === 0 ? '' : fold(title, table)
}

/** What queries find on the image, the worst first. */
function trialTable({ verification, requirements }: RunState, workflow: WorkflowRun): Block {
  const { packages = [] } = verification ?? {}
  if (packages.length === 0) return ''
  const places = requirements && placesByName(requirements)
  const bad = packages.filter(({ problem }) => problem !== '').length
  const rows = packages.toSorted((one, other) => Number(one.problem === '') - Number(other.problem === ''))
  const title = `Verification: ${bad === 0 ? `all ${rows.length} match` : `${bad} of ${rows.length} ${bad === 1 ? 'does' : 'do'} not match`}`
  const table = tableOf(['Package', 'Requirements', 'Found'], rows, ({ name, wanted, found, problem }) => {
    const place = places?.get(name)?.[0]
    const url = place && blobUrl(workflow, place.file, place.line)
    const what = [code(found), escapeMarkdown(problem)].filter(part => part !== '').join(' ')
    return [`${problem === '' ? '✅' : '❌'} ${code(name)}`, link(code(wanted), url), what]
  })
  return fold(title, table)
}

/** All packages, where no other table of the page has them. */
function allPackages(state: RunState, workflow: WorkflowRun): Block {
  const { resolution, requirements, changes, verification } = state
  const [first] = changes.build.attempts
  const isNew = first !== undefined && first.before.resource === undefined && wasReceived(changes.build) !== false
  if (resolution?.outcome === 'resolved') {
    return isNew && resolution.changes !== undefined
      ? ''
      : installedList(resolution, `as ${resolution.tool} resolves them`)
  }
  const isShown = isNew || (verification?.packages ?? []).length > 0 || requirements === undefined
  return isShown ? '' : requiredList(requirements, workflow)
}
