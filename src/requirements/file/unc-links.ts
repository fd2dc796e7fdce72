import type { PlatformPath } from 'node:path'

/** More links than a path may hold. */
const MANY = 40

/**
 * Where the first link on a path of Windows leads that names another host, or a device; undefined where none does. To
 * look up `\\host\share` is to sign in to that host, so links are read one by one, before any is followed.
 *
 * @param readlink reads one link, and rejects where there is none.
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

type Link = { readonly path: string; readonly target: string; readonly rest: string }

async function firstLink(
  path: string,
  readlink: (path: string) => Promise<string>,
  rules: Pick<PlatformPath, 'parse' | 'resolve' | 'sep'>,
): Promise<Link | undefined> {
  const { root } = rules.parse(path)
  const names = path.slice(root.length).split(rules.sep)
  for (const index of names.keys()) {
    const part = rules.resolve(root, ...names.slice(0, index + 1))
    const target = await readlink(part).catch(() => undefined)
    if (target !== undefined) return { path: part, target, rest: names.slice(index + 1).join(rules.sep) }
  }
  return undefined
}
