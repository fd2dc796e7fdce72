import { parse, TomlError, type TomlTable, type TomlValue } from 'smol-toml'
import type { Place } from '../../failure.js'
import type { Origin } from '../file/origin.js'
import { type Locate, locator } from '../grammar/position.js'
import { quoted } from '../grammar/parse-error.js'
import { errorAt, type FormatProblem } from './dependency-file.js'
import { type TomlNode, tomlPositions } from './toml-positions.js'

/** Holds a TOML document, and where its values stand. */
export type TomlDocument = {
  readonly kind: 'toml'
  readonly file: string
  readonly root: TomlTable
  /**
   * Tells where the value at a path stands, or the last table on the path that there is.
   * @param text is `verbatim` where it stands there as it is
   */
  readonly originOf: (path: TomlPath, text?: string) => Origin
}

/** Leads to a value: keys of tables and indexes of arrays, from the document down. */
export type TomlPath = readonly (string | number)[]

/** Nobody nests ten deep; whoever reads a document may go down into it by recursion. */
const MAX_DEPTH = 50

/** Reads a TOML document, whose text has LF at the ends of lines. */
export function parseToml(
  text: string,
  file: string,
): TomlDocument | { readonly kind: 'invalid'; readonly problem: FormatProblem } {
  if (isTooMuch(text)) {
    const problem = `${file} holds more values than can be read in good time.`
    return { kind: 'invalid', problem: errorAt('file-format', problem, 'Lock fewer packages.', { file, line: 1 }) }
  }
  let root: TomlTable
  try {
    root = parse(text, { integersAsBigInt: 'asNeeded', maxDepth: MAX_DEPTH })
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const [reason = ''] = error.message.replace(/^Invalid TOML document: /, '').split('\n')
    const { line, column } = error
    const problem = `${file} is not valid TOML: ${quoted(reason, 200)} in line ${line}, column ${column}.`
    const place = { file, line, column }
    return { kind: 'invalid', problem: errorAt('file-format', problem, 'Correct the line.', place) }
  }
  const positions = tomlPositions(text, key => stringAt(parse(`key = ${key}`), 'key') ?? '')
  const locate = locator(text)
  return { kind: 'toml', file, root, originOf: (path, of) => originOf(text, file, positions, locate, path, of) }
}

/** Counts what makes a document slow to read. A real lock file of 8 MiB stays below; at the limit it takes a few seconds. */
function isTooMuch(text: string): boolean {
  let values = 0
  let dots = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === DOT) dots++
    else if (code === EQUALS || code === COMMA || code === BRACKET) values++
  }
  return values > MOST_VALUES || dots > MOST_DOTS
}

const [DOT, EQUALS, COMMA, BRACKET] = [0x2e, 0x3d, 0x2c, 0x5b]
const MOST_VALUES = 250_000
const MOST_DOTS = 500_000

function originOf(
  text: string,
  file: string,
  positions: TomlNode,
  locate: Locate,
  path: TomlPath,
  of: string | undefined,
): Origin {
  let node = positions
  for (const key of path) {
    const next = node.children.get(String(key))
    if (next === undefined) break
    node = next
  }
  const [start, end] = [locate(node.start), locate(node.end)]
  const place: Origin = { file, line: start.line, column: start.column }
  if (end.line !== start.line) return place
  const isThere = of !== undefined && text.slice(node.start, node.end) === of
  return { ...place, endColumn: end.column, ...(isThere ? { verbatim: true } : {}) }
}

/** Returns the place of what is wrong. */
export function placeAt(document: TomlDocument, path: TomlPath): Place {
  return document.originOf(path)
}

/** Returns what a table itself has under a key: `constructor` and `__proto__` are keys like others. */
export function valueAt(table: TomlTable, key: string): TomlValue | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}

/** Returns the table under a key; undefined where there is none. */
export function tableAt(table: TomlTable, key: string): TomlTable | undefined {
  const value = valueAt(table, key)
  return isTable(value) ? value : undefined
}

/** Returns the string under a key; undefined where there is none. */
export function stringAt(table: TomlTable, key: string): string | undefined {
  const value = valueAt(table, key)
  return typeof value === 'string' ? value : undefined
}

/** Returns the array under a key; undefined where there is none. */
export function arrayAt(table: TomlTable, key: string): readonly TomlValue[] | undefined {
  const value = valueAt(table, key)
  return Array.isArray(value) ? value : undefined
}

/** Returns the strings in the array under a key; none where there is none. */
export function stringsAt(table: TomlTable, key: string): readonly string[] {
  return (arrayAt(table, key) ?? []).filter(each => typeof each === 'string')
}

/** Tells whether a value is a table. */
export function isTable(value: TomlValue | undefined): value is TomlTable {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
}
