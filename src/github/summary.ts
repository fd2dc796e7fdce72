import { counted } from '../phrases.js'
import { code, codeBlock, escaped, link, table } from './markdown.js'

/** A line of the table of what was asked and what happened. */
export type Fact = { readonly name: string; readonly value: string; readonly url?: string | undefined }

/** A line of the table of packages. */
export type Package = { readonly name: string; readonly wanted: string; readonly place: string; readonly url?: string }

/** A line of the table of findings. */
export type FindingRow = {
  readonly id: string
  readonly severity: string
  readonly message: string
  readonly place: string
  readonly url: string | undefined
}

/** What a job summary shows. All texts are plain and come from anywhere; times are milliseconds since the epoch. */
export type SummaryContent = {
  readonly good: boolean
  readonly headline: string
  readonly details: readonly string[]
  /** Lines that are to blame, and for what. */
  readonly marked: readonly { readonly place: string; readonly reason: string; readonly url: string | undefined }[]
  readonly remedy: string
  readonly aftermath: string
  readonly facts: readonly Fact[]
  readonly findings: readonly FindingRow[]
  readonly packages: readonly Package[]
  readonly phases: readonly { readonly name: string; readonly from: number; readonly to: number | undefined }[]
  readonly now: number
}

/** GitHub refuses a summary of more than 1 MiB a step; this leaves room for what comes after a cut. Bytes. */
const limit = 1_000_000
/** The service's words get this much of it. */
const detailsLimit = 200_000
/** The findings get this much of it. */
const findingsLimit = 400_000
/** Characters of any one text; escaped, a character takes up to six bytes. */
const textLimit = 2_000

/** The job summary as Markdown, at most 1 MiB, cut with a note where there is more to show. */
export function summaryMarkdown(content: SummaryContent): string {
  const { good, headline, details, marked, remedy, aftermath, facts, findings, packages, phases, now } = content
  const top = fitting([
    `### ${good ? '✅' : '❌'} ${escaped(cut(headline))}`,
    ...(details.length === 0 ? [] : [cutDetails(details)]),
    ...(marked.length === 0 ? [] : [markedList(marked)]),
    ...[remedy, aftermath].filter(text => text !== '').map(text => escaped(cut(text))),
    table(
      ['', ''],
      facts.map(({ name, value, url }) => [escaped(name), link(code(cut(value)), url)]),
    ),
    ...(phases.length === 0 ? [] : [gantt(phases, now)]),
  ])
  // Whatever does not fit is left out of the last of them first.
  const found = findingTable(findings, Math.min(limit - bytes(top), findingsLimit))
  return `${[top, found, packageTable(packages, limit - bytes(top) - bytes(found))].filter(part => part !== '').join('\n\n')}\n`
}

/** The parts one after another, those that there is room for. */
function fitting(parts: readonly string[]): string {
  let room = limit
  return parts
    .map(part => {
      if (bytes(part) + 100 > room) return '…a part is left out here, for which there is no room.'
      room -= bytes(part) + 2
      return part
    })
    .join('\n\n')
}

function cutDetails(details: readonly string[]): string {
  const shown: string[] = []
  let size = 0
  for (const line of details) {
    size += bytes(escaped(line)) + 10
    if (size > detailsLimit) break
    shown.push(line)
  }
  const rest = details.length - shown.length
  return codeBlock(shown) + (rest === 0 ? '' : `\n\n…and ${rest} more lines, which the log shows.`)
}

function markedList(marked: SummaryContent['marked']): string {
  return marked
    .slice(0, 100)
    .map(({ place, reason, url }) => `- ${link(code(place), url)} ${escaped(cut(reason))}`)
    .join('\n')
}

function findingTable(findings: readonly FindingRow[], room: number): string {
  const row = ({ id, severity, message, place, url }: FindingRow) => [
    severity,
    code(id),
    link(code(place), url),
    escaped(cut(message)),
  ]
  return folded(counted(findings.length, 'finding'), ['', 'Finding', 'Line', 'What to do'], findings, row, room)
}

function packageTable(packages: readonly Package[], room: number): string {
  const row = ({ name, wanted, place, url }: Package) => [code(name), code(wanted), link(code(place), url)]
  return folded(counted(packages.length, 'package'), ['Package', 'Wanted', 'Line'], packages, row, room)
}

/** A table that can be folded away, of as many items as there is room for, in bytes. */
function folded<T>(
  title: string,
  head: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
  room: number,
): string {
  if (items.length === 0) return ''
  const shown: (readonly string[])[] = []
  let size = 500
  for (const item of items) {
    const row = rowOf(item)
    size += bytes(row.join(' | ')) + 8
    if (size > room) break
    shown.push(row)
  }
  const rest = items.length - shown.length
  return [
    `<details${items.length <= 30 ? ' open' : ''}><summary>${title}</summary>`,
    table(head, shown),
    ...(rest === 0 ? [] : [`…and ${rest} more, for which there is no room here.`]),
    '</details>',
  ].join('\n\n')
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

/** A text that is not too long for a sentence or a cell. */
function cut(text: string): string {
  return text.length > textLimit ? `${text.slice(0, textLimit)}…` : text
}

function bytes(text: string): number {
  return Buffer.byteLength(text)
}
