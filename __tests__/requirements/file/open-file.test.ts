import { describe, expect, test } from '@jest/globals'
import { liesWhereItMay, type Open, type Paths } from '../../../src/requirements/file/open-file.js'

const within = (path: string): boolean => path.startsWith('/ws/')
const opened = '/ws/sub/a.txt'
const identity = (ino: number) => ({ dev: 1n, ino: BigInt(ino) })
const file: Open = { fd: 7, stat: () => Promise.resolve(identity(11)) }

/** A system where each path has led to another one since, and files have numbers. */
function paths(
  leads: string,
  numbers: Readonly<Record<string, number>>,
  descriptor?: string,
): Paths & { readonly looked: string[] } {
  const looked: string[] = []
  return {
    looked,
    ofDescriptor: fd => Promise.resolve(fd === 7 ? descriptor : '/another'),
    resolve: () => Promise.resolve(leads),
    identify: path => {
      looked.push(path)
      return Promise.resolve(identity(numbers[path] ?? 0))
    },
  }
}

describe('where the system tells the path of an open file, that is where it lies', () => {
  test.each([
    ['in the workspace', opened, true],
    ['elsewhere in it', '/ws/other/a.txt', true],
    ['out of it', '/etc/a.txt', false],
    ['in no place that can be reached', '(unreachable)/a.txt', false],
  ])('%s', async (_, place, may) => {
    // What the path leads to by now makes no difference.
    const system = paths(may ? '/etc/a.txt' : opened, { [opened]: 11 }, place)
    expect(await liesWhereItMay(file, opened, within, system)).toBe(may)
    expect(system.looked).toEqual([])
  })
})

describe('elsewhere the path is resolved again, and must lead to that very file', () => {
  test.each([
    ['the same', opened, 11, true],
    ['the same, at another place in the workspace', '/ws/other/a.txt', 11, true],
    ['another one: a directory was replaced while the file was opened, and put back', opened, 12, false],
  ])('%s', async (_, leads, number, may) => {
    expect(await liesWhereItMay(file, opened, within, paths(leads, { [leads]: number }))).toBe(may)
  })

  test('a number is that of one disk', async () => {
    const system = { ...paths(opened, {}), identify: () => Promise.resolve({ dev: 2n, ino: 11n }) }
    expect(await liesWhereItMay(file, opened, within, system)).toBe(false)
  })

  test('what lies out of the workspace is not even looked up: on Windows it may be another host', async () => {
    const system = paths('\\\\evil.example\\share', { '\\\\evil.example\\share': 11 })
    expect(await liesWhereItMay(file, opened, within, system)).toBe(false)
    expect(system.looked).toEqual([])
  })
})
