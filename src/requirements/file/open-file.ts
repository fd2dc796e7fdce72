import type { BigIntStats } from 'node:fs'
import { readlink, realpath, stat } from 'node:fs/promises'
import path, { type PlatformPath } from 'node:path'
import process from 'node:process'

/** What tells one file of a disk from another. */
type Identity = Pick<BigIntStats, 'dev' | 'ino'>

/** Holds what a system knows of paths. */
export type Paths = {
  /** The path of the file that is open under this number, without symbolic links; undefined on a system that cannot say. */
  readonly ofDescriptor: (descriptor: number) => Promise<string | undefined>
  /** The path without symbolic links. On Windows, one that leads to another host is not followed, but returned as it is. */
  readonly resolve: (path: string) => Promise<string>
  readonly identify: (path: string) => Promise<Identity>
}

/** Holds an open file. */
export type Open = { readonly fd: number; readonly stat: (options: { readonly bigint: true }) => Promise<Identity> }

/**
 * Tells whether an open file, which was opened by the path `opened`, lies where it may be read. A path that was looked at
 * can lead elsewhere by the time it is opened, where a directory on it is replaced by a link; the open file stays what it
 * is.
 *
 * @param mayRead is asked of the path without symbolic links
 */
export async function liesWhereItMay(
  file: Open,
  opened: string,
  mayRead: (path: string) => boolean,
  paths: Paths,
): Promise<boolean> {
  const place = await paths.ofDescriptor(file.fd)
  if (place !== undefined) return mayRead(place)
  const resolved = await paths.resolve(opened)
  // What may lie on another host is not even looked up.
  if (!mayRead(resolved)) return false
  const [here, there] = [await file.stat({ bigint: true }), await paths.identify(resolved)]
  return here.dev === there.dev && here.ino === there.ino
}

/** Asks this machine. */
export const nodePaths: Paths = {
  ofDescriptor: async descriptor => {
    // https://man7.org/linux/man-pages/man5/proc_pid_fd.5.html
    if (process.platform !== 'linux') return undefined
    return readlink(`/proc/self/fd/${descriptor}`).catch(() => undefined)
  },
  resolve: async file => {
    const elsewhere = process.platform === 'win32' ? await leadsToHost(file, readlink, path) : undefined
    return elsewhere ?? realpath(file)
  },
  identify: file => stat(file, { bigint: true }),
}

/** More links than a path may hold. */
const MANY = 40

/**
 * Says where the first link on a path of Windows leads that names another host, or a device; undefined where none
 * does. To look up `\\host\share` is to sign in to that host, so links are read one by one, before any is followed.
 *
 * @param readlink reads one link, and rejects where there is none.
 * @internal
 */
export async function leadsToHost(
  file: string,
  readlink: (path: string) => Promise<string>,
  rules: Pick<PlatformPath, 'dirname' | 'parse' | 'resolve' | 'sep'>,
): Promise<string | undefined> {
  let path = file
  for (let links = 0; links < MANY; links += 1) {
    const link = await firstLink(path, readlink, rules)
    if (link === undefined) return undefined
    if (/^[\\/]{2}/.test(link.target)) return link.target
    path = rules.resolve(rules.dirname(link.path), link.target, link.rest)
  }
  return undefined
}

async function firstLink(
  path: string,
  readlink: (path: string) => Promise<string>,
  rules: Pick<PlatformPath, 'parse' | 'resolve' | 'sep'>,
) {
  const { root } = rules.parse(path)
  const names = path.slice(root.length).split(rules.sep)
  for (const index of names.keys()) {
    const part = rules.resolve(root, ...names.slice(0, index + 1))
    const target = await readlink(part).catch(() => undefined)
    if (target !== undefined) return { path: part, target, rest: names.slice(index + 1).join(rules.sep) }
  }
  return undefined
}
