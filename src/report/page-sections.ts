import { portalUrl } from '../azure/target.js'
import type { BlamedPlace, Place, Quotation } from '../failure.js'
import { formatDuration, joinList, pluralize } from '../format.js'
import { code, codeBlock, escapeMarkdown, link } from '../github/markdown.js'
import { blobUrl, docsUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import { reasonLabels } from '../model/reason.js'
import type { Changes } from '../requirements/compare-maps.js'
import { severities, worstFirst } from '../requirements/findings/finding.js'
import type { Finding, Severity } from '../requirements/findings/finding.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { placesByName } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import type { Resolved } from '../requirements/resolver/resolution.js'
import { imageState, replacedBySwitch } from '../run-state.js'
import type { RunState } from '../run-state.js'
import { fold, listOf, mostRows, note, quotation, tableOf } from './markdown-blocks.js'
import type { Block } from './markdown-blocks.js'
import { outcomeSymbols } from './outcome-message.js'
import type { OutcomeMessage } from './outcome-message.js'

/**
 * Returns what all pages begin with: how the run ended, what to do, and where more is to be found; then what a service or
 * a program said.
 */
export function outcomeBlocks(message: OutcomeMessage, state: RunState, workflow: WorkflowRun): Block[] {
  const { kind, headline, details, remedy } = message
  // What stands between sentences is about one of them; the rest comes after all that is ours. A table shows all findings.
  const count = details.findLastIndex(detail => typeof detail === 'string') + 1
  const ours = failsForFindings(state) ? [] : details.slice(0, count)
  const [advice = '', ...command] = remedy.split('\n')
  // All that there is to add to a success is how the image comes to be used.
  const isUnused = kind === 'success' && state.inputs?.mode === 'apply' && !state.inputs.activate
  return [
    `### ${outcomeSymbols[kind]} ${sentence(headline.replace(/\.$/, ''), state)}`,
    ...ours.map(detail => (isUnused && typeof detail === 'string' ? note(sentence(detail, state)) : detailBlock(detail, state))),
    kind === 'failure' ? blamedTable(state, workflow) : '',
    sentence(advice, state),
    command.length === 0 ? '' : codeBlock(command),
    kind === 'failure' ? linkLine(message, state) : '',
    ...details.slice(count).map(detail => detailBlock(detail, state)),
  ]
}

/** Returns our own sentence, in which the names of this run are shown as code. */
export function sentence(text: string, state: RunState): string {
  const { image, cluster } = state.inputs?.target ?? {}
  const names = [image, cluster, state.cluster?.resource?.python?.name, replacedBySwitch(state)?.image?.name]
  return escapeMarkdown(
    text,
    names.filter(name => name !== undefined),
  )
}

function detailBlock(detail: string | Quotation, state: RunState): Block {
  return typeof detail === 'string' ? sentence(detail, state) : quotation(detail)
}

function linkLine({ help, code: failureCode, ids }: OutcomeMessage, { inputs }: RunState): string {
  const entries = Object.entries(ids)
  return [
    help.startsWith('https:') ? link(`${code(failureCode)} explained`, help) : help && `More: ${code(help)}`,
    inputs?.target !== undefined && entries.length > 0 ? link('Cluster in the portal', portalUrl(inputs.target)) : '',
    ...entries.map(([name, id]) => `${name} ${code(id)}`),
  ]
    .filter(part => part !== '')
    .join(' · ')
}

const icons: { readonly [severity in Severity]: string } = { error: '❌', warning: '⚠️', notice: 'ℹ️' }

/** A line that something is to be done about, and what, as Markdown. */
type LineNote = { readonly severity: Severity; readonly places: readonly Place[]; readonly text: string }

/** Returns a table of what to do about which line. @param isPlain whether the number of a line says which it is. */
function lineTable<T>(items: readonly T[], noteOf: (item: T) => LineNote, isPlain: boolean, workflow: WorkflowRun): Block {
  const labelled = ({ file, line }: Place) =>
    link(code(isPlain ? String(line) : `${file}:${line}`), blobUrl(workflow, file, line))
  return tableOf(['Line', 'What to do'], items, item => {
    const { severity, places, text } = noteOf(item)
    return [`${icons[severity]} ${listed(places, labelled)}`, text]
  })
}

/** So many names or lines are listed in one cell. */
const mostInCell = 100

function listed<T>(all: readonly T[], show: (each: T) => string): string {
  const rest = all.length - mostInCell
  return [...all.slice(0, mostInCell).map(show), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

/** Whether all places are in the one file of requirements. */
function areInOneFile(places: readonly Place[], { requirements }: RunState): boolean {
  const [main] = requirements?.files ?? []
  return places.every(({ file }) => file === main)
}

/** The findings where they are why the run failed; else the lines that a failure blames, each for a reason. */
function blamedTable(state: RunState, workflow: WorkflowRun): Block {
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
  const groups = Map.groupBy(worstFirst(findings), ({ severity, id, message }) =>
    id === 'unpinned' ? `${severity} ${id}` : `${severity} ${id} ${message}`,
  )
  const names = findings.length === groups.size ? undefined : requirements && namesByPlace(requirements)
  const noteOf = ([first, group]: readonly [Finding, readonly Finding[]]): LineNote => {
    const { id, severity, message } = first
    const kind = link(code(id), docsUrl(workflow, `docs/findings.md#${id}`))
    const unpinned = group.flatMap(({ file, line }) => names?.get(`${file}:${line}`) ?? [])
    const text =
      id === 'unpinned' && group.length > 1
        ? `The versions of these packages are not pinned, so the next build may install others. Pin them with \`==\`: ${listed(unpinned, code)}`
        : escapeMarkdown(message)
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

/** From what to what; undefined where it is not there. */
type Step = { readonly from?: string; readonly to?: string }

/**
 * Returns which packages change: those that the requirements name in a table, those that change with them folded away.
 * @param installed where that is known.
 * @param isNew whether there is no image yet, so that everything is added.
 */
export function changeBlocks(required: Changes | undefined, installed: Changes | undefined, isNew: boolean): Block[] {
  const [requiredSteps, installedSteps] = [stepsOf(required), stepsOf(installed)]
  const names = [...requiredSteps.keys()]
  const others = [...installedSteps.keys()].filter(name => !requiredSteps.has(name))
  const shown = (each: Step | undefined) => (isNew ? code(each?.to ?? '') : stepText(each))
  const isKnown = installed !== undefined
  const tables = [
    tableOf(
      ['Package', 'Requirements', ...(isKnown ? ['Installed'] : [])],
      names.slice(0, mostRows),
      name => [project(name), shown(requiredSteps.get(name)), ...(isKnown ? [shown(installedSteps.get(name))] : [])],
      Math.max(0, names.length - mostRows),
    ),
    tableOf(
      ['Package', 'Installed'],
      others.slice(0, mostRows),
      name => [project(name), shown(installedSteps.get(name))],
      Math.max(0, others.length - mostRows),
    ),
  ] as const
  const count = pluralize(others.length, 'dependency', 'dependencies')
  const verb = others.length === 1 ? 'changes' : 'change'
  const title = isNew ? `${count} installed with them` : `${count} ${verb}: ${kindsOf(others, installedSteps)}`
  return [tables[0], fold(title, tables[1])]
}

function stepsOf({ added, changed, removed }: Changes = { added: [], changed: [], removed: [] }): Map<string, Step> {
  return new Map([...added, ...changed, ...removed].map(({ name, ...step }) => [name, step]))
}

function stepText(step: Step | undefined): string {
  if (step === undefined) return ''
  const [from, to] = [step.from, step.to].map(text => (text === undefined ? undefined : code(text)))
  if (from === undefined) return `added ${to ?? ''}`
  return to === undefined ? `removed ${from}` : `${from} → ${to}`
}

function kindsOf(names: readonly string[], steps: ReadonlyMap<string, Step>): string {
  const kinds = Map.groupBy(names, name => {
    const { from, to } = steps.get(name) ?? {}
    return from === undefined ? 'added' : to === undefined ? 'removed' : 'of another version'
  })
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ')
}

/**
 * A package with its page, which shows its versions, licences, known vulnerabilities and dependencies; without one where
 * the name is that of no project.
 */
function project(name: string): string {
  return link(code(name), /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? `https://deps.dev/pypi/${name}` : undefined)
}

/** Returns all that would be installed, or is, folded away. @param verb such as `are installed`. */
export function installedList({ packages }: Resolved, verb: string): Block {
  const rows = tableOf(['Package', 'Version'], packages, ({ name, version }) => [project(name), code(version)])
  return fold(`${pluralize(packages.length, 'package')} ${verb}`, rows)
}

/** Returns the packages that the requirements name, folded away, each with a link to its line. */
export function requiredList(requirements: Requirements, workflow: WorkflowRun): Block {
  const named = requirements.entries.filter(entry => entry.kind === 'requirement')
  const rows = tableOf(
    ['Package', 'Requirements'],
    named.slice(0, mostRows),
    ({ name, normalizedName, shown, span }) => {
      const origin = requirements.origins[span.start.line - 1]
      const wanted = code(shown.slice(name.length).trim() || '*')
      return [project(normalizedName), link(wanted, origin && blobUrl(workflow, origin.file, origin.line))]
    },
    Math.max(0, named.length - mostRows),
  )
  return fold(`${pluralize(named.length, 'package')} in the requirements`, rows)
}

/** Returns what was asked for, and what became of it, folded away. @param more Markdown by name. */
export function aboutRun(
  { kind, ids }: OutcomeMessage,
  state: RunState,
  workflow: WorkflowRun,
  more: readonly (readonly [name: string, value: string])[] = [],
): Block {
  const { inputs, requirements, decision, resolution } = state
  if (inputs === undefined) return ''
  const facts: (readonly [name: string, value: string])[] = []
  const { target } = inputs
  const isFamily = inputs.mode === 'delete' && inputs.family !== undefined
  if (target !== undefined) {
    facts.push(
      [isFamily ? 'Images' : 'Image', code(target.image)],
      ['Cluster', link(code(target.cluster), portalUrl(target))],
      ['Resource group', code(target.resourceGroup)],
      ['Subscription', code(target.subscription)],
    )
  }
  if (inputs.mode !== 'delete' && inputs.foundation !== undefined) {
    const { language, foundation } = inputs
    const base =
      'languageVersion' in foundation ? `${language} ${foundation.languageVersion}` : foundation.baseImageName
    facts.push(['Built on', code(base)])
  }
  const files = requirements?.files ?? []
  if (files.length > 0) {
    facts.push(['Requirements', listed(files, file => link(code(file), blobUrl(workflow, file)))])
  }
  if (decision !== undefined) {
    const why = joinList(decision.reasons.map(reason => reasonLabels[reason]))
    facts.push(['Action', why === '' ? decision.action : `${decision.action}, because ${why}`])
  }
  const shown = imageState(state)
  if (shown !== undefined) facts.push(['State', code(shown)])
  const active = state.cluster?.resource?.python?.name
  if (active !== undefined) facts.push(['Queries run on', code(active)])
  if (resolution !== undefined && resolution.outcome !== 'unavailable') {
    const python = formatPythonTarget(pythonTargetOf('foundation' in inputs ? inputs.foundation : undefined))
    facts.push(['Resolved by', escapeMarkdown(`${resolution.tool} ${resolution.toolVersion}, for ${python}`)])
  }
  // On a page that tells of a failure they are open.
  if (kind !== 'failure') facts.push(...Object.entries(ids).map(([name, id]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)} ID`, code(id)] as const))
  const title = inputs.mode === 'plan' ? 'About this plan' : 'About this run'
  return fold(title, listOf([...facts, ...more].map(([name, value]) => `${name}: ${value}`)))
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
