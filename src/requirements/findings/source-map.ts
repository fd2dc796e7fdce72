import type { Span } from '../grammar/position.js'
import { placeOf, type Requirements } from '../requirements.js'
import { isSpaceAt } from '../grammar/python-whitespace.js'
import type { FindingPlace } from './finding.js'

/** Finds the place of a span of the requirements' text. */
export type SourceMap = (span: Span) => FindingPlace

/**
 * Finds places in the files that the requirements were read from, or in their own text where they come from none. Of a
 * span over several lines the place is the part on its first line.
 */
export function createSourceMap(requirements: Requirements): SourceMap {
  let lines: readonly string[] | undefined
  return span => {
    const { line, column } = span.start
    const isOneLine = span.end.line === line
    const endOf = () => columnAfter((lines ??= requirements.text.split('\n'))[line - 1] ?? '')
    const end = { line, column: isOneLine ? span.end.column : endOf() }
    const place = placeOf(requirements, { start: span.start, end }) ?? { file: '', line, column, endColumn: end.column }
    const { column: first = column } = place
    return {
      file: place.file,
      line: place.line,
      column: first,
      endColumn: Math.max(first, place.endColumn ?? first + 1),
    }
  }
}

/** Returns the place in words, as they stand in a sentence: `requirements.txt, line 3`. */
export function formatPlace({ file, line }: FindingPlace): string {
  return file === '' ? `line ${line}` : `${file}, line ${line}`
}

/** The column after the last character of a line that is continued: neither white space nor the backslash count. */
function columnAfter(line: string): number {
  let end = line.length
  while (end > 0 && (line[end - 1] === '\\' || isSpaceAt(line, end - 1))) end--
  return end + 1
}
