import type { ChildProcess } from 'node:child_process'
import { parseWorkflowCommand } from './workflow-commands.js'
import type { WorkflowCommand } from './workflow-commands.js'

/** One printed line. */
export type LogLine = {
  /** Milliseconds since the step started. */
  readonly atMs: number
  readonly stream: 'stdout' | 'stderr'
  /** As printed, with the masks known by then applied. */
  readonly text: string
  /** The command that the runner took it for. */
  readonly command: WorkflowCommand | undefined
}

/** A message that GitHub shows beside the log, on a file where one is named. */
export type Annotation = {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
}

/** The output of a step as it comes. */
export type OutputFollower = {
  /** Takes what was printed next. */
  write(stream: LogLine['stream'], chunk: Buffer): void
  /** Takes what was printed last as a line, even if it is none. */
  end(stream: LogLine['stream']): void
  readonly lines: readonly LogLine[]
  readonly masks: readonly string[]
  /** The log so far, as a person sees it. */
  log(): string
  result(): {
    stdout: Buffer
    stderr: Buffer
    lines: readonly LogLine[]
    log: string
    commands: WorkflowCommand[]
    masks: readonly string[]
    annotations: Annotation[]
  }
}

const levels = ['error', 'warning', 'notice'] as const

/** Commands that leave something to read in the log; the others vanish from it. */
const shownCommands = new Set(['error', 'warning', 'notice', 'group', 'endgroup', 'debug'])

/** Follows what a process prints, and obeys its commands as the runner does. */
export function followOutput(child: ChildProcess, onLine?: (line: LogLine) => void): OutputFollower {
  const follower = followText(() => performance.now(), onLine)
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk: Buffer) => follower.write(stream, chunk))
    child[stream]?.on('end', () => follower.end(stream))
  }
  return follower
}

/** Follows what somebody prints. @param now milliseconds on any clock. */
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
export function applyMasks(text: string, masks: readonly string[]): string {
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

/** The annotation that a line makes, masks applied. */
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
