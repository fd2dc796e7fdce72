import type { BlamedPlace, Place } from '../failure.js'
import { pluralize } from '../format.js'
import { code, escapeMarkdown, link } from '../github/markdown.js'
import { blobUrl, docsUrl, type WorkflowRun } from '../github/workflow-run.js'
import { type Finding, findingText, severities, type Severity, worstFirst } from '../requirements/findings/finding.js'
import { placesByName, type Requirements } from '../requirements/requirements.js'
import type { RunState } from '../run-state.js'
import { type Block, fold, inOneCell, mostOpenRows, stack, tableOf } from './markdown-blocks.js'

const icons: { readonly [severity in Severity]: string } = { error: '❌', warning: '⚠️', notice: 'ℹ️' }

/** A line that something is to be done about, and what, as Markdown. */
type LineNote = { readonly severity: Severity; readonly places: readonly Place[]; readonly text: string }

/** Returns a table of what to do about which line. @param isPlain whether the number of a line says which it is. */
function lineTable<T>(
  items: readonly T[],
  noteOf: (item: T) => LineNote,
  isPlain: boolean,
  workflow: WorkflowRun,
): Block {
  const labelled = ({ file, line }: Place) =>
    link(code(isPlain ? String(line) : `${file}:${line}`), blobUrl(workflow, file, line))
  const rowOf = (item: T) => {
    const { severity, places, text } = noteOf(item)
    return [`${icons[severity]} ${inOneCell(places, labelled)}`, text]
  }
  const head = ['Line', 'What to do']
  const rest = items.slice(mostOpenRows)
  return stack([
    tableOf(head, items.slice(0, mostOpenRows), rowOf),
    fold(`${rest.length} more`, tableOf(head, rest, rowOf)),
  ])
}

/** Whether all places are in the one file of requirements. */
function areInOneFile(places: readonly Place[], { requirements }: RunState): boolean {
  const [main] = requirements?.files ?? []
  return places.every(({ file }) => file === main)
}

/** Returns the findings where they are why the run failed; else the lines that a failure blames, each for a reason. */
export function blamedTable(state: RunState, workflow: WorkflowRun): Block {
  const { outcome, verification } = state
  if (failsForFindings(state)) return findingTable(state, workflow)
  // Which packages are wrong is in the details, and in a table of its own.
  const places = outcome?.as === 'failure' && verification === undefined ? outcome.failure.places : []
  const blamed = places.filter(({ reason }) => reason !== undefined)
  const noteOf = (place: BlamedPlace): LineNote => ({
    severity: 'error',
    places: [place],
    text: escapeMarkdown(place.reason ?? ''),
  })
  return lineTable(blamed, noteOf, areInOneFile(blamed, state), workflow)
}

/** Tells whether the run ended because of what is wrong with the requirements. */
export function failsForFindings({ outcome }: RunState): boolean {
  return outcome?.as === 'failure' && outcome.failure.code === 'findings'
}

/** The findings, the worst first, those that are alike in one row. */
function findingTable(state: RunState, workflow: WorkflowRun): Block {
  const { findings, requirements } = state
  const groups = Map.groupBy(worstFirst(findings), each => {
    const { severity, id } = each
    return id === 'unpinned' ? `${severity} ${id}` : `${severity} ${id} ${findingText(each)}`
  })
  const names = findings.length === groups.size ? undefined : requirements && namesByPlace(requirements)
  const noteOf = ([first, group]: readonly [Finding, readonly Finding[]]): LineNote => {
    const { id, severity } = first
    const kind = link(code(id), docsUrl(workflow, `docs/findings.md#${id}`))
    const unpinned = group.flatMap(({ file, line }) => names?.get(`${file}:${line}`) ?? [])
    const text =
      id === 'unpinned' && group.length > 1
        ? `The versions of these packages are not pinned, so the next build may install others. Pin them with \`==\`: ${inOneCell(unpinned, code)}`
        : escapeMarkdown(findingText(first))
    return { severity, places: group.filter(({ file }) => file !== ''), text: `${kind}: ${text}` }
  }
  const rows = [...groups.values()].flatMap(group => (group[0] === undefined ? [] : [[group[0], group] as const]))
  return lineTable(rows, noteOf, areInOneFile(findings, state), workflow)
}

/** Returns the findings folded away, where they are not why the run failed. */
export function foldedFindings(state: RunState, workflow: WorkflowRun): Block {
  if (failsForFindings(state)) return ''
  const counts = severities.flatMap(severity => {
    const count = state.findings.filter((each: Finding) => each.severity === severity).length
    return count === 0 ? [] : [`${icons[severity]} ${pluralize(count, severity)}`]
  })
  return fold(`${counts.join(', ')} about the requirements`, findingTable(state, workflow))
}

function namesByPlace(requirements: Requirements): ReadonlyMap<string, string> {
  const named = [...placesByName(requirements)]
  return new Map(named.flatMap(([name, places]) => places.map(({ file, line }) => [`${file}:${line}`, name])))
}
