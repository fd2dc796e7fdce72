/** Tells where something in a TOML document stands: the header of a table, or a value, which for a string is what is between its quotes. */
export type TomlNode = {
  start: number
  end: number
  /** Keys of a table, or indexes of an array. */
  readonly children: Map<string, TomlNode>
  isArrayOfTables: boolean
}

type Scan = { readonly text: string; readonly unquote: (quoted: string) => string; index: number }

const BLANKS = /[ \t]*/y
const SPACE = /[ \t\r\n]+/y
const COMMENT = /#[^\n]*/y
const BARE_KEY = /[A-Za-z0-9_-]+/y
const OTHER_VALUE = /[^,\]}#\n]*/y

/**
 * Finds where the keys and values of a document stand, which the library does not tell. The document must be valid; of
 * another one, the positions mean nothing.
 *
 * @param unquote what a quoted key with escapes says
 */
export function tomlPositions(text: string, unquote: (quoted: string) => string): TomlNode {
  const scan: Scan = { text, unquote, index: 0 }
  const root = nodeAt(0, 0)
  let table = root
  for (;;) {
    skipSpace(scan)
    const start = scan.index
    if (start >= text.length) return root
    if (text[start] === '[') {
      table = header(scan, root)
    } else {
      pair(scan, table)
    }
    // Even an invalid document comes to an end.
    if (scan.index === start) scan.index++
  }
}

function nodeAt(start: number, end: number): TomlNode {
  return { start, end, children: new Map(), isArrayOfTables: false }
}

function header(scan: Scan, root: TomlNode): TomlNode {
  const { text, index: start } = scan
  const isArray = text[start + 1] === '['
  scan.index += isArray ? 2 : 1
  const keys = dottedKey(scan)
  scan.index += isArray ? 2 : 1
  const last = keys.pop() ?? ''
  const parent = keys.reduce((node, key) => within(child(node, key, start, scan.index)), root)
  const named = child(parent, last, start, scan.index)
  if (!isArray) {
    // Before its own header, a table may have been known by one of its parts.
    named.start = start
    named.end = scan.index
    return named
  }
  named.isArrayOfTables = true
  return child(named, String(named.children.size), start, scan.index)
}

function child(node: TomlNode, key: string, start: number, end: number): TomlNode {
  const known = node.children.get(key)
  if (known !== undefined) return known
  const made = nodeAt(start, end)
  node.children.set(key, made)
  return made
}

/** The last table of an array of tables: what a header below it goes on with. */
function within(node: TomlNode): TomlNode {
  return (node.isArrayOfTables ? node.children.get(String(node.children.size - 1)) : undefined) ?? node
}

function pair(scan: Scan, table: TomlNode): void {
  const start = scan.index
  const keys = dottedKey(scan)
  const end = scan.index
  const node = keys.reduce((parent, key) => child(parent, key, start, end), table)
  skip(scan, BLANKS)
  if (scan.text[scan.index] === '=') scan.index++
  skip(scan, BLANKS)
  value(scan, node)
}

function dottedKey(scan: Scan): string[] {
  const keys: string[] = []
  for (;;) {
    skip(scan, BLANKS)
    const quoted = skipString(scan)
    keys.push(quoted === '' ? skip(scan, BARE_KEY) : quoted.includes('\\') ? scan.unquote(quoted) : quoted.slice(1, -1))
    skip(scan, BLANKS)
    if (scan.text[scan.index] !== '.') return keys
    scan.index++
  }
}

function value(scan: Scan, node: TomlNode): void {
  const { text } = scan
  const start = scan.index
  const opening = text[start]
  const string = skipString(scan)
  if (string !== '') {
    const quotes = /^(?:"""|''')/.test(string) ? 3 : 1
    node.start = start + quotes
    node.end = scan.index - quotes
    return
  }
  if (opening === '[' || opening === '{') {
    const closing = opening === '[' ? ']' : '}'
    scan.index++
    for (;;) {
      skipSpace(scan)
      const before = scan.index
      if (before >= text.length || text[before] === closing) break
      if (opening === '{') pair(scan, node)
      else value(scan, child(node, String(node.children.size), before, before))
      skipSpace(scan)
      if (text[scan.index] === ',' || scan.index === before) scan.index++
    }
    scan.index++
  } else {
    skip(scan, OTHER_VALUE)
  }
  node.start = start
  node.end = scan.index
}

/** Goes past the string that starts here, if one does, and returns it with its quotes. */
function skipString(scan: Scan): string {
  const { text, index: start } = scan
  const quote = text[start]
  if (quote !== '"' && quote !== "'") return ''
  const isLong = text.startsWith(quote.repeat(3), start)
  const delimiter = isLong ? quote.repeat(3) : quote
  let end = text.indexOf(delimiter, start + delimiter.length)
  while (end !== -1 && isEscaped(text, end, quote)) end = text.indexOf(delimiter, end + 1)
  end = end === -1 ? text.length : end + delimiter.length
  // Up to two quotes before the closing ones belong to the text.
  const limit = isLong ? end + 2 : end
  while (end < limit && text[end] === quote) end++
  scan.index = end
  return text.slice(start, end)
}

/** Only between double quotes a backslash means something. */
function isEscaped(text: string, index: number, quote: string): boolean {
  if (quote === "'") return false
  let before = index
  while (text[before - 1] === '\\') before--
  return (index - before) % 2 === 1
}

/** Goes past white space and comments; one expression for all of them would remember each, and there are millions in some files. */
function skipSpace(scan: Scan): void {
  while (skip(scan, SPACE) !== '' || skip(scan, COMMENT) !== '');
}

/** Goes past what the sticky expression matches here, and returns it. */
function skip(scan: Scan, pattern: RegExp): string {
  pattern.lastIndex = scan.index
  const match = pattern.exec(scan.text)?.[0] ?? ''
  scan.index += match.length
  return match
}
