import path from 'node:path'
import type { WorkspaceFiles } from '../../src/requirements/file/workspace-files.js'

/** Files of a workspace that is not on any disk; the values of `links` are where their keys lead. */
export function memoryFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
  root = '/ws',
): WorkspaceFiles & { readonly asked: readonly string[]; readonly opened: readonly string[] } {
  const rules = root.startsWith('/') ? path.posix : path.win32
  const absolute = (table: Readonly<Record<string, string | Uint8Array>>): Map<string, string | Uint8Array> =>
    new Map(Object.entries(table).map(([name, value]) => [rules.resolve(root, name), value]))
  const bytes = absolute(contents)
  const leads = absolute(links)
  const isDirectory = (place: string) => [...bytes.keys()].some(file => file.startsWith(`${place}${rules.sep}`))
  const asked: string[] = []
  const opened: string[] = []
  return {
    asked,
    opened,
    path: rules,
    root,
    list: directory => {
      const below = [...bytes.keys()].flatMap(file => {
        const name = rules.relative(directory, file)
        return name.startsWith('..') || rules.isAbsolute(name) ? [] : [name.split(rules.sep)]
      })
      const entries = new Map(below.map(([name = '', ...rest]) => [name, { name, isDirectory: rest.length > 0 }]))
      return Promise.resolve([...entries.values()])
    },
    locate: async file => {
      asked.push(file)
      const target = leads.get(file)
      const found = typeof target === 'string' ? rules.resolve(root, target) : file
      return await Promise.resolve(
        found === root || isDirectory(found) || bytes.has(found) || found.startsWith('/etc/')
          ? { kind: 'found', path: found }
          : { kind: 'missing' },
      )
    },
    read: async (file, limit, mayRead) => {
      opened.push(file)
      const content = bytes.get(file)
      if (content === undefined) return await Promise.resolve({ kind: isDirectory(file) ? 'not-a-file' : 'missing' })
      if (!mayRead(file)) return await Promise.resolve({ kind: 'replaced' })
      const read = typeof content === 'string' ? Buffer.from(content) : content
      return await Promise.resolve(read.length > limit ? { kind: 'too-large' } : { kind: 'read', bytes: read })
    },
  }
}
