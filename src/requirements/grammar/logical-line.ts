import { lastAtMost } from './position.js'
import { isSpaceAt, type PhysicalLine, physicalLines, skipSpace, skipSpaceBack } from './python-whitespace.js'

/** Holds a line of a requirements file after pip's own preprocessing, with the way back to the file. */
export type LogicalLine = {
  /** Continuation lines joined, comment removed, white space at both ends removed; never empty. */
  readonly text: string
  /** The comment that was removed, from its `#` on, and the offset of that `#`. */
  readonly comment: { readonly text: string; readonly offset: number } | undefined
  /** Offset at which its first physical line starts. */
  readonly start: number
  /** Offset after the terminator of its last physical line. */
  readonly next: number
  /** Offset in the file of the character at `index` of `text`. */
  readonly offsetAt: (index: number) => number
}

/**
 * Returns the logical lines of a requirements file. The order of the steps is pip's (`preprocess` in
 * https://github.com/pypa/pip/blob/26.0/src/pip/_internal/req/req_file.py) and it matters: lines are joined before
 * comments are removed, so a comment that ends in a backslash takes the next line with it. Environment variables are
 * left as they are: those of the machine that builds the image are not known here.
 */
export function* logicalLines(source: string): Generator<LogicalLine> {
  let group: PhysicalLine[] = []
  for (const line of physicalLines(source)) {
    group.push(line)
    if (isContinued(source, line)) continue
    const joined = join(source, group)
    if (joined !== undefined) yield joined
    group = []
  }
  const joined = join(source, group)
  if (joined !== undefined) yield joined
}

/** Tells whether pip joins the next line to this one: it ends in a backslash and is not a comment as a whole. */
export function isContinued(source: string, line: PhysicalLine): boolean {
  return line.end > line.start && source[line.end - 1] === '\\' && !isComment(source, line)
}

function isComment(source: string, line: PhysicalLine): boolean {
  const first = skipSpace(source, line.start, line.end)
  return first < line.end && source[first] === '#'
}

function join(source: string, group: readonly PhysicalLine[]): LogicalLine | undefined {
  const first = group[0]
  const last = group.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (first === last && !isContinued(source, first)) return alone(source, first)

  const pieces: string[] = []
  const offsets: number[] = []
  const indexes: number[] = []
  let length = 0
  let commentAt = Infinity
  for (const line of group) {
    let { start, end } = line
    if (isContinued(source, line)) {
      // pip strips backslashes from both ends of a line that is continued: `line.strip("\\")`.
      while (start < end && source[start] === '\\') start++
      while (end > start && source[end - 1] === '\\') end--
    } else if (isComment(source, line)) {
      // A comment line ends a continuation and stays a comment, even where no space separates it from what precedes.
      start = skipSpace(source, start, end)
      commentAt = length
    }
    pieces.push(source.slice(start, end))
    offsets.push(start)
    indexes.push(length)
    length += end - start
  }

  const joined = pieces.join('')
  const cut = Math.min(commentStart(joined) ?? joined.length, commentAt)
  return trimmed(joined, cut, first.start, last.next, index => {
    const piece = lastAtMost(indexes, index)
    return (offsets[piece] ?? 0) + index - (indexes[piece] ?? 0)
  })
}

/** Nearly all lines: one that neither continues nor is continued. */
function alone(source: string, line: PhysicalLine): LogicalLine | undefined {
  if (isComment(source, line)) return undefined
  const { start, end, next } = line
  const text = source.slice(start, end)
  return trimmed(text, commentStart(text) ?? text.length, start, next, index => start + index)
}

/** The line without its comment, which starts at `cut`, and without white space at both ends. */
function trimmed(
  text: string,
  cut: number,
  start: number,
  next: number,
  offsetOf: (index: number) => number,
): LogicalLine | undefined {
  const from = skipSpace(text, 0, cut)
  const to = skipSpaceBack(text, from, cut)
  if (from === to) return undefined
  return {
    text: text.slice(from, to),
    comment: cut < text.length ? { text: text.slice(cut), offset: offsetOf(cut) } : undefined,
    start,
    next,
    offsetAt: index => offsetOf(from + index),
  }
}

/** Index of the first `#` that starts the text or follows white space: `(^|\s+)#.*$` in pip. */
function commentStart(text: string): number | undefined {
  for (let index = text.indexOf('#'); index !== -1; index = text.indexOf('#', index + 1)) {
    if (index === 0 || isSpaceAt(text, index - 1)) return index
  }
  return undefined
}
