import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { projectRoot } from '../../emulator/github/project.js'

// Who searches for a name finds one thing.

/** The exported names of each file of a folder. */
function exportsIn(folder: string): ReadonlyMap<string, readonly string[]> {
  const exported = /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|type) (\w+)/gm
  const files = globSync(`${folder}/**/*.ts`, { cwd: projectRoot }).map(file => file.replaceAll('\\', '/'))
  return new Map(
    files.map(file => {
      const text = readFileSync(`${projectRoot}/${file}`, 'utf8')
      // An overloaded function is there several times.
      return [file, [...new Set([...text.matchAll(exported)].map(([, name]) => name!))]]
    }),
  )
}

/** What is there more than once, with all its places. */
function repeated(pairs: readonly (readonly [string, string])[]): string[] {
  const places = Map.groupBy(pairs, ([name]) => name)
  return [...places].filter(([, all]) => all.length > 1).map(([name, all]) => `${name}: ${all.map(at => at[1]).join()}`)
}

describe.each(['src', 'emulator'])('in %s', folder => {
  const files = exportsIn(folder)

  test('there are files with exports', () => {
    expect([...files.values()].flat().length).toBeGreaterThan(100)
  })

  test('no name of a file stands in two rooms', () => {
    expect(repeated([...files.keys()].map(file => [basename(file), file] as const))).toEqual([])
  })

  test('no name is exported by two files', () => {
    expect(repeated([...files].flatMap(([file, names]) => names.map(name => [name, file] as const)))).toEqual([])
  })
})

test('nothing of the emulator is exported that no other file imports', () => {
  const files = ['emulator', '__tests__', 'bench', 'oracle', 'scripts'].flatMap(folder =>
    globSync(`${folder}/**/*.ts`, { cwd: projectRoot }).map(file => readFileSync(`${projectRoot}/${file}`, 'utf8')),
  )
  const imported = new Set(
    files.flatMap(text =>
      [...text.matchAll(/^import [^']*?\{([^}]*)\}/gm)].flatMap(([, names]) => names!.match(/\w+/g) ?? []),
    ),
  )
  const unused = [...exportsIn('emulator')].map(([file, names]) => [file, names.filter(name => !imported.has(name))])
  expect(unused.filter(([, names]) => names!.length > 0)).toEqual([])
})
