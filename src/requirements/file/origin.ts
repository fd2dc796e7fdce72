import type { Place } from '../../failure.js'

/** Tells where a line of the requirements comes from: a file, relative to the workspace with slashes, and a line in it. */
export type Origin = {
  readonly file: string
  readonly line: number
  /** Of a value in a file of another format than pip's, which the line was made of. */
  readonly column?: number
  readonly endColumn?: number
  /** Whether the value is the line's text as it is, so that a column of the text can be found in the file. */
  readonly verbatim?: boolean
}

/** Returns the place in the file of a part of a line's text; columns count from 1. The last one may not be known. */
export function placeWithin(origin: Origin, column: number, endColumn?: number): Place {
  const { file, line, column: first, endColumn: last, verbatim } = origin
  if (first === undefined) return { file, line, column, ...(endColumn !== undefined && { endColumn }) }
  if (verbatim !== true) return { file, line, column: first, ...(last !== undefined && { endColumn: last }) }
  const place = { file, line, column: first + column - 1 }
  return endColumn === undefined ? place : { ...place, endColumn: first + endColumn - 1 }
}
