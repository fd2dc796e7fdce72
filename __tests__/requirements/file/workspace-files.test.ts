import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { nodeWorkspaceFiles } from '../../../src/requirements/file/node-workspace-files.js'
import { readRequirements } from '../../../src/requirements/requirements.js'
import type { WorkspaceFiles } from '../../../src/requirements/file/workspace-files.js'
import { posix } from '../../posix.js'
import { failureOf, unreadOf } from '../failing.js'

let outside: string
let root: string

beforeEach(async () => {
  outside = await realpath(await mkdtemp(path.join(tmpdir(), 'requirements-')))
  root = path.join(outside, 'workspace')
  await mkdir(path.join(root, 'sub'), { recursive: true })
  await writeFile(path.join(outside, 'secret.txt'), 'secret')
  await writeFile(path.join(root, 'requirements.txt'), '\ufeffa\r\n-r sub/more.txt\r\n')
  await writeFile(path.join(root, 'sub', 'more.txt'), 'b\n')
})

afterEach(async () => {
  await rm(outside, { recursive: true, force: true, maxRetries: 10 })
})

async function read(name: string): ReturnType<typeof readRequirements> {
  return await readRequirements(name, nodeWorkspaceFiles(root))
}

/** Does something as a user who needs permissions, which root does not; undefined where root cannot become one. */
function asNobody<Result>(work: () => Result): Result | undefined {
  if (process.getuid?.() !== 0) return work()
  try {
    process.seteuid!(65_534)
  } catch {
    return undefined
  }
  const back = () => process.seteuid!(0)
  const result = work()
  if (result instanceof Promise) return result.finally(back) as Result
  back()
  return result
}

test('files of the workspace are read', async () => {
  expect(await read('requirements.txt')).toMatchObject({ text: 'a\nb', files: ['requirements.txt', 'sub/more.txt'] })
  expect(await read(path.join(root, 'sub', 'more.txt'))).toMatchObject({ text: 'b', files: ['sub/more.txt'] })
})

test('a file of exactly 1 MiB is read, one byte more is not', async () => {
  await writeFile(path.join(root, 'large.txt'), '#'.repeat(1024 * 1024))
  expect((await read('large.txt')).text).toHaveLength(1024 * 1024)
  await writeFile(path.join(root, 'large.txt'), '#'.repeat(1024 * 1024 + 1))
  expect((await failureOf(read('large.txt'))).fault).toBe('too-large')
})

test.each([
  ['absent.txt', 'not-found'],
  ['requirements.txt/more.txt', 'not-found'],
  ['a\0b', 'not-found'],
  ['sub', 'not-a-file'],
  ['.', 'not-a-file'],
  ['../secret.txt', 'outside-workspace'],
  ['..', 'outside-workspace'],
  ['sub/../../secret.txt', 'outside-workspace'],
])('%j fails with %s', async (name, fault) => {
  expect((await failureOf(read(name))).fault).toBe(fault)
})

test('a path that is too long for the system is not found, and cut in the message', async () => {
  const failure = await failureOf(read('x'.repeat(5000)))
  expect(failure.fault).toBe('not-found')
  expect(failure.message.length).toBeLessThan(400)
})

/** A program that replaces a directory by a link out of the workspace, and puts it back, as long as its parent lives. */
const SWAPPING = `
const { renameSync, symlinkSync, unlinkSync, writeSync } = require('node:fs')
const parent = process.ppid
writeSync(1, 'swapping')
while (process.ppid === parent) {
  renameSync('sub', 'away')
  symlinkSync('..', 'sub')
  unlinkSync('sub')
  renameSync('away', 'sub')
}`

