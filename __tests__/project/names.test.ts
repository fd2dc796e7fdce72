import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from '@jest/globals'
import { projectRoot } from '../../emulator/github/project.js'

// Who searches for a name finds one thing, and what is exported is there for others.

/** The texts of the files of a folder, by their paths. */
const textsIn = (folder: string): [string, string][] =>
  globSync(`${folder}/**/*.ts`, { cwd: projectRoot }).map(file => [
    file,
    readFileSync(`${projectRoot}/${file}`, 'utf8'),
  ])

const exported = /^export (?:async )?(?:const|let|function\*?|class|type) (\w+)/gm

/** The names that the emulator exports, each with its file; those of an overloaded function once. */
const exports = textsIn('emulator').flatMap(([file, text]) =>
  [...new Set([...text.matchAll(exported)].map(([, name]) => name!))].map(name => ({ name, file })),
)

/** What is there more than once. */
const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index)

test('no two files of the emulator have one name', () => {
  expect(repeated(textsIn('emulator').map(([file]) => basename(file)))).toEqual([])
})

test('no name is exported by two files of the emulator', () => {
  expect(exports.length).toBeGreaterThan(100)
  expect(repeated(exports.map(({ name }) => name))).toEqual([])
})

test('nothing is exported by the emulator that no other file imports', () => {
  const imports = /^import [^']*?\{([^}]*)\}/gm
  const texts = ['emulator', '__tests__', 'bench', 'oracle', 'scripts'].flatMap(textsIn)
  const imported = texts.flatMap(([, text]) =>
    [...text.matchAll(imports)].flatMap(([, names]) => names!.match(/\w+/g) ?? []),
  )
  const used = new Set(imported)
  expect(exports.filter(({ name }) => !used.has(name))).toEqual([])
})
