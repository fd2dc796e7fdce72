import type { WorkspaceFiles } from './workspace-files.js'

/** Limits what is looked at for the patterns of one input, and how deep. */
const MOST_ENTRIES = 20_000
const DEEPEST = 20

/** Tells that a pattern leads to more than is looked at. */
export class TooManyFiles extends Error {}

/**
 * Returns the paths of the files that match a pattern, relative to the directory, in their order: `*` and `?` stand for
 * characters of a name, `**` for any number of directories. Links to directories and names that begin with a dot are passed
 * over.
 * @param directory absolute, without symbolic links.
 * @throws TooManyFiles
 */
export async function matchFiles(
  segments: readonly string[],
  directory: string,
  files: Pick<WorkspaceFiles, 'list' | 'path'>,
): Promise<readonly string[]> {
  const found: string[] = []
  let count = 0
  const walk = async (at: string, prefix: string, rests: readonly (readonly string[])[], depth: number) => {
    for (const { name, isDirectory } of await files.list(at)) {
      if (++count > MOST_ENTRIES || depth > DEEPEST) throw new TooManyFiles()
      if (name.startsWith('.')) continue
      const after = rests.flatMap(rest => step(rest, name))
      if (isDirectory) {
        const open = after.filter(rest => rest.length > 0)
        if (open.length > 0) await walk(files.path.resolve(at, name), `${prefix}${name}/`, unique(open), depth + 1)
      } else if (after.some(rest => rest.every(each => each === '**'))) found.push(`${prefix}${name}`)
    }
  }
  await walk(directory, '', [segments], 1)
  return found.sort()
}

/** What remains of a pattern after a name. */
function step([first, ...rest]: readonly string[], name: string): readonly (readonly string[])[] {
  if (first === undefined) return []
  if (first !== '**') return matches(first, name) ? [rest] : []
  return [[first, ...rest], ...step(rest, name)]
}

function unique(rests: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(rests.map(rest => [rest.join('/'), rest])).values()]
}

/** Tells whether a name matches a segment, in time that grows with both: a star is tried again only from the last one on. */
function matches(pattern: string, name: string): boolean {
  let [at, star, from] = [0, -1, 0]
  for (let index = 0; index < name.length;) {
    if (pattern[at] === '*') {
      star = at++
      from = index
    } else if (pattern[at] === '?' || pattern[at] === name[index]) {
      at++
      index++
    } else if (star !== -1) {
      at = star + 1
      index = ++from
    } else return false
  }
  return /^\**$/.test(pattern.slice(at))
}

/** Tells whether a segment of a path stands for several names. */
export function isPattern(segment: string): boolean {
  return /[*?]/.test(segment)
}
