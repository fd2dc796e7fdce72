import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = path.resolve(import.meta.dirname, '../../..')
const page = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8')

/** The modules of a folder, by their paths, and what each imports of this repository, at once or later. */
function importsOf(folder: string): ReadonlyMap<string, readonly string[]> {
  const files = globSync(`${folder}/**/*.{ts,cts}`, { cwd: root }).map(file => file.replaceAll('\\', '/'))
  return new Map(
    files.map(file => {
      const specifiers = readFileSync(path.join(root, file), 'utf8').matchAll(/\b(?:from|import\()\s*'(\.[^']*js)'/g)
      const imported = Array.from(specifiers, ([, specifier = '']) => {
        return path.posix.join(path.posix.dirname(file), specifier).replace(/\.(c?)js$/, '.$1ts')
      })
      return [file, imported]
    }),
  )
}

const src = importsOf('src')

/** The room of a module of `src`: its folder, or at the top its own name. */
function roomOf(file: string): string {
  const folder = path.posix.dirname(file).slice('src/'.length)
  return folder === '' ? path.posix.basename(file) : folder
}

/** The rows of the table whose last column has this title: the rooms of the first column, and the words of the last. */
function rowsOf(title: string): readonly { readonly rooms: readonly string[]; readonly last: string }[] {
  const start = page.indexOf(`| room | holds | ${title} |`)
  const [table = ''] = page.slice(start).split(/\n(?!\|)/, 1)
  return table
    .split('\n')
    .slice(2)
    .map(row => {
      const [, first = '', , last = ''] = row.split('|')
      return { rooms: Array.from(first.matchAll(/`([^`]+)`/g), ([, name = '']) => name), last: last.trim() }
    })
}

const rows = rowsOf('imports')
const order = rows.map(({ rooms }) => rooms)
const ground = order.find(rooms => rooms.includes('failure.ts')) ?? []

describe('the rooms of docs/architecture.md', () => {
  test('are those of the code', () => {
    expect(order.flat().toSorted()).toEqual([...new Set([...src.keys()].map(roomOf))].toSorted())
  })

  test.each(rows.map(row => [row.rooms.join(), row] as const))(
    '%s imports what its row names',
    (_, { rooms, last }) => {
      const named = last
        .replaceAll('`', '')
        .split(', ')
        .filter(name => name !== '')
        .toSorted()
      const modules = [...src].filter(([file]) => rooms.includes(roomOf(file)))
      const imported = modules.flatMap(([, each]) => each.map(roomOf)).filter(room => !rooms.includes(room))
      const found = new Set(imported.map(room => (ground.includes(room) ? 'ground' : room)))
      if (rooms === ground) found.add('ground')
      expect(named).toEqual([...found].toSorted())
    },
  )

  test('import only rooms further down', () => {
    const position = (room: string) => order.findIndex(rooms => rooms.includes(room))
    const upward = [...src].flatMap(([file, imported]) =>
      imported.filter(each => position(roomOf(each)) < position(roomOf(file))).map(each => `${file} imports ${each}`),
    )
    expect(upward).toEqual([])
  })

  test.each(rowsOf('imports of `src`').filter(({ last }) => last === 'none'))('$rooms imports nothing of src', row => {
    for (const room of row.rooms) {
      const imported = [...importsOf(room).values()].flat()
      expect(imported.filter(each => each.startsWith('src/'))).toEqual([])
    }
  })
})

test('no file of src imports another in a circle', () => {
  const done = new Set<string>()
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) throw new Error([...way.slice(way.indexOf(file)), file].join(' → '))
    if (done.has(file)) return
    for (const each of src.get(file) ?? []) visit(each, [...way, file])
    done.add(file)
  }
  for (const file of src.keys()) visit(file, [])
  expect(done.size).toBe(src.size)
})

test('no two files of src have one name', () => {
  const names = [...src.keys()].map(file => path.posix.basename(file))
  expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([])
})

test('no name is exported by two files of src', () => {
  const exported = [...src.keys()].flatMap(file => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const names = text.matchAll(/^export (?:async )?(?:function\*?|const|class|type) (\w+)/gm)
    return [...new Set(Array.from(names, ([, name]) => name))]
  })
  expect(exported.filter((name, index) => exported.indexOf(name) < index)).toEqual([])
})

test('what src exports is explained by a sentence that begins with a verb', () => {
  const wrong = [...src.keys()].flatMap(file => {
    const text = readFileSync(path.join(root, file), 'utf8')
    const exported = text.matchAll(
      /(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n)?^export (?:async )?(?:function\*?|const|class|type) (\w+)/gm,
    )
    return Array.from(exported, ([, doc = '', name]) => ({ name, first: /[^\s*]+/.exec(doc)?.[0] ?? '' }))
      .filter(({ first }) => !/^[A-Z][a-z]+s$/.test(first))
      .map(({ name, first }) => `${file}: ${name}: ${first}`)
  })
  // One function with three signatures is explained once.
  expect(wrong.filter(each => !each.includes('queryWithRetry'))).toEqual([])
})
