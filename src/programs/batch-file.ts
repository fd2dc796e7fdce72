import path from 'node:path'

/** How a program is started on Windows. */
export type Start = { readonly program: string; readonly args: readonly string[]; readonly verbatim: boolean }

/**
 * How a program is started on Windows. A batch file is run by the command line, which would carry out what it finds in an
 * argument; Node refuses to start one without being told to (CVE-2024-27980). So an argument may hold nothing that the
 * command line makes anything of, and the path nothing that it replaces between quotes.
 *
 * @throws {Error} where an argument or the path holds more.
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
