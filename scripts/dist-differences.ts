import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** Reads the files of a folder, by path from it; none where there is no such folder. */
export function filesIn(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory())
  const files = entries.map(entry => path.join(entry.parentPath, entry.name))
  return new Map(files.map(file => [path.relative(folder, file).replaceAll(path.sep, '/'), readFileSync(file)]))
}

/** Tells how the files that are there differ from those that were built, each in a clause. */
export function differencesOf(built: ReadonlyMap<string, Buffer>, there: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...built.keys(), ...there.keys()])].toSorted().flatMap(name => {
    const [wanted, found] = [built.get(name), there.get(name)]
    if (found === undefined) return `${name} is missing`
    if (wanted === undefined) return `${name} is not built any more`
    return wanted.equals(found) ? [] : `${name} has another content`
  })
}
