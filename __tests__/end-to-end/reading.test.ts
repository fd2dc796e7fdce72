import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { posix } from '../posix.js'
import { play as playSimulated } from '../simulated/harness.js'
import { codeOf, reasonOf, toldReasons, type Unreadable } from '../unreadable-files.js'
import { built, expectEnd, expectFailure, failureOf, play } from './harness.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reading-'))
  await writeFile(join(folder, 'secret.txt'), 'outside==1.0')
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

// What needs a disk or a process of its own. All else that is said of files is played in simulated time.

let reasons: ReadonlyMap<string, string>
beforeAll(async () => {
  reasons = await toldReasons(playSimulated)
})

const sent = (body: string): string => JSON.parse(body).properties.requirementsFileContent

describe('1 MiB of one-letter lines', () => {
  const mebibyte = 1024 * 1024
  test('is read to its end, which is told with outputs and summary', async () => {
    const step = await play({ files: { 'requirements.txt': 'a\n'.repeat(mebibyte / 2) }, inputs: { wait: 'false' } })
    expectEnd(step, { exitCode: 0, outputs: { changed: 'true' } })
    expect(step.summary).toMatch(/^### (?!❌)/)
  })

  test('is cancelled like any other', async () => {
    let isReading = false
    const step = await play({
      files: { 'requirements.txt': 'a\n'.repeat(mebibyte / 2) },
      prepare: world => void world.fault({ on: 'id-token', times: 1000, hang: 'before' }),
      onLine: ({ command }) => (isReading ||= command?.name === 'group'),
      cancelWhen: () => isReading,
    })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step).code).toBe('cancelled')
  })
})

describe('what a pull request could put into the workspace', () => {
  const inputs = { 'requirements-file': 'requirements.txt' }
  const workspaceWith = async (make: (path: (name: string) => string) => Promise<unknown>) => {
    const workspace = join(await mkdtemp(join(folder, 'case-')), 'workspace')
    await mkdir(workspace)
    await writeFile(join(dirname(workspace), 'neighbour.txt'), 'outside==1.0')
    await make(name => join(workspace, name))
    return { GITHUB_WORKSPACE: workspace }
  }
  const refused = async (reason: Unreadable, make: (path: (name: string) => string) => Promise<unknown>) => {
    const step = await play({ inputs, env: await workspaceWith(make) })
    // It may be the file itself, or one that it includes.
    const { code } = failureOf(step)
    expect([codeOf(reason), 'findings']).toContain(code)
    expectFailure(step, code, [], { changed: 'false' })
    expect([reasons.get(`${reason} file`), reasons.get(`${reason} include`)]).toContain(reasonOf(step))
    expect(step.world.requests).toEqual([])
  }
  const fifo = (path: string) => Promise.resolve(execFileSync('mkfifo', [path]))

  test.concurrent.each<[string, Unreadable, (path: (name: string) => string) => Promise<unknown>]>([
    ['a link to a file outside', 'outside', path => symlink(join(folder, 'secret.txt'), path('requirements.txt'))],
    ['a relative link to a file outside', 'outside', path => symlink('../neighbour.txt', path('requirements.txt'))],
    [
      'a link to a folder outside',
      'outside',
      async path => {
        await symlink('..', path('up'))
        await writeFile(path('requirements.txt'), '-r up/neighbour.txt')
      },
    ],
    [
      'a link to a link',
      'outside',
      async path => {
        await symlink('../neighbour.txt', path('b'))
        await symlink('b', path('requirements.txt'))
      },
    ],
    ['a link in a circle', 'missing', path => symlink('requirements.txt', path('requirements.txt'))],
  ])('%s is refused, and nothing is asked of anybody', (_, reason, make) => refused(reason, make))

  // Where a process's environment is a file: https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
  const environment = process.platform === 'linux' ? '/proc/self/environ' : '/etc/hosts'
  posix.test.each<[string, Unreadable, (path: (name: string) => string) => Promise<unknown>]>([
    ['a link to the environment', 'outside', path => symlink(environment, path('requirements.txt'))],
    ['a link to a device', 'outside', path => symlink('/dev/zero', path('requirements.txt'))],
    ['a pipe', 'irregular', path => fifo(path('requirements.txt'))],
    [
      'a pipe that is included',
      'irregular',
      async path => {
        await fifo(path('pipe'))
        await writeFile(path('requirements.txt'), '-r pipe')
      },
    ],
  ])('%s is refused, too (skipped on Windows, which has none)', (_, reason, make) => refused(reason, make))

  test('the workspace itself may be reached by a link', async () => {
    const { GITHUB_WORKSPACE } = await workspaceWith(path => writeFile(path('requirements.txt'), 'pandas'))
    const link = `${GITHUB_WORKSPACE}-link`
    await symlink(GITHUB_WORKSPACE, link)
    expectEnd(await play({ inputs, env: { GITHUB_WORKSPACE: link } }), built)
  })

  test('a link within the workspace is followed', async () => {
    const env = await workspaceWith(async path => {
      await mkdir(path('python'))
      await writeFile(path('python/all.txt'), 'pandas')
      await symlink('python/all.txt', path('requirements.txt'))
    })
    const step = await play({ inputs, env })
    expectEnd(step, built)
    expect(sent(step.puts[0]!.body)).toBe('pandas')
  })
})
