import { formatDetail } from '../failure.js'
import type { Quotation } from '../failure.js'
import { pluralize } from '../format.js'
import { code, codeBlock, codeLine, escapeMarkdown, link, table } from '../github/markdown.js'
import { outcomeSymbols } from './outcome-message.js'
import type { OutcomeMessage } from './outcome-message.js'

/** A line of the table of what was asked and what happened. All texts here are plain, and come from anywhere. */
export type Fact = { readonly name: string; readonly value: string; readonly url?: string | undefined }

/** A line of the table of findings. */
export type FindingRow = {
  readonly id: string
  readonly severity: string
  readonly message: string
  readonly place: string
  readonly url: string | undefined
}

/** The words on top of a page, one paragraph each; the empty ones are left out. */
export type Words = {
  readonly kind: OutcomeMessage['kind']
  readonly headline: string
  readonly details: readonly (string | Quotation)[]
  readonly remedy: string
  /** Page that says more. */
  readonly help: string
}

/** The size of a Markdown text as GitHub counts it for summaries; for comments it counts characters, which are fewer. */
export function bytes(text: string): number {
  return Buffer.byteLength(text)
}

/** The first sentence that everybody reads, with how it ended. */
export function heading({ kind, headline }: Words): string {
  return `### ${outcomeSymbols[kind]} ${escapeMarkdown(headline)}`
}

/** What the service said, as it said it, and after it whatever else there is to know or to do. @param limit bytes. */
export function paragraphs({ details, remedy, help }: Words, between: string, limit: number): string[] {
  return [
    details.length === 0
      ? ''
      : fittingLines(
          details.flatMap(each => formatDetail(each).split('\n')),
          limit,
        ),
    between,
    escapeMarkdown(remedy),
    // A path is shown as one; only an address can be followed.
    help === '' ? '' : help.startsWith('https:') ? link('More on this', help) : `More: ${code(help)}`,
  ].filter(part => part !== '')
}

/** The facts as a table of two columns, folded away where it has a title. @param room bytes. */
export function factTable(title: string, facts: readonly Fact[], room: number): string {
  const row = ({ name, value, url }: Fact) => [escapeMarkdown(name), link(code(value), url)]
  return title === '' ? fitTable(['', ''], facts, row, room) : detailsBlock(title, false, ['', ''], facts, row, room)
}

/** The findings, folded away where they are many. @param room bytes. */
export function findingTable(findings: readonly FindingRow[], room: number): string {
  const row = ({ id, severity, message, place, url }: FindingRow) => [
    severity,
    code(id),
    link(code(place), url),
    escapeMarkdown(message),
  ]
  const title = pluralize(findings.length, 'finding')
  return detailsBlock(title, findings.length <= 30, ['', 'Finding', 'Line', 'What to do'], findings, row, room)
}

/** The parts one after another, those that there is room for. @param limit bytes. */
export function fitParts(parts: readonly string[], limit: number): string {
  let room = limit
  return parts
    .map(part => {
      if (bytes(part) + 100 > room) return '…a part is left out here, for which there is no room.'
      room -= bytes(part) + 2
      return part
    })
    .join('\n\n')
}

/**
 * A table of as many items as there is room for, in bytes; empty without any.
 * @param more how many further items there are.
 */
export function fitTable<T>(
  head: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
  room: number,
  more = 0,
): string {
  if (items.length === 0) return ''
  const shown: (readonly string[])[] = []
  let size = 300
  for (const item of items) {
    const row = rowOf(item)
    size += bytes(row.join(' | ')) + 8
    if (size > room) break
    shown.push(row)
  }
  const rest = items.length - shown.length + more
  return [table(head, shown), ...(rest === 0 ? [] : [`…and ${rest} more, for which there is no room here.`])].join(
    '\n\n',
  )
}

/** A {@link fitTable} that can be folded away. */
export function detailsBlock<T>(
  title: string,
  open: boolean,
  head: readonly string[],
  items: readonly T[],
  rowOf: (item: T) => readonly string[],
  room: number,
  more = 0,
): string {
  if (items.length === 0) return ''
  const summary = `<details${open ? ' open' : ''}><summary>${title}</summary>`
  return [summary, fitTable(head, items, rowOf, room - 200, more), '</details>'].join('\n\n')
}

function fittingLines(lines: readonly string[], limit: number): string {
  const shown: string[] = []
  let size = 0
  for (const line of lines) {
    size += bytes(codeLine(line)) + 1
    if (size > limit) break
    shown.push(line)
  }
  const rest = lines.length - shown.length
  const more = rest === 0 ? '' : `…and ${rest} more lines, which the log shows.`
  return [shown.length === 0 ? '' : codeBlock(shown), more].filter(part => part !== '').join('\n\n')
}
