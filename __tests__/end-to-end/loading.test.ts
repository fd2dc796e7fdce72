import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { projectRoot } from '../../emulator/github/project.js'
import { expectEnd, holding, play, type PlayOptions, wanted } from './harness.js'

let folder: string

/** What every run loads, without the files that are loaded when they are needed. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loading-'))
  for (const file of ['index.js', 'action.js', 'package.json']) {
    await copyFile(join(projectRoot, 'dist', file), join(folder, file))
  }
})
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

test('there is more than one file', async () => {
  const files = await readdir(join(projectRoot, 'dist'))
  expect(files.filter(file => /^\d+\.index\.js$/.test(file)).length).toBeGreaterThan(1)
})

test.each<[string, PlayOptions]>([
  ['a run that changes nothing', { prepare: holding(wanted), inputs: { resolve: 'auto' } }],
  ['a build that nobody is asked about', { inputs: { resolve: 'false' } }],
  ['a plan without a comment', { event: pullRequest(), inputs: { mode: 'plan', resolve: 'false' } }],
])('%s loads nothing else', async (_, options) => {
  expectEnd(await play({ ...options, main: join(folder, 'index.js') }), { exitCode: 0 })
})

test.each([
  ['a file of another format', { 'pyproject.toml': '[project]\n' }, { 'requirements-file': 'pyproject.toml' }],
  ['a line that pip rejects', { 'requirements.txt': 'name: x\n' }, {}],
])('%s does', async (_, files, inputs) => {
  const step = await play({ files, inputs, main: join(folder, 'index.js') })
  expectEnd(step, { exitCode: 1 })
  expect(step.log).toMatch(/\d+\.index\.js/)
})

test('asking uv or pip does', async () => {
  const step = await play({ inputs: { resolve: 'auto' }, main: join(folder, 'index.js') })
  expectEnd(step, { exitCode: 1 })
  expect(step.log).toMatch(/\d+\.index\.js/)
})

test('a comment does, and where that fails the plan is none the worse', async () => {
  const options = { event: pullRequest(), inputs: { mode: 'plan', comment: 'true' } }
  const step = await play({ ...options, main: join(folder, 'index.js') })
  expectEnd(step, { exitCode: 0, outputs: { action: 'create' } })
  expect(step.annotations).toEqual([
    expect.objectContaining({ level: 'warning', title: 'comment', message: expect.stringMatching(/\d+\.index\.js/) }),
  ])
})
