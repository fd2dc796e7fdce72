/** A workflow command as the runner understands it. */
export type WorkflowCommand = {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** The commands that the runner obeys; others stay text. */
const knownCommands = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'internal-set-repo-path',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
])

/**
 * Reads a printed line as the runner does: `::name key=value::data` at its start, white space aside, or the legacy
 * `##[name key=value;]data` anywhere in it.
 */
export function parseWorkflowCommand(line: string): WorkflowCommand | undefined {
  return parseCommand(line) ?? parseLegacyCommand(line)
}

function parseCommand(line: string): WorkflowCommand | undefined {
  const text = line.trimStart()
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1
  if (end < 0) return undefined
  return command(text.slice(2, end), ',', text.slice(end + 2), unescapeProperty, unescapeData)
}

function parseLegacyCommand(line: string): WorkflowCommand | undefined {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return undefined
  return command(line.slice(start + 3, end), ';', line.slice(end + 1), unescapeLegacy, unescapeLegacy)
}

function command(
  head: string,
  separator: string,
  data: string,
  unescapeValue: (text: string) => string,
  unescapeText: (text: string) => string,
): WorkflowCommand | undefined {
  const space = head.indexOf(' ')
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase()
  if (!knownCommands.has(name)) return undefined
  const properties: Record<string, string> = {}
  for (const pair of space < 0 ? [] : head.slice(space + 1).split(separator)) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = unescapeValue(pair.slice(equals + 1))
  }
  return { name, properties, data: unescapeText(data) }
}

function unescapeData(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  return unescapeData(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

function unescapeLegacy(text: string): string {
  return unescapeData(text.replaceAll('%3B', ';').replaceAll('%5D', ']'))
}
