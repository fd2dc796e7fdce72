import type { ChildProcess } from 'node:child_process'

/** Describes one printed line. */
export type LogLine = {
  /** Milliseconds since the step started. */
  readonly atMs: number
  readonly stream: 'stdout' | 'stderr'
  /** As printed, with the masks known by then applied. */
  readonly text: string
  /** The command that the runner took it for. */
  readonly command: WorkflowCommand | undefined
}

/** Describes a message that GitHub shows beside the log, on a file where one is named. */
export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
}

/** Holds all that a step has printed. */
export type StepOutput = {
  /** Byte for byte, before masking. */
  readonly stdout: Buffer
  readonly stderr: Buffer
  readonly lines: readonly LogLine[]
  /** The log as a person sees it: masks applied, commands not carried out by the log left out. */
  readonly log: string
  readonly commands: readonly WorkflowCommand[]
  readonly masks: readonly string[]
  readonly annotations: readonly Annotation[]
}

/** Describes the output of a step as it comes. */
export type OutputFollower = Pick<StepOutput, 'lines' | 'masks'> & {
  /** Takes what was printed next. */
  write(stream: LogLine['stream'], chunk: Buffer): void
  /** Takes what was printed last as a line, even if it is none. */
  end(stream: LogLine['stream']): void
  /** The log so far. */
  log(): string
  result(): StepOutput
}

const levels = ['error', 'warning', 'notice'] as const

/** Commands that leave something to read in the log; the others vanish from it. */
const shownCommands = new Set<string>([...levels, 'group', 'endgroup', 'debug'])

/** Follows what a process prints, and obeys its commands as the runner does. */
export function followOutput(child: ChildProcess, onLine?: (line: LogLine) => void): OutputFollower {
  const follower = followText(() => performance.now(), onLine)
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk: Buffer) => follower.write(stream, chunk))
    child[stream]?.on('end', () => follower.end(stream))
  }
  return follower
}

/** Follows what someone prints. @param now milliseconds on any clock. */
export function followText(now: () => number, onLine?: (line: LogLine) => void): OutputFollower {
  const started = now()
  const lines: LogLine[] = []
  const masks: string[] = []
  const bytes: Record<LogLine['stream'], Buffer[]> = { stdout: [], stderr: [] }
  let stopToken: string | undefined

  const takeLine = (stream: LogLine['stream'], printed: string): void => {
    const command = stopToken === undefined ? parseWorkflowCommand(printed) : undefined
    if (command?.name === 'add-mask') masks.push(...secretsIn(command.data))
    if (command?.name === 'stop-commands') stopToken = command.data
    else if (stopToken !== undefined && printed.trim() === `::${stopToken}::`) stopToken = undefined
    const line = { atMs: now() - started, stream, text: applyMasks(printed, masks), command }
    lines.push(line)
    onLine?.(line)
  }
  const splitters = {
    stdout: splitLines(line => takeLine('stdout', line)),
    stderr: splitLines(line => takeLine('stderr', line)),
  }
  const log = (): string =>
    lines
      .filter(({ command }) => command === undefined || shownCommands.has(command.name))
      .map(({ text }) => `${text}\n`)
      .join('')
  return {
    lines,
    masks,
    log,
    write(stream, chunk) {
      bytes[stream].push(chunk)
      splitters[stream].write(chunk)
    },
    end: stream => splitters[stream].end(),
    result: () => ({
      stdout: Buffer.concat(bytes.stdout),
      stderr: Buffer.concat(bytes.stderr),
      lines,
      log: log(),
      commands: lines.flatMap(({ command }) => command ?? []),
      masks,
      annotations: lines.flatMap(line => annotationOf(line) ?? []),
    }),
  }
}

/** Replaces every known secret, the longest first. */
function applyMasks(text: string, masks: readonly string[]): string {
  const longestFirst = [...masks].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((masked, mask) => masked.replaceAll(mask, '***'), text)
}

function splitLines(onLine: (line: string) => void): { write(chunk: Buffer): void; end(): void } {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    write(chunk) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n|\r(?!$)/)
      rest = parts.pop() ?? ''
      parts.forEach(onLine)
    },
    end() {
      if (rest !== '') onLine(rest.replace(/\r$/, ''))
    },
  }
}

/** A secret of several lines is also one in each of them. */
function secretsIn(data: string): string[] {
  const whole = data.trim() === '' ? [] : [data]
  const lines = data.split(/[\r\n]+/).filter(line => line.trim() !== '')
  return lines.length > 1 ? [...whole, ...lines] : whole
}

/** Returns the annotation that a line makes, masks applied. */
export function annotationOf(line: LogLine): Annotation | undefined {
  const level = levels.find(each => each === line.command?.name)
  const masked = level && parseWorkflowCommand(line.text)
  if (!level || !masked) return undefined
  const { properties, data } = masked
  return {
    level,
    message: data,
    ...(properties['title'] === undefined ? {} : { title: properties['title'] }),
    ...(properties['file'] === undefined ? {} : { file: properties['file'] }),
    ...(properties['line'] === undefined ? {} : { line: Number(properties['line']) }),
    ...(properties['endLine'] === undefined ? {} : { endLine: Number(properties['endLine']) }),
  }
}

/** Describes a workflow command as the runner understands it. */
type WorkflowCommand = {
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

/** Reads a command as the runner does: `::name key=value::data` starts a line, `##[name key=value;]data` is anywhere. */
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
