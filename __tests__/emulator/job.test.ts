import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { readActionFile } from '../../emulator/github/action-file.js'
import { parseCommandFile } from '../../emulator/github/runner-env.js'
import { actionRuntime, projectRoot } from '../../emulator/github/project.js'
import { runStep } from '../../emulator/github/runner.js'
import { scenarios } from '../../emulator/demo/scenario-run.js'
import type { Job, Step } from '../project/workflows.js'

const program = fileURLToPath(new URL('../../emulator/github/job.js', import.meta.url))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'job-'))
})
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

type Run = { readonly code: number; readonly stdout: string }

const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Run> =>
  new Promise(resolve => {
    const options = { cwd: folder, env: { ...process.env, ...env } }
    execFile(actionRuntime(), [program, ...args], options, (error, stdout) =>
      resolve({ code: error ? Number(error.code) : 0, stdout }),
    )
  })

/** Does what the steps of the job in ci.yml do. */
async function playInJob(scenario: string, change: Record<string, string> = {}): Promise<Run> {
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_PATH: join(folder, 'path') }
  await Promise.all(Object.values(files).map(file => writeFile(file, '')))
  await run(['open', scenario], files)
  const world = parseCommandFile(await readFile(files.GITHUB_OUTPUT, 'utf8'))
  const isVariable = ([name]: [string, string]): boolean => name === name.toUpperCase()
  const { inputs } = await readActionFile(join(projectRoot, 'action.yml'))
  const step = await runStep({
    workspaceFrom: folder,
    inputs: Object.fromEntries(inputs.map(({ name }) => [name, world[name] ?? ''])),
    env: {
      ...Object.fromEntries(Object.entries(world).filter(isVariable)),
      PATH: (await readFile(files.GITHUB_PATH, 'utf8')).trim(),
    },
  })
  const ended = {
    OUTCOME: step.exitCode === 0 ? 'success' : 'failure',
    OUTPUTS: JSON.stringify(step.outputs),
    ...change,
  }
  return run(['judge'], { JUDGE_URL: world['judge-url']!, ...ended })
}

describe('a scenario is played by a step of a real job', () => {
  // None of these has minutes that a busy machine could take too long for: a job's step cannot be led by the world's clock.
  test.each(['no-wait', 'cluster-stopped', process.platform === 'win32' ? 'plan' : 'plan-would-fail'])(
    '%s ends as expected',
    async scenario => {
      expect(await playInJob(scenario)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^It ended as expected/),
      })
    },
  )

  test('what else came of it is found out', async () => {
    const { code, stdout } = await playInJob('no-change', { OUTCOME: 'failure', OUTPUTS: '{"state":"Running"}' })
    expect(code).toBe(1)
    expect(stdout).toMatch(/exit code is 1, expected 0/)
    expect(stdout).toMatch(/output state is Running, expected Succeeded/)
  })

  test('all can be, but for those that need a cancellation or a fork', async () => {
    const names = JSON.parse((await run(['list'])).stdout) as string[]
    const others = scenarios.map(({ name }) => name).filter(name => !names.includes(name))
    expect(others).toEqual(['cancelled', 'plan-fork'])
  })
})

test('ci.yml hands the action every input, and every variable of the world', async () => {
  const { jobs } = parse(await readFile(join(projectRoot, '.github/workflows/ci.yml'), 'utf8')) as {
    jobs: Record<string, Job>
  }
  const step = jobs['action']!.steps!.find(({ uses }) => uses === './') as Step & { env: Record<string, string> }
  const { inputs } = await readActionFile(join(projectRoot, 'action.yml'))
  const output = (name: string) => [name, `\${{ steps.world.outputs.${name} }}`]
  expect(step.with).toEqual(Object.fromEntries(inputs.map(({ name }) => output(name))))
  expect(step.env).toEqual(Object.fromEntries(Object.keys(step.env).map(output)))
  const files = { GITHUB_OUTPUT: join(folder, 'output'), GITHUB_PATH: join(folder, 'path') }
  await run(['open', 'first-build'], files)
  const world = parseCommandFile(await readFile(files.GITHUB_OUTPUT, 'utf8'))
  expect(Object.keys(step.env)).toEqual(Object.keys(world).filter(name => name === name.toUpperCase()))
  await run(['judge'], { JUDGE_URL: world['judge-url']! })
})