posix.describe('links, pipes and permissions (skipped on Windows, which has others)', () => {
  test.each([
    ['a link out of the workspace', '../secret.txt', 'outside-workspace'],
    ['an absolute link out of it', '/etc/hosts', 'outside-workspace'],
    ['a link to nowhere', 'absent.txt', 'not-found'],
    ['a link to itself', 'link', 'not-found'],
    ['a link to a directory', 'sub', 'not-a-file'],
    ['a link to a device', '/dev/zero', 'outside-workspace'],
  ])('%s', async (_, target, fault) => {
    await symlink(target, path.join(root, 'link'))
    expect((await failureOf(read('link'))).fault).toBe(fault)
  })

  test('a file below a link out of the workspace', async () => {
    await symlink('..', path.join(root, 'up'))
    await writeFile(path.join(root, 'requirements.txt'), '\n-r up/secret.txt')
    expect(await failureOf(read('up/secret.txt'))).toMatchObject({ fault: 'outside-workspace', places: [] })
    expect(await unreadOf(read('requirements.txt'))).toMatchObject({
      fault: 'outside-workspace',
      places: [{ file: 'requirements.txt', line: 2, column: 1, endColumn: 17 }],
    })
  })

  test('links within the workspace, and to it, are followed', async () => {
    await symlink(path.join(root, 'sub', 'more.txt'), path.join(root, 'link.txt'))
    await symlink(root, path.join(outside, 'alias'))
    const files = nodeWorkspaceFiles(path.join(outside, 'alias'))
    expect(await readRequirements('link.txt', files)).toMatchObject({ text: 'b', files: ['sub/more.txt'] })
    for (const stated of ['alias', 'workspace']) {
      const absolute = path.join(outside, stated, 'link.txt')
      expect(await readRequirements(absolute, files)).toMatchObject({ text: 'b', files: ['sub/more.txt'] })
    }
  })

  test('a pipe is refused, not waited for', async () => {
    expect(spawnSync('mkfifo', [path.join(root, 'pipe')]).status).toBe(0)
    await writeFile(path.join(root, 'requirements.txt'), '-r pipe')
    expect((await failureOf(read('pipe'))).fault).toBe('not-a-file')
    expect((await unreadOf(read('requirements.txt'))).fault).toBe('not-a-file')
  })

  test('a socket is refused', async () => {
    const server = createServer()
    await new Promise<void>(resolve => server.listen(path.join(root, 'socket'), resolve))
    try {
      expect((await failureOf(read('socket'))).fault).toBe('not-a-file')
    } finally {
      await new Promise(resolve => server.close(resolve))
    }
  })

  test('devices and files of the kernel are refused, were the whole disk the workspace', async () => {
    const files = nodeWorkspaceFiles('/')
    expect((await failureOf(readRequirements('/dev/zero', files))).fault).toBe('not-a-file')
    expect((await failureOf(readRequirements('dev', files))).fault).toBe('not-a-file')
  })

  const needsPermission = asNobody(() => true) === true
  const why = needsPermission ? '' : ' (skipped: this is root, who needs none, and cannot be anybody else)'
  ;(needsPermission ? test : test.skip)(`a file without permission${why}`, async () => {
    await chmod(path.join(root, 'sub', 'more.txt'), 0)
    for (const folder of [outside, root]) await chmod(folder, 0o755)
    expect(await asNobody(() => unreadOf(read('requirements.txt')))).toMatchObject({
      fault: 'unreadable',
      headline: expect.stringMatching(/"sub\/more\.txt".*EACCES/),
    })
  })

  /** Puts a link out of the workspace in the place of a directory of it. */
  const swap = async () => {
    await rename(path.join(root, 'sub'), path.join(root, 'away'))
    await symlink('..', path.join(root, 'sub'))
  }
  test('a directory that is replaced by a link between the look-up and the reading is not followed', async () => {
    await writeFile(path.join(root, 'sub', 'secret.txt'), 'a')
    const files = nodeWorkspaceFiles(root)
    const swapping: WorkspaceFiles = {
      ...files,
      read: async (...asked) => {
        await swap()
        return files.read(...asked)
      },
    }
    expect(await failureOf(readRequirements('sub/secret.txt', swapping))).toMatchObject({
      fault: 'replaced',
    })
  })

  test('a directory that is replaced again and again meanwhile never leads out of the workspace', async () => {
    await writeFile(path.join(root, 'sub', 'secret.txt'), 'a')
    const swapping = spawn(process.execPath, ['-e', SWAPPING], { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] })
    const ended = new Promise(resolve => swapping.once('exit', resolve))
    await new Promise(resolve => swapping.stdout.once('data', resolve))
    const texts = new Set<string>()
    for (let round = 0; round < 500; round++) {
      const read = await readRequirements('sub/secret.txt', nodeWorkspaceFiles(root)).catch(() => undefined)
      if (read !== undefined) texts.add(read.text)
    }
    swapping.kill()
    await ended
    texts.add('a')
    expect([...texts]).toEqual(['a'])
  })

  test('what is put in the place of a file after it was found is not followed', async () => {
    const files = nodeWorkspaceFiles(root)
    await symlink('../secret.txt', path.join(root, 'link'))
    expect((await files.read(path.join(root, 'link'), 10, () => true)).kind).not.toBe('read')
  })
})
