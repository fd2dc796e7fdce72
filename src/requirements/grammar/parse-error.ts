import { redactLine } from '../../redact.js'

/**
 * Says what is wrong with a line. Thrown by the parsers where pip would reject it, and caught where the line becomes an `invalid` entry: it
 * never leaves this directory. It is no Error, for it needs no stack, and a hostile file can hold half a million lines
 * to reject.
 */
export class ParseError {
  /**
   * @param problem what is wrong, in a sentence
   * @param start index in the logical line at which it is wrong
   * @param end index after the wrong part
   * @param remedy what to write instead, in a sentence
   */
  constructor(
    readonly problem: string,
    readonly start: number,
    readonly end: number = start + 1,
    readonly remedy = 'Correct the line: pip rejects it.',
  ) {}
}

/** Quotes a piece of a file for a message, without passwords in URLs, and cut after `limit` characters. */
export function quoted(piece: string, limit = 60): string {
  const text = redactLine(piece)
  return text.length > limit ? `"${text.slice(0, limit).toWellFormed()}…"` : `"${text}"`
}
