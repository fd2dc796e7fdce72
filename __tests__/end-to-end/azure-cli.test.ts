import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { CloudName } from '../../emulator/azure/clouds.js'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { World } from '../../emulator/world.js'
import { posix } from '../posix.js'
import { gone } from '../requirements/resolver/fake-programs.js'
import { signedIn, systemPath, withCli } from './azure-cli.js'
import {
  all,
  expectAnnotation,
  expectEnd,
  expectFailure,
  failureOf,
  holding,
  imageName,
  kindsOf,
  play,
  wanted,
} from './harness.js'

describe("with neither client-id nor tenant-id, the Azure CLI's session", () => {
  test('signs in to the data endpoint as well', async () => {
    const inputs = { activate: 'true', verify: 'true', database: 'telemetry' }
    const isActive = ({ cluster }: World): void => setExtension(cluster, pythonOn(imageName))
    const { step, calls } = await withCli(signedIn, { inputs, prepare: all(holding(wanted), isActive) })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    expect(calls.map(call => /--resource (\S+)/.exec(call)?.[1])).toEqual([
      expect.stringMatching(/^https:\/\/management\.azure\.com/),
      expect.stringMatching(/^https:\/\/adxforecast\.eastus\.kusto\.windows\.net/),
    ])
  })

  test('signs in, and GitHub and Entra are not asked', async () => {
    const { step, calls } = await withCli(signedIn)
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } })
    expect(step.story).toEqual(['get-image', 'list-images', 'get-cluster', 'put-image', 'poll', 'get-image'])
    expect(calls).toEqual([
      expect.stringMatching(/^account get-access-token .*--resource https:\/\/management\.azure\.com/),
    ])
    expect(step.masks).toHaveLength(1)
  })

  test('makes one request of a run that finds nothing to do', async () => {
    const { step } = await withCli(signedIn, { prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' } })
    expect(step.world.requests.map(({ kind }) => kind)).toEqual(['get-image'])
  })

  test.concurrent.each<[CloudName, string]>([
    ['AzureUSGovernment', 'https://management.usgovcloudapi.net'],
    ['AzureChinaCloud', 'https://management.chinacloudapi.cn'],
  ])('is asked for a token of %s', async (cloud, resource) => {
    const { step, calls } = await withCli(signedIn, { world: { cloud }, inputs: { environment: cloud } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(calls[0]).toContain(`--resource ${resource}`)
  })

  test.concurrent.each([
    [
      'is not there',
      `console.error("ERROR: Please run 'az login' to setup account."); process.exit(1)`,
      "Please run 'az login' to setup account.",
    ],
    [
      'is told in words that could be commands',
      "console.error('ERROR: x\\n##[error]y\\n::add-mask::z'); process.exit(1)",
      'x',
    ],
    ['gives no token', "console.log('Upgrade available!')", 'az'],
  ])('%s: the error says what to do', async (_, script, fact) => {
    const { step } = await withCli(() => Promise.resolve(script))
    const facts = [fact, 'azure/login', 'client-id', 'tenant-id']
    expectFailure(step, 'azure-cli-session', facts, { changed: 'false' })
    expect(step.world.requests).toEqual([])
  })

  test('cannot be asked where there is no Azure CLI', async () => {
    const step = await play({ inputs: { 'client-id': '', 'tenant-id': '' }, env: { PATH: systemPath.join(delimiter) } })
    expectFailure(step, 'azure-cli-session', ['azure/login'], { changed: 'false' })
    expect(step.world.requests).toEqual([])
  })

  test('that hangs holds nothing up when the step is cancelled', async () => {
    let groups = 0
    // It waits until the step has ended, and its folder is gone.
    const waiting =
      "import { existsSync } from 'node:fs'; setInterval(() => existsSync(process.argv[1]) || process.exit(), 50)"
    const { step } = await withCli(() => Promise.resolve(waiting), {
      // The requirements are read and checked; then it signs in.
      cancelWhen: () => groups === 3,
      onLine: ({ command }) => void (groups += command?.name === 'group' ? 1 : 0),
    })
    expectFailure(step, 'cancelled', [], { changed: 'false' })
  })
})

/** A text that names this environment variable, and no other one. */
const onlyNamed = (name: string) =>
  new RegExp(`^(?![^]*\\b(?!${name}\\b)(?:PATH|HOME|AZURE_CONFIG_DIR)\\b)[^]*\\b${name}\\b`)

describe('the Azure CLI', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'azure-cli-world-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

  test('gets no token, no input and nothing else of the job but what it needs', async () => {
    const file = join(folder, 'environment')
    const { step } = await withCli(
      async world => `appendFileSync(${JSON.stringify(file)}, JSON.stringify(process.env)); ${await signedIn(world)}`,
      {
        world: { idTokenPermission: true },
        env: { GITHUB_TOKEN: 'x', AZURE_CLIENT_SECRET: 'x', AZURE_HTTP_USER_AGENT: 'GITHUBACTIONS/AzureLogin' },
      },
    )
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    const environment = await readFile(file, 'utf8')
    expect(JSON.parse(environment)).toMatchObject({
      PATH: expect.any(String),
      AZURE_HTTP_USER_AGENT: 'GITHUBACTIONS/AzureLogin',
    })
    expect(environment).not.toMatch(/ACTIONS_|GITHUB_|INPUT_|SECRET|eyJ/)
  })

  test('is ended with the run', async () => {
    const file = join(folder, 'pid')
    const script = `appendFileSync(${JSON.stringify(file)}, String(process.pid)); setInterval(() => {}, 1000)`
    const { step } = await withCli(() => Promise.resolve(script), { cancelWhen: () => existsSync(file) })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(failureOf(step).code).toBe('cancelled')
    await gone(await readFile(file, 'utf8'))
  })

  posix.describe('and the workspace (skipped on Windows, where not everybody may make links)', () => {
    let work: string
    beforeAll(async () => {
      // As on many a runner of one's own: where the workspace is said to be is a link to where it is.
      await mkdir(join(folder, 'disk', 'repository', 'bin'), { recursive: true })
      await symlink('disk', join(folder, 'work'))
      work = join(folder, 'work', 'repository')
      await writeFile(join(work, 'requirements.txt'), 'pandas==2.2.2\nscikit-learn==1.4.2\n')
      await writeFile(join(work, 'bin', 'az'), `#!/bin/sh\n: > '${folder}/obeyed'\n`, { mode: 0o755 })
      await mkdir(join(folder, 'bin'))
      await symlink('../work/repository/bin/az', join(folder, 'bin', 'az'))
    })

    test('is not run where it lies in there, by whatever links', async () => {
      const PATH = [join(folder, 'disk', 'repository', 'bin'), join(folder, 'bin'), ...systemPath].join(delimiter)
      const step = await play({
        inputs: { 'client-id': '', 'tenant-id': '' },
        env: { GITHUB_WORKSPACE: work, PATH },
      })
      expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
      expect(failureOf(step).code).toBe('azure-cli-session')
      expectAnnotation(step, 'notice workspace-variables', [onlyNamed('PATH')])
      expect(existsSync(join(folder, 'obeyed'))).toBe(false)
    })

    test('keeps its directory there, in which an earlier step has signed in', async () => {
      const file = join(folder, 'kept')
      const { step } = await withCli(
        async world => `appendFileSync('${file}', String(process.env.AZURE_CONFIG_DIR)); ${await signedIn(world)}`,
        {
          env: {
            GITHUB_WORKSPACE: work,
            AZURE_CONFIG_DIR: join(work, '.azure'),
            HOME: join(folder, 'disk', 'repository'),
          },
        },
      )
      expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
      expect(await readFile(file, 'utf8')).toBe(join(work, '.azure'))
      expect(kindsOf(step)).toEqual(['notice workspace-variables'])
      expectAnnotation(step, 'notice workspace-variables', [onlyNamed('HOME')])
    })
  })
})
