import type { Position, Span } from '../../src/requirements/grammar/position.js'

/** The part of `text` that a span covers. */
export function between(text: string, { start, end }: Span): string {
  return text.slice(offsetOf(text, start), offsetOf(text, end))
}

function offsetOf(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1)
  return before.reduce((offset, { length }) => offset + length + 1, 0) + column - 1
}
