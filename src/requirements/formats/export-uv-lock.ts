import type { PythonTarget } from '../evaluate/python-target.js'
import { environmentIn } from '../resolver/resolver.js'
import type { Tools } from '../resolver/resolver.js'
import type { DependencyFile, Selection } from './dependency-file.js'
import { readUvExport, readUvLock, uvExportFailed, uvExportOf, uvMissing } from './uv-lock.js'

/**
 * Reads `uv.lock` with uv, which gets nothing but the lock file, asks no index and starts no Python.
 *
 * @param text LF at the ends of lines
 * @throws an error of the system, with a `syscall`, where the temporary directory cannot be used; the signal's reason
 */
export async function exportUvLock(
  text: string,
  file: string,
  selection: Selection,
  target: PythonTarget,
  tools: Pick<Tools, 'find' | 'run' | 'environment' | 'withDirectory'>,
  signal: AbortSignal,
): Promise<DependencyFile> {
  const { lock, problems } = await readUvLock(text, file, selection, target)
  if (lock === undefined) return { lines: [], problems }
  const program = await tools.find('uv')
  if (program === undefined) return { lines: [], problems: [uvMissing(file)] }
  return tools.withDirectory(async directory => {
    const { args, files } = uvExportOf(lock, selection)
    for (const [name, content] of Object.entries(files)) await directory.write(name, content)
    // Of settings there are none: a file that a variable names is read in spite of `--no-config`.
    const variables = Object.entries(await tools.environment()).filter(([name]) => !/^(?:UV|PIP)_/i.test(name))
    const environment = {
      ...environmentIn(directory, Object.fromEntries(variables)),
      UV_CACHE_DIR: 'cache',
      UV_OFFLINE: '1',
      UV_PYTHON_DOWNLOADS: 'never',
      UV_NO_PROGRESS: '1',
    }
    const ended = await tools.run({ program, args, directory: directory.path, environment }, signal)
    if (ended.code !== 0) return { lines: [], problems: [uvExportFailed(ended.errors, file)] }
    return readUvExport(ended.output, lock, target)
  })
}
