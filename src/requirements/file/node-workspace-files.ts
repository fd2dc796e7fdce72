import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { constants as os } from 'node:os'
import path from 'node:path'
import { liesWhereItMay, nodePaths } from './open-file.js'
import type { ReadFile, UnreadableFile, WorkspaceFiles } from './workspace-files.js'

/** Returns the files of the workspace at `root` on this machine's disk. */
export function nodeWorkspaceFiles(root: string): WorkspaceFiles {
  return {
    path,
    root: path.resolve(root),
    list: async directory => {
      try {
        const entries = await readdir(directory, { withFileTypes: true })
        return entries.map(entry => ({ name: entry.name, isDirectory: entry.isDirectory() }))
      } catch {
        return []
      }
    },
    locate: async file => {
      try {
        return { kind: 'found', path: await nodePaths.resolve(file) }
      } catch (error) {
        return missingOrUnreadable(error)
      }
    },
    read: async (file, limit, mayRead) => {
      let handle: FileHandle
      try {
        // Without O_NONBLOCK, opening a pipe waits for its writer; with O_NOFOLLOW, a link put in the file's place since
        // it was located is refused. On Windows neither exists, and both are undefined, which counts as 0 here.
        handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW)
      } catch (error) {
        return isNoFile(error) ? { kind: 'not-a-file' } : missingOrUnreadable(error)
      }
      try {
        if (!(await liesWhereItMay(handle, file, mayRead, nodePaths))) return { kind: 'replaced' }
        return await readRegularFile(handle, limit)
      } catch (error) {
        return missingOrUnreadable(error)
      } finally {
        await handle.close()
      }
    },
  }
}

/** Asks the open file, not the path, what it is: the path may lead elsewhere by now. */
async function readRegularFile(handle: FileHandle, limit: number): Promise<ReadFile> {
  const stats = await handle.stat()
  if (!stats.isFile()) return { kind: 'not-a-file' }
  if (stats.size > limit) return { kind: 'too-large' }

  // The file may grow while it is read.
  const buffer = new Uint8Array(limit + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length)
    if (bytesRead === 0) return { kind: 'read', bytes: buffer.subarray(0, length) }
    length += bytesRead
  }
  return { kind: 'too-large' }
}

/** What opening a socket ends in, or a device without a driver; on macOS the former has a number, and no name in Node. */
function isNoFile(error: unknown): boolean {
  const { errno } = error as { readonly errno?: unknown }
  return errno === -os.errno.ENXIO || errno === -os.errno.EOPNOTSUPP
}

// ERR_INVALID_ARG_VALUE: there is a NUL in the path.
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE'])

function missingOrUnreadable(error: unknown): { readonly kind: 'missing' } | UnreadableFile {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
  if (typeof code !== 'string') throw error
  return MISSING.has(code) ? { kind: 'missing' } : { kind: 'unreadable', reason: code }
}
