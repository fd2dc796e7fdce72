import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { actionRuntime } from '../../emulator/github/project.js'
import { runStep, type StepOptions, type StepResult } from '../../emulator/github/runner.js'
import { withEnoughTime } from '../until.js'
import { startWorld } from '../../emulator/world.js'

let folder: string
let scripts = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runner-test-'))
})

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

/** Runs a script in the action's place. */
async function step(script: string, options: StepOptions = {}): Promise<StepResult> {
  scripts += 1
  const main = join(folder, `script-${scripts}.mjs`)
  await writeFile(main, `import { appendFileSync, readFileSync } from 'node:fs'\n${script}`)
  return runStep({ main, ...options })
}

describe('a step', () => {
  test('gets its inputs, the defaults of action.yml, and nothing of this environment', async () => {
    process.env['SECRET_OF_THIS_PROCESS'] = 'x'
    const { stdout } = await step('console.log(JSON.stringify(process.env))', {
      inputs: { 'cluster-name': 'adx' },
      env: { EXTRA: 'yes', LANG: undefined },
    })
    const env = JSON.parse(stdout.toString())
    expect(env).toMatchObject({
      'INPUT_CLUSTER-NAME': 'adx',
      'INPUT_TIMEOUT-MINUTES': '90',
      'INPUT_SUBSCRIPTION-ID': '',
      GITHUB_ACTIONS: 'true',
      EXTRA: 'yes',
    })
    expect(env).not.toHaveProperty('SECRET_OF_THIS_PROCESS')
    expect(env).not.toHaveProperty('LANG')
    expect(env).not.toHaveProperty('RUNNER_DEBUG')
  })

  test('runs on the Node of actions, in its own workspace', async () => {
    const { log } = await step(
      "console.log(process.version, process.cwd() === process.env.GITHUB_WORKSPACE, readFileSync('a/b.txt', 'utf8'))",
      { files: { 'a/b.txt': 'here' } },
    )
    const version = execFileSync(actionRuntime(), ['--version'], { encoding: 'utf8' }).trim()
    expect(Number(/^v(\d+)\./.exec(version)?.[1])).toBeGreaterThanOrEqual(24)
    expect(log).toBe(`${version} true here\n`)
  })

  test('is told of by its exit code, outputs, state and summary', async () => {
    const result = await step(`
      appendFileSync(process.env.GITHUB_OUTPUT, 'one=1\\ntwo<<END\\na\\nb=c\\nEND\\n')
      appendFileSync(process.env.GITHUB_STATE, 'kept=yes\\n')
      appendFileSync(process.env.GITHUB_STEP_SUMMARY, '# Done')
      process.exitCode = 3`)
    expect(result).toMatchObject({
      exitCode: 3,
      signal: null,
      outputs: { one: '1', two: 'a\nb=c' },
      state: { kept: 'yes' },
      summary: '# Done',
    })
  })

  test.each([
    ['no delimiter', 'a<<END\\nb\\n', /Matching delimiter not found 'END'/],
    ['no value', 'a\\n', /Invalid format 'a'/],
  ])('with malformed outputs is an error: %s', async (_, output, message) => {
    await expect(step(`appendFileSync(process.env.GITHUB_OUTPUT, '${output}')`)).rejects.toThrow(message)
  })

  test('hides secrets in the log and drops outputs that contain one', async () => {
    const result = await step(`
      console.log('::add-mask::hunter2')
      console.log('the word is hunter2')
      console.log('::error::not hunter2')
      appendFileSync(process.env.GITHUB_OUTPUT, 'open=yes\\nshut=xhunter2x\\n')`)
    expect(result.log).toBe('the word is ***\n::error::not ***\n')
    expect(result.masks).toEqual(['hunter2'])
    expect(result.annotations).toEqual([{ level: 'error', message: 'not ***' }])
    expect(result.outputs).toEqual({ open: 'yes' })
    expect(result.droppedOutputs).toEqual(['shut'])
  })

  test('annotates files', async () => {
    const { annotations } = await step("console.log('::warning file=a%2Cb.txt,line=3,title=Hm%3A::x%0Ay %25')")
    expect(annotations).toEqual([{ level: 'warning', message: 'x\ny %', title: 'Hm:', file: 'a,b.txt', line: 3 }])
  })

  test('that hangs is killed and is an error', async () => {
    const hang = (limitSeconds: number) => step("console.log('before'); setInterval(() => {}, 1000)", { limitSeconds })
    const { message } = await withEnoughTime(
      ms =>
        hang(ms / 1000).then(
          () => new Error('it ended'),
          (error: Error) => error,
        ),
      error => !error.message.endsWith('its log:\n'),
    )
    expect(message).toMatch(/did not end within [\d.]+ s; its log:\nbefore/)
  })
})

describe('a cancelled step', () => {
  test('ends where it does not listen, by a message too', async () => {
    const result = await step("console.log('up'); setInterval(() => {}, 1000)", {
      cancelWhen: ({ log }) => log.includes('up'),
      signalsByMessage: true,
    })
    expect(result).toMatchObject({ exitCode: 1, log: 'up\n' })
  })

  test('that listens to messages ends when it has nothing to do', async () => {
    expect(await step("console.log('up')", { signalsByMessage: true })).toMatchObject({ exitCode: 0, log: 'up\n' })
  })

  test.each([
    ['', {}],
    [' by a message, as on Windows', { signalsByMessage: true }],
  ])('is interrupted%s', async (_, how) => {
    const result = await step(
      "process.on('SIGINT', () => { console.log('bye'); process.exit(1) }); console.log('up'); setInterval(() => {}, 1000)",
      { cancelWhen: ({ log }) => log.includes('up'), ...how },
    )
    expect(result).toMatchObject({ exitCode: 1, log: 'up\nbye\n' })
  })

  test('is terminated and killed in the end', async () => {
    const cancelled = (afterMs: number) =>
      step(
        `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => console.log(signal))
         console.log('up'); setInterval(() => {}, 1000)`,
        {
          cancelWhen: ({ log }) => log.includes('up'),
          cancelSignals: [
            { signal: 'SIGINT', afterMs: 0 },
            { signal: 'SIGTERM', afterMs },
            { signal: 'SIGKILL', afterMs: 2 * afterMs },
          ],
        },
      )
    const result = await withEnoughTime(
      ms => cancelled(ms / 10),
      ({ log }) => log.includes('SIGTERM'),
    )
    expect(result).toMatchObject({ exitCode: null, signal: 'SIGKILL', log: 'up\nSIGINT\nSIGTERM\n' })
  })
})

test('a step reaches the world, on its clock', async () => {
  const world = await startWorld({ speed: 1000 })
  try {
    // The clock of this machine is a minute behind.
    await world.clock.sleep(60_000)
    const started = world.clock.now()
    const { log } = await step(
      `
      import https from 'node:https'
      const agent = new https.Agent({ proxyEnv: process.env })
      const url = process.env.ACTIONS_ID_TOKEN_REQUEST_URL
      const headers = { authorization: 'Bearer ' + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN }
      const before = Date.now()
      https.get(url, { agent, headers }, response => {
        // Longer than one step of the clock, by which the two may differ.
        setTimeout(() => console.log(response.statusCode, before, Date.now()), 60_000)
      })`,
      { world },
    )
    const [status, before, after] = log.split(' ').map(Number)
    expect(status).toBe(200)
    const moments = [Math.floor(started), before!, world.seen('id-token')[0]!.at, after!, world.clock.now()]
    expect(moments).toEqual(moments.toSorted((one, other) => one - other))
  } finally {
    await world.close()
  }
})
