import type { Quotation } from '../failure.js'
import { pluralize } from '../format.js'
import { escapeLine, escapeMarkdown, table } from '../github/markdown.js'

/** Makes a part of a page: a text, or as much as there is room for, in bytes; empty where there is nothing to show. */
export type Block = string | ((room: number) => string)

/** Limits the rows of a table that are open; more are folded away. */
export const mostOpenRows = 50

/** Limits a summary, in bytes: GitHub refuses more than 1 MiB a step. */
export const summaryLimit = 1_000_000

/** The size of a text as GitHub counts it for summaries; for comments it counts characters, which are fewer. */
function bytes(text: string): number {
  return Buffer.byteLength(text)
}

/** Puts blocks one under the other; each may take half of the room that those before it have left. */
export function stack(blocks: readonly Block[]): (room: number) => string {
  return room => {
    const parts: string[] = []
    let left = room
    for (const block of blocks) {
      const half = left / 2
      const made = typeof block === 'string' ? block : block(half)
      const part = bytes(made) <= half ? made : noRoom
      if (part === '' || (part === noRoom && (parts.at(-1) === noRoom || left < 200))) continue
      left -= bytes(part) + 2
      parts.push(part)
    }
    return parts.join('\n\n')
  }
}

const noRoom = '…a part is left out here, for which there is no room.'

/** Returns a part that is folded away; none without content. @param title words of our own, for they are HTML. */
export function fold(title: string, content: Block): Block {
  return room => {
    const made = typeof content === 'string' ? content : content(room - 200)
    return made === '' ? '' : `<details><summary>${title}</summary>\n\n${made}\n\n</details>`
  }
}

/** Returns a table of as many items as there is room for; the others are not even put into words. */
export function tableOf<T>(head: readonly string[], items: readonly T[], rowOf: (item: T) => readonly string[]): Block {
  return room => {
    const rows = fitting(items, room, rowOf)
    return items.length === 0 ? '' : [table(head, rows), ...leftOut(items.length - rows.length)].join('\n\n')
  }
}

/** Returns a list of as many items as there is room for. @param lines Markdown, each on one line. */
export function listOf(lines: readonly string[]): Block {
  return room => {
    const shown = fitting(lines, room, line => `- ${line}`)
    return [shown.join('\n'), ...leftOut(lines.length - shown.length)].filter(part => part !== '').join('\n\n')
  }
}

/** As many items as there is room for, as they are shown: each a text, or the cells of a row. */
function fitting<T, Made extends string | readonly string[]>(
  items: readonly T[],
  room: number,
  make: (item: T) => Made,
): Made[] {
  const shown: Made[] = []
  let size = 300
  for (const item of items) {
    const made = make(item)
    size += bytes([made].flat().join(' | ')) + 8
    if (size > room) break
    shown.push(made)
  }
  return shown
}

function leftOut(count: number): string[] {
  return count === 0 ? [] : [`…and ${count} more, for which there is no room here.`]
}

/** So many names or lines are listed in one cell. */
const mostInCell = 100

/** Returns a list for a cell, or another place of one line. */
export function inOneCell<T>(all: readonly T[], show: (each: T) => string): string {
  const rest = all.length - mostInCell
  return [...all.slice(0, mostInCell).map(show), ...(rest > 0 ? [`${rest} more`] : [])].join(', ')
}

/** Returns a box that GitHub draws around a few sentences. @param text Markdown on one line. */
export function note(text: string): string {
  return text === '' ? '' : `> [!NOTE]\n> ${text}`
}

/** So many lines of a quotation are open; of longer ones the end, where programs say what went wrong. */
const mostOpen = 12
/** A line of a quotation is shown whole up to twice so many characters. */
const longestLine = 20_000

/** Returns what a service or a program said, as a quotation that wraps; the beginning of a long one is folded away. */
export function quotation({ by, text }: Quotation): Block {
  const lines = text.split(/\r\n?|\n/).filter(line => line.trim() !== '')
  const [before, open] = [lines.slice(0, -mostOpen), lines.slice(-mostOpen)]
  const label = `**${escapeMarkdown(by)} said:**`
  const one = lines.length === 1 ? escapeLine(text.trim(), longestLine) : ''
  if (lines.length === 0) return ''
  return stack([
    one === '' ? room => quoted(open, room, label) : `> ${label} ${one}`,
    fold(`${pluralize(before.length, 'line')} before that`, room => quoted(before, room, '')),
  ])
}

/** As many lines as there is room for, from the end, which matters most. */
function quoted(lines: readonly string[], room: number, label: string): string {
  const kept = fitting(lines.toReversed(), room, line => escapeLine(line, longestLine))
  const mark = kept.length < lines.length ? '…' : ''
  return [`${label} ${mark}`.trim(), ...kept.toReversed()]
    .filter(line => line !== '')
    .map(line => `> ${line}`)
    .join('  \n')
}
