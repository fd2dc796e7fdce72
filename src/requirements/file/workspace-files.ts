import type { PlatformPath } from 'node:path'

/** Holds the files of the workspace, as far as reading requirements needs them. */
export type WorkspaceFiles = {
  /** Rules for paths on this file system: those of POSIX or of Windows. */
  readonly path: Pick<PlatformPath, 'dirname' | 'isAbsolute' | 'relative' | 'resolve' | 'sep'>
  /** Absolute path of the workspace, as the runner states it. */
  readonly root: string
  /** Lists what is in a directory, at an absolute path without symbolic links; nothing where it cannot be read. */
  readonly list: (directory: string) => Promise<readonly DirectoryEntry[]>
  /** Resolves all symbolic links of an absolute path. */
  readonly locate: (path: string) => Promise<Located>
  /**
   * Reads the regular file at an absolute path without symbolic links. Never waits for a device or pipe, and never reads
   * more than `limit` bytes and one.
   *
   * @param mayRead is asked before anything is read, of the path without symbolic links at which the open file lies: it is
   *   another one where a directory on the way was replaced by a link
   */
  readonly read: (path: string, limit: number, mayRead: (path: string) => boolean) => Promise<ReadFile>
}

/** Names what is in a directory; a symbolic link is no directory. */
type DirectoryEntry = { readonly name: string; readonly isDirectory: boolean }

/** What stands at a path. */
type Located = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing' } | UnreadableFile

/** Holds what came of reading. */
export type ReadFile =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large' }
  /** Something else lies there by now, or the open file lies where it must not be read. */
  | { readonly kind: 'replaced' }
  | UnreadableFile

/** Says that the system refused, for a reason in its own words. */
export type UnreadableFile = { readonly kind: 'unreadable'; readonly reason: string }
