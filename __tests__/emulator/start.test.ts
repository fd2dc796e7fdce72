import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'
import { actionRuntime, projectRoot } from '../../emulator/github/project.js'
import { readRequirementFiles } from '../../emulator/demo/scenarios/scenario.js'
import { scenarios } from '../../emulator/demo/scenario-run.js'

const start = fileURLToPath(new URL('../../emulator/demo/start.js', import.meta.url))

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise(done => {
    execFile(actionRuntime(), [start, ...args], (error, stdout, stderr) => {
      done({ code: error ? Number(error.code) : 0, stdout, stderr })
    })
  })

describe('npm start', () => {
  test('lists its scenarios', async () => {
    const { code, stdout } = await run('--help')
    expect(code).toBe(0)
    for (const { name, shows } of scenarios) expect(stdout).toContain(`  ${name.padEnd(24)}${shows}`)
  })

  test.each([
    [['--scenario', 'nonsense'], 'There is no scenario "nonsense".'],
    [['--requirements', '/no/such/file'], `There is no file ${resolve('/no/such/file')}.`],
    [['--nonsense'], "Unknown option '--nonsense'"],
  ])('refuses %j', async (args, problem) => {
    const { code, stderr } = await run(...args)
    expect(code).toBe(2)
    expect(stderr).toContain(problem)
  })
})

test('scenarios have names of their own', () => {
  expect(new Set(scenarios.map(({ name }) => name)).size).toBe(scenarios.length)
})

test('a requirements file is read with what it includes', async () => {
  const read = await readRequirementFiles(join(projectRoot, 'examples/forecasting/requirements.txt'))
  expect(read.name).toBe('requirements.txt')
  expect(Object.keys(read.files)).toEqual(['requirements.txt', 'plotting.txt'])
  expect(read.inlined).toMatch(/^prophet==1\.1\.5\n/)
  expect(read.inlined).not.toMatch(/#|-r/)
})

test('a requirements file in UTF-16 stays what it is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'start-'))
  try {
    const stored = Buffer.from('\ufeffpandas==2.2.2\r\n', 'utf16le')
    await writeFile(join(folder, 'requirements.txt'), stored)
    const { bytes, inlined } = await readRequirementFiles(join(folder, 'requirements.txt'))
    expect(Buffer.from(bytes['requirements.txt']!).equals(stored)).toBe(true)
    expect(inlined).toBe('pandas==2.2.2')
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})
