import type { PlatformPath } from 'node:path'

/** The files of the workspace, as far as reading requirements needs them. */
export type WorkspaceFiles = {
  /** Rules for paths on this file system: those of POSIX or of Windows. */
  readonly path: Pick<PlatformPath, 'dirname' | 'isAbsolute' | 'relative' | 'resolve' | 'sep'>
  /** Absolute path of the workspace, as the runner states it. */
  readonly root: string
  /** Resolves all symbolic links of an absolute path. */
  readonly locate: (path: string) => Promise<Located>
  /**
   * Reads the regular file at an absolute path without symbolic links. Never waits for a device or pipe, and never reads
   * more than `limit` bytes and one.
   */
  readonly read: (path: string, limit: number) => Promise<ReadFile>
}

/** What stands at a path. */
export type Located = { readonly kind: 'found'; readonly path: string } | { readonly kind: 'missing' } | Unreadable

/** What came of reading. */
export type ReadFile =
  | { readonly kind: 'read'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large' }
  | Unreadable

/** The system refused, for a reason in its own words. */
export type Unreadable = { readonly kind: 'unreadable'; readonly reason: string }
