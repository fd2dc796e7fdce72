import { type Cursor, take } from './cursor.js'

/** Compared form of a project's or an extra's name: https://peps.python.org/pep-0503/#normalized-names */
export function normalizedName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/**
 * Reads a name. As in `packaging`, it may end in an underscore, but not in a hyphen or a full stop.
 */
export function takeName(cursor: Cursor): string | undefined {
  const start = cursor.index
  const run = take(cursor, /[A-Za-z0-9][A-Za-z0-9._-]*/y)
  if (run === undefined) return undefined
  let end = run.length
  while (run[end - 1] === '-' || run[end - 1] === '.') end--
  cursor.index = start + end
  return run.slice(0, end)
}
