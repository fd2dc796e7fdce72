import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createPathLocator, type FileSystem, type PathLocation } from '../../src/programs/workspace-paths.js'
import { posix } from '../posix.js'

/** A disk that tells capitals from small letters or not, with these links; all else is there but for `gone`. */
function disk(rules: typeof path, links: Readonly<Record<string, string>>, { anyCase = false } = {}): FileSystem {
  const fold = (file: string): string => (anyCase ? file.toLowerCase() : file)
  const targets = new Map(Object.entries(links).map(([link, target]) => [fold(link), target]))
  return {
    rules,
    readlink: file => {
      const target = targets.get(fold(file))
      return target === undefined ? Promise.reject(new Error('EINVAL')) : Promise.resolve(target)
    },
    identify: file => (file.includes('gone') ? Promise.reject(new Error('ENOENT')) : Promise.resolve(fold(file))),
  }
}

describe('where a path leads', () => {
  const links = {
    '/link': '/work/repo',
    '/up': '/work',
    '/deep': '/work/repo/bin',
    '/chain': 'up/repo',
    '/usr/local/bin/tools': '../../../link/tools',
    '/work/repo/out': '/opt',
    '/round': '/round',
    '/dangling': '/work/repo/gone',
  }
  test.each<[place: string, PathLocation]>([
    ['/work/repo', 'inside'],
    ['/work/repo/bin', 'inside'],
    ['/work/repo/gone', 'inside'],
    ['/work/repo-2', 'outside'],
    ['/work/..x', 'outside'],
    ['/work', 'outside'],
    ['/', 'outside'],
    ['/link', 'inside'],
    ['/link/bin', 'inside'],
    ['/up/repo/bin', 'inside'],
    ['/up/other', 'outside'],
    ['/deep', 'inside'],
    ['/chain/x', 'inside'],
    ['/usr/local/bin/tools', 'inside'],
    ['/usr/local/bin', 'outside'],
    // Today that leads out of it again; tomorrow's pull request may have it lead elsewhere.
    ['/link/out/bin', 'inside'],
    ['/work/repo/../other', 'outside'],
    ['/link/../other', 'outside'],
    ['/opt/../work//./repo/bin', 'inside'],
    ['/gone', 'nowhere'],
    ['/round', 'nowhere'],
    ['/dangling', 'inside'],
  ])('%s: %s', async (place, where) => {
    expect(await createPathLocator('/work/repo', disk(path.posix, links))(place)).toBe(where)
  })

  test('on a disk that does not tell capitals from small letters', async () => {
    const where = createPathLocator('/Work/Repo', disk(path.posix, { '/link': '/WORK/repo' }, { anyCase: true }))
    expect(await Promise.all(['/work/repo/bin', '/link/bin', '/LINK', '/work/bin'].map(where))).toEqual([
      'inside',
      'inside',
      'inside',
      'outside',
    ])
  })

  test('on Windows', async () => {
    const links = { 'C:\\work': 'D:\\a\\repo\\', 'C:\\other': '..\\d', 'C:\\up': 'D:\\' }
    const where = createPathLocator('D:\\a\\repo', disk(path.win32, links, { anyCase: true }))
    const places = ['d:\\A\\REPO\\bin', 'C:\\WORK\\bin', 'C:\\up\\a/repo/bin', 'C:\\other', 'C:\\up\\b', 'D:\\a\\repo2']
    expect(await Promise.all(places.map(where))).toEqual([
      'inside',
      'inside',
      'inside',
      'outside',
      'outside',
      'outside',
    ])
  })

  test('what is in the workspace by its name is not looked up', async () => {
    const asked: string[] = []
    const refused = (file: string): Promise<string> => {
      asked.push(file)
      return Promise.reject(new Error('ENOENT'))
    }
    const where = createPathLocator('/work/repo', { rules: path.posix, readlink: refused, identify: refused })
    expect(await where('/work/repo/link-to-a-host')).toBe('inside')
    expect(asked).toEqual([])
  })
})

posix.describe('on this machine (skipped on Windows, where not everybody may make links)', () => {
  let folder: string
  beforeAll(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'where-')))
    await mkdir(path.join(folder, 'work', 'bin'), { recursive: true })
    await mkdir(path.join(folder, 'other'))
    await writeFile(path.join(folder, 'work', 'bin', 'az'), '')
    await symlink('work', path.join(folder, 'link'))
    await symlink('../link/bin/az', path.join(folder, 'other', 'az'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test.each<[workspace: string, place: string, PathLocation]>([
    ['work', 'link/bin', 'inside'],
    ['link', 'work/bin', 'inside'],
    ['link', 'link/bin', 'inside'],
    ['work', 'other/az', 'inside'],
    ['work', 'other', 'outside'],
    ['work', 'missing', 'nowhere'],
    ['missing', 'work', 'outside'],
  ])('the workspace is %s, and %s is %s', async (workspace, place, where) => {
    expect(await createPathLocator(path.join(folder, workspace))(path.join(folder, place))).toBe(where)
  })
})
