/**
 * Thrown by the parsers of a line where pip would reject it, and caught where the line becomes an `invalid` entry: it
 * never leaves this directory.
 */
export class Rejection extends Error {
  override readonly name = 'Rejection'

  /**
   * @param message what is wrong, as a clause without an end: the place is added to it
   * @param start index in the logical line at which it is wrong
   * @param end index after the wrong part
   */
  constructor(
    message: string,
    readonly start: number,
    readonly end: number = start + 1,
  ) {
    super(message)
  }
}

/** Quotes a piece of a line for a message, cut where it is long. */
export function quoted(text: string): string {
  return text.length > 60 ? `"${text.slice(0, 60)}…"` : `"${text}"`
}
