import { pluralize } from '../format.js'
import { code, escapeMarkdown, link } from '../github/markdown.js'
import { bytes, paragraphs, factTable, findingTable, fitParts, detailsBlock, heading } from './markdown-blocks.js'
import type { Fact, FindingRow, Words } from './markdown-blocks.js'

/** A line of the table of packages. */
export type Package = { readonly name: string; readonly wanted: string; readonly place: string; readonly url?: string }

/** A line of the table of what a sandbox has; the problem is empty where all is well. */
export type TrialRow = {
  readonly name: string
  readonly wanted: string
  readonly found: string
  readonly problem: string
  /** Of the line that names the package. */
  readonly url: string | undefined
}

/** What a job summary shows. All texts are plain and come from anywhere; times are milliseconds since the epoch. */
export type SummaryContent = Words & {
  /** Lines that are to blame, and for what. */
  readonly marked: readonly { readonly place: string; readonly reason: string; readonly url: string | undefined }[]
  readonly facts: readonly Fact[]
  readonly findings: readonly FindingRow[]
  readonly packages: readonly Package[]
  /** How many more packages there are. */
  readonly morePackages?: number
  /** What queries find on the image, where that was tried. */
  readonly trials: readonly TrialRow[]
  readonly phases: readonly { readonly name: string; readonly from: number; readonly to: number | undefined }[]
  readonly now: number
}

/** GitHub refuses a summary of more than 1 MiB a step; this leaves room for what comes after a cut. Bytes. */
export const summaryLimit = 1_000_000
/** The service's words get this much of it. */
const detailsLimit = 200_000
/** Of the lines to blame so many are shown. */
const mostMarked = 100
/** The findings get this much of it. */
const findingsLimit = 400_000

/** The job summary as Markdown, at most 1 MiB, cut with a note where there is more to show. */
export function summaryMarkdown(content: SummaryContent): string {
  const { marked, facts, findings, packages, morePackages = 0, trials, phases, now } = content
  const blamed = marked.length === 0 ? '' : markedList(marked)
  const top = fitParts(
    [
      heading(content),
      ...paragraphs(content, blamed, detailsLimit),
      trialTable(trials, summaryLimit / 4),
      factTable('', facts, summaryLimit / 4),
      ...(phases.length === 0 ? [] : [gantt(phases, now)]),
    ].filter(part => part !== ''),
    summaryLimit,
  )
  // Whatever does not fit is left out of the last of them first.
  const found = findingTable(findings, Math.min(summaryLimit - bytes(top), findingsLimit))
  const listed = packageTable(packages, morePackages, summaryLimit - bytes(top) - bytes(found))
  return `${[top, found, listed].filter(part => part !== '').join('\n\n')}\n`
}

function markedList(marked: SummaryContent['marked']): string {
  const shown = marked.slice(0, mostMarked)
  const rest = marked.length - shown.length
  return [
    ...shown.map(({ place, reason, url }) => `- ${link(code(place), url)} ${escapeMarkdown(reason)}`),
    ...(rest === 0 ? [] : [`- …and ${rest} more`]),
  ].join('\n')
}

function packageTable(packages: readonly Package[], more: number, room: number): string {
  const row = ({ name, wanted, place, url }: Package) => [code(name), code(wanted), link(code(place), url)]
  const title = pluralize(packages.length + more, 'package')
  return detailsBlock(title, packages.length <= 30, ['Package', 'Wanted', 'Line'], packages, row, room, more)
}

function trialTable(trials: readonly TrialRow[], room: number): string {
  const row = ({ name, wanted, found, problem, url }: TrialRow) => [
    problem === '' ? '✅' : '❌',
    link(code(name), url),
    code(wanted),
    code(found),
    escapeMarkdown(problem),
  ]
  const title = 'What queries find on the image'
  return detailsBlock(title, trials.length <= 30, ['', 'Package', 'Wanted', 'Found', ''], trials, row, room)
}

/** The phases on a time line; their names are this action's own words. */
function gantt(phases: SummaryContent['phases'], now: number): string {
  const bar = ({ name, from, to }: SummaryContent['phases'][number]) =>
    // A bar of no length is not drawn.
    `  ${name.replace(/[^\w ]/g, '')} :${Math.round(from)}, ${Math.max(Math.round(to ?? now), Math.round(from) + 1)}`
  return [
    '```mermaid',
    'gantt',
    '  dateFormat x',
    '  axisFormat %H:%M:%S',
    '  todayMarker off',
    ...phases.slice(0, 100).map(bar),
    '```',
  ].join('\n')
}
