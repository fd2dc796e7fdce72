import { readlink, stat } from 'node:fs/promises'
import path, { type PlatformPath } from 'node:path'

/** Tells whether a path leads into the workspace, somewhere else, or to nothing that is there. */
export type PathLocation = 'inside' | 'outside' | 'nowhere'

/** Holds what finding out needs of a file system. */
export type FileSystem = {
  readonly rules: Pick<PlatformPath, 'dirname' | 'isAbsolute' | 'join' | 'parse' | 'relative' | 'resolve' | 'sep'>
  /** Reads one link, and rejects where there is none. */
  readonly readlink: (file: string) => Promise<string>
  /** What is the same of two paths if they lead to the same file; rejects where there is none. */
  readonly identify: (file: string) => Promise<string>
}

/** More links than a path may hold. */
const MANY = 40

/** This machine's disks. Names may differ in case, or be short ones of Windows: device and number of a file do not. */
const disks: FileSystem = {
  rules: path,
  readlink,
  identify: async file => {
    const { dev, ino } = await stat(file, { bigint: true })
    return `${dev}:${ino}`
  },
}

/**
 * Tells of absolute paths whether they lead into the workspace or through it: each link on the way is followed as the
 * system follows it, for one that lies in the workspace is a stranger's to change, wherever it leads today. What is in
 * the workspace by its very name is not even looked up: on Windows, to follow a link to a host is to sign in there.
 */
export function createPathLocator(
  workspace: string,
  { rules, readlink, identify }: FileSystem = disks,
): (place: string) => Promise<PathLocation> {
  const known = new Map<string, Promise<string | undefined>>()
  const identityOf = (file: string): Promise<string | undefined> => {
    const identity = known.get(file) ?? identify(file).catch(() => undefined)
    known.set(file, identity)
    return identity
  }
  const isWorkspace = async (directory: string): Promise<boolean> => {
    const identity = await identityOf(directory)
    return identity !== undefined && identity === (await identityOf(workspace))
  }
  const namesIn = (text: string): string[] => text.split(rules.sep === '\\' ? /[\\/]/ : rules.sep)

  return async place => {
    if (isWithin(place, workspace, rules)) return 'inside'
    let at = rules.parse(place).root
    const names = namesIn(place.slice(at.length))
    for (let links = 0; ;) {
      const name = names.shift()
      if (name === undefined) break
      if (name === '' || name === '.') continue
      if (name === '..') {
        at = rules.dirname(at)
        continue
      }
      if (await isWorkspace(at)) return 'inside'
      const next = rules.join(at, name)
      const target = await readlink(next).catch(() => undefined)
      if (target === undefined) {
        at = next
        continue
      }
      links += 1
      if (links > MANY) return 'nowhere'
      const { root } = rules.parse(target)
      if (rules.isAbsolute(target)) at = rules.resolve(at, root)
      names.unshift(...namesIn(target.slice(root.length)))
    }
    if ((await identityOf(at)) === undefined) return 'nowhere'
    return (await isWorkspace(at)) || isWithin(at, workspace, rules) ? 'inside' : 'outside'
  }
}

/** Tells whether `place` is `directory` or something below it, by their names; both absolute. */
export function isWithin(
  place: string,
  directory: string,
  rules: Pick<PlatformPath, 'isAbsolute' | 'relative' | 'sep'>,
): boolean {
  const relative = rules.relative(directory, place)
  return relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative)
}
