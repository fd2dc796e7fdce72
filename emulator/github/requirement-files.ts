import { readFile } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'

/** A requirements file with what it includes, as a repository would hold it. */
export type RequirementFiles = {
  /** Name of the file among `files`. */
  readonly name: string
  /** Contents by path, seen from the file's own folder. */
  readonly files: Readonly<Record<string, string>>
  /** What it asks for, without includes and comments. */
  readonly inlined: string
}

/** Reads the file and all that its `-r` lines lead to; what is not there is left for the action to complain of. */
export async function readRequirementFiles(path: string): Promise<RequirementFiles> {
  const root = dirname(path)
  const files: Record<string, string> = {}

  const read = async (file: string): Promise<string[]> => {
    const name = relative(root, file).replaceAll(sep, '/')
    if (name in files || name.startsWith('..')) return []
    files[name] = await readFile(file, 'utf8')
    const lines: string[] = []
    for (const line of files[name].split(/\r?\n/)) {
      const included = /^(?:-r|--requirement)[\s=]*(\S+)/.exec(line)?.[1]
      if (included === undefined) lines.push(line.replace(/(^|\s)#.*/, '').trim())
      else lines.push(...(await read(join(dirname(file), included)).catch(() => [])))
    }
    return lines
  }

  const lines = await read(path)
  return { name: basename(path), files, inlined: lines.filter(line => line !== '').join('\n') }
}
