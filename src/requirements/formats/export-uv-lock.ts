import { orStopped, startDeadline } from '../../clock.js'
import type { PythonTarget } from '../evaluate/python-target.js'
import { environmentIn, type Tools } from '../resolver/resolver.js'
import type { DependencyFile, FormatProblem, DependencySelection } from './dependency-file.js'
import { readUvExport, uvExportFailed, uvExportOf, uvMissing, uvNotRun } from './uv-export.js'
import { readUvLock } from './uv-lock.js'

/** In ms; uv needs a fraction of a second. */
const TIME_LIMIT = 60_000

/**
 * Reads `uv.lock` with uv, which gets nothing but the lock file, asks no index and starts no Python.
 *
 * @param text LF at the ends of lines
 * @throws the signal's reason, with nothing left running
 */
export async function exportUvLock(
  text: string,
  file: string,
  selection: DependencySelection,
  target: PythonTarget,
  tools: Tools,
  signal: AbortSignal,
): Promise<DependencyFile> {
  const { lock, problems } = readUvLock(text, file, selection, target)
  const nothing = (problem: FormatProblem): DependencyFile => ({ lines: [], problems: [problem] })
  if (lock === undefined) return { lines: [], problems }
  signal.throwIfAborted()
  const limit = startDeadline(TIME_LIMIT, tools.clock)
  const stop = AbortSignal.any([signal, limit.signal])
  try {
    const program = await orStopped(tools.find('uv'), stop)
    if (program === undefined) return nothing(uvMissing(file))
    return await tools.withDirectory(async directory => {
      const { args, files } = uvExportOf(lock, selection)
      for (const [name, content] of Object.entries(files)) await directory.write(name, content)
      // Of settings there are none: a file that a variable names is read in spite of `--no-config`.
      const variables = Object.entries(await orStopped(tools.environment(), stop))
      const environment = {
        ...environmentIn(directory, Object.fromEntries(variables.filter(([name]) => !/^(?:UV|PIP)_/i.test(name)))),
        UV_CACHE_DIR: 'cache',
        UV_OFFLINE: '1',
        UV_PYTHON_DOWNLOADS: 'never',
        UV_NO_PROGRESS: '1',
      }
      const ended = await tools.run({ program, args, directory: directory.path, environment }, stop)
      return ended.code === 0
        ? readUvExport(ended.output, lock, target)
        : nothing(ended.code === undefined ? uvNotRun(ended.errors, file) : uvExportFailed(ended.errors, file))
    })
  } catch (error) {
    if (limit.signal.aborted && !signal.aborted) return nothing(uvNotRun(`no end within ${TIME_LIMIT / 1000} s`, file))
    // All files that are touched here are those of the directory.
    if (error instanceof Error && 'syscall' in error) return nothing(uvNotRun(error.message, file))
    throw error
  } finally {
    limit.clear()
  }
}
