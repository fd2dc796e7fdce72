import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import type { Command, ProcessResult } from './programs.js'

/** What pip says of every file of a project with thousands of them is less than half of it. */
const LIMIT = 8 * 1024 * 1024

const onWindows = process.platform === 'win32'

/** Says where Windows has its own programs. */
export const systemRoot: string = process.env['SYSTEMROOT'] ?? 'C:\\Windows'

/** How long a killed program may take to be gone, before nobody waits for it any more. */
const LAST_WAIT = 500

/** How long what a program wrote may take to arrive once it has ended, in milliseconds; it has left its output by then. */
const LAST_READ = 5_000

/** Runs a program; see `Programs.run`. */
export async function runProgram(command: Command, signal: AbortSignal): Promise<ProcessResult> {
  signal.throwIfAborted()
  let child: ChildProcess
  try {
    child = start(command)
  } catch (error) {
    // Most of what keeps a program from being started is reported later; that its environment is too long, at once.
    return { code: undefined, output: '', errors: String(error) }
  }
  const kill = (): void => killTree(child)
  let tooMuch = false
  let length = 0
  const output: Buffer[] = []
  const errors: Buffer[] = []
  const take = (chunks: Buffer[]) => (chunk: Buffer) => {
    length += chunk.length
    if (length <= LIMIT) chunks.push(chunk)
    else if (!tooMuch) {
      tooMuch = true
      kill()
    }
  }
  child.stdout?.on('data', take(output))
  child.stderr?.on('data', take(errors))

  // Whoever ends this process without aborting leaves nothing behind either.
  const killAtEnd = (): void => killTree(child, 'now')
  process.once('exit', killAtEnd)
  try {
    const code = await endOf(child, signal)
    signal.throwIfAborted()
    if (tooMuch) return { code: undefined, output: '', errors: `it wrote more than ${LIMIT} bytes` }
    return { code, output: text(output), errors: text(errors) }
  } catch (error) {
    if (signal.aborted) throw error
    return { code: undefined, output: '', errors: String(error) }
  } finally {
    process.off('exit', killAtEnd)
    child.stdout?.destroy()
    child.stderr?.destroy()
  }
}

function start({ program, args, directory, environment }: Command): ChildProcess {
  const given = onWindows ? windowsStart(program, args, systemRoot) : { program, args, verbatim: false }
  return spawn(given.program, given.args, {
    cwd: directory,
    env: { ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own can be killed as a whole; Windows knows parents instead, and would open a window.
    detached: !onWindows,
    windowsHide: true,
    windowsVerbatimArguments: given.verbatim,
  })
}

/**
 * Waits until the program has ended and all that it wrote is here. What it started and left behind, which may hold its
 * output open for ever, is killed as soon as it has ended.
 */
function endOf(child: ChildProcess, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    const stop = (): void => {
      killTree(child)
      timer ??= setTimeout(() => settle(() => resolve(undefined)), LAST_WAIT)
    }
    const settle = (how: () => void): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
      how()
    }
    signal.addEventListener('abort', stop, { once: true })
    child.once('error', error => settle(() => reject(error)))
    child.once('exit', code => {
      killTree(child)
      // What has left the group, or on Windows all that it left behind, may hold its output open for ever.
      timer ??= setTimeout(() => settle(() => resolve(code ?? undefined)), onWindows ? LAST_WAIT : LAST_READ)
    })
    child.once('close', code => settle(() => resolve(code ?? undefined)))
  })
}

/** @param when `now`: before this returns, as the end of this process wants it. */
function killTree(child: ChildProcess, when: 'now' | 'soon' = 'soon'): void {
  const { pid } = child
  if (pid === undefined) return
  if (onWindows) {
    if (child.exitCode !== null || child.signalCode !== null) return
    const taskkill = path.join(systemRoot, 'System32', 'taskkill.exe')
    const args = ['/PID', String(pid), '/T', '/F']
    if (when === 'now') spawnSync(taskkill, args, { stdio: 'ignore', windowsHide: true, timeout: 5000 })
    else spawn(taskkill, args, { stdio: 'ignore', windowsHide: true }).on('error', () => void child.kill())
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone.
  }
}

function text(chunks: readonly Buffer[]): string {
  return cutLongLines(Buffer.concat(chunks).toString('utf8'))
}

/** Tells how a program is started on Windows. @internal */
export type Start = { readonly program: string; readonly args: readonly string[]; readonly verbatim: boolean }

/**
 * Tells how a program is started on Windows. A batch file is run by the command line, which would carry out what it
 * finds in an argument; Node refuses to start one unless forced to (CVE-2024-27980). So an argument may hold
 * nothing that the command line makes anything of, and the path nothing that it replaces between quotes.
 *
 * @throws {Error} where an argument or the path holds more.
 * @internal
 */
export function windowsStart(program: string, args: readonly string[], systemRoot: string): Start {
  if (!/\.(?:cmd|bat)$/i.test(program)) return { program, args, verbatim: false }
  const strange = args.find(arg => !/^[\w.:/-]+$/.test(arg))
  if (strange !== undefined) throw new Error(`a batch file cannot be given ${JSON.stringify(strange)}`)
  if (/["%!\u0000-\u001f]/.test(program)) throw new Error(`a batch file cannot be run from ${JSON.stringify(program)}`)
  // /d: no AutoRun. /v:off: no !variables!. /s: the first and the last quote are taken away, and nothing else.
  return {
    program: path.win32.join(systemRoot, 'System32', 'cmd.exe'),
    args: ['/d', '/s', '/v:off', '/c', `""${program}" ${args.join(' ')}"`],
    verbatim: true,
  }
}

/** More than any line that is read: the longest is a package of uv's with all that ask for it, some 100 KiB at most. */
const LONGEST_LINE = 1024 * 1024

/**
 * Cuts lines of more than 1 MiB characters. A regular expression remembers where it could have taken another turn for each
 * character of a line, and V8 throws a `RangeError` where that is more than 64 MiB: `kMaximumStackSize` in
 * https://github.com/v8/v8/blob/main/src/regexp/regexp-stack.h
 * @internal
 */
export function cutLongLines(text: string): string {
  if (text.length <= LONGEST_LINE) return text
  return text
    .split('\n')
    .map(line => line.slice(0, LONGEST_LINE))
    .join('\n')
}
