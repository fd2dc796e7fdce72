import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { posix } from '../posix.js'
import { contentOf, gone } from '../requirements/resolver/fake-programs.js'
import { resolutionSaid } from '../requirements/resolver/recorded-tools.js'
import { expectEnd, failureOf, holding, play, type Played, type PlayOptions, wanted } from './harness.js'

const pandas = { 'requirements.txt': 'pandas==2.2.2' }

const plan = ({ inputs, ...options }: PlayOptions): Promise<Played> =>
  play({ event: pullRequest(), ...options, inputs: { mode: 'plan', resolve: 'auto', ...inputs } })
const documentOf = ({ outputs }: Played) => JSON.parse(outputs['plan']!)

/** Part of the names of tests that need the stand-in for uv. */
const noUv = process.platform === 'win32' ? ' (skipped: the stand-in for uv is a shell script)' : ''
const notices = ({ annotations }: Played) => annotations.filter(({ title }) => title === 'not-resolved')

test.each(['plan', 'apply'])('without a tool the run continues, and says so in a notice: %s', async mode => {
  const step = await plan({ files: pandas, inputs: { mode }, env: { PATH: '/nonexistent' } })
  expectEnd(step, { exitCode: 0 })
  expect(notices(step)).toEqual([
    expect.objectContaining({ level: 'notice', message: expect.stringMatching(/\buv 0\.5\b.*\bPython\b/) }),
  ])
})

posix.describe(`the tool${noUv}`, () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'resolving-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

  /** A search path with a uv that is this script. */
  const withUv = async (script: string): Promise<string> => {
    const bin = await mkdtemp(path.join(folder, 'bin-'))
    const version = 'if [ "$1" = --version ]; then echo "uv 0.9.18"; exit; fi'
    await writeFile(path.join(bin, 'uv'), `#!/bin/sh\n${version}\n${script}\n`)
    await chmod(path.join(bin, 'uv'), 0o755)
    return `${bin}:/usr/bin:/bin`
  }

  test('gets no token, no input and nothing else of the job', async () => {
    const PATH = await withUv(
      `env > ${folder}/env; pwd > ${folder}/pwd; echo 'pandas==2.2.2  # via -r requirements.txt'`,
    )
    const step = await plan({ files: pandas, env: { PATH, SECRET: 'x', INPUT_MODE: 'plan' } })
    expectEnd(step, { exitCode: 0 })
    const environment = await readFile(path.join(folder, 'env'), 'utf8')
    expect(environment).toContain('PATH=')
    expect(environment).not.toMatch(/ACTIONS_|GITHUB_|INPUT_|SECRET|eyJ/)
    expect(await readFile(path.join(folder, 'pwd'), 'utf8')).not.toContain('workspace')
  })

  test('is led by nothing of the workspace, and what does not reach it is named', async () => {
    const [work, disk] = [path.join(folder, 'work'), path.join(folder, 'disk')]
    await mkdir(path.join(disk, 'bin'), { recursive: true })
    await symlink(disk, work)
    await writeFile(path.join(work, 'requirements.txt'), pandas['requirements.txt'])
    await writeFile(path.join(work, 'bin', 'uv'), `#!/bin/sh\n: > '${folder}/obeyed'\n`, { mode: 0o755 })
    const PATH = await withUv(`env > ${folder}/led; echo 'pandas==2.2.2  # via -r requirements.txt'`)
    const step = await plan({
      env: {
        PATH: `${disk}/bin:${PATH}`,
        GITHUB_WORKSPACE: work,
        HOME: disk,
        XDG_CONFIG_HOME: `${work}/.config`,
        LD_LIBRARY_PATH: `${disk}/lib`,
        NETRC: `${disk}/.netrc`,
        SSL_CERT_FILE: `${disk}/ca.pem`,
        PYTHONPATH: `${disk}/src`,
        UV_INDEX_URL: `file://${disk}/simple`,
        PIP_EXTRA_INDEX_URL: `https://user:hidden@mirror.example/simple file://${disk}/simple`,
      },
    })
    expectEnd(step, { exitCode: 0 })
    const led = await readFile(path.join(folder, 'led'), 'utf8')
    expect(led).toContain('PIP_EXTRA_INDEX_URL=https://user:hidden@mirror.example/simple\n')
    expect(led).not.toContain(work)
    expect(led).not.toContain(disk)
    expect(await readFile(path.join(folder, 'obeyed'), 'utf8').catch(() => 'not run')).toBe('not run')
    const told = step.annotations.filter(({ title }) => title === 'workspace-variables')
    expect(told.map(({ level }) => level)).toEqual(['notice', 'notice'])
    const named = told.flatMap(({ message }) => message.match(/\b[A-Z]+(?:_[A-Z]+)*\b/g) ?? [])
    expect(named.toSorted()).toEqual([
      'HOME',
      'LD_LIBRARY_PATH',
      'NETRC',
      'PATH',
      'PIP_EXTRA_INDEX_URL',
      'PYTHONPATH',
      'SSL_CERT_FILE',
      'UV_INDEX_URL',
      'XDG_CONFIG_HOME',
    ])
    expect(step.log).not.toContain('hidden')
  })

  test('that hangs is killed when the run is cancelled, and the run ends at once', async () => {
    const PATH = await withUv(`echo $$ > ${folder}/pid; exec sleep 600`)
    let started = false
    const look = setInterval(() => {
      readFile(path.join(folder, 'pid')).then(
        () => (started = true),
        () => undefined,
      )
    }, 20)
    const step = await plan({ files: pandas, env: { PATH }, cancelWhen: () => started })
    clearInterval(look)
    expectEnd(step, { exitCode: 1 })
    expect(failureOf(step).code).toBe('cancelled')
    // Nor did it end for having been asked for too long.
    expect(notices(step)).toEqual([])
    await gone(await contentOf(path.join(folder, 'pid')))
  })

  test('is understood in its own words', async () => {
    const [newest] = Object.keys(resolutionSaid.releases)
      .filter(release => release.startsWith('uv '))
      .toReversed()
    const saidOf = (file: string) => resolutionSaid.answers[file]!.find(({ by }) => by.includes(newest!))!.runs
    const runs = ['App\n', 'core<2', 'nope\nsource-only\ncore'].flatMap(saidOf)
    for (const [index, { requirements, output, errors, code }] of runs.entries()) {
      const said = { requirements, output: output.join('\n'), errors: errors.join('\n'), code: String(code) }
      for (const [name, text] of Object.entries(said)) await writeFile(path.join(folder, `${name}-${index}`), text)
    }
    const PATH = await withUv(
      `for index in ${[...runs.keys()].join(' ')}; do
  cmp -s requirements.txt '${folder}'/requirements-$index || continue
  cat '${folder}'/output-$index; cat '${folder}'/errors-$index >&2; exit $(cat '${folder}'/code-$index)
done`,
    )
    const prepare = holding({ ...wanted, requirementsFileContent: 'core<2' })
    const good = await plan({ files: { 'requirements.txt': 'App' }, prepare, env: { PATH } })
    expectEnd(good, { exitCode: 0 })
    expect(documentOf(good).resolution).toMatchObject({
      tool: 'uv',
      packages: [
        { name: 'app', version: '1.0' },
        { name: 'core', version: '2.0' },
        { name: 'win-only', version: '1.0' },
      ],
      added: [
        { name: 'app', to: '1.0' },
        { name: 'win-only', to: '1.0' },
      ],
      removed: [],
      changed: [{ name: 'core', from: '1.1', to: '2.0' }],
    })
    const bad = await plan({
      files: { 'requirements.txt': 'nope\nsource-only\ncore' },
      prepare: world => void world.settings.packageFiles.set('source-only', ['source_only-1.1.tar.gz']),
      env: { PATH },
    })
    expectEnd(bad, { exitCode: 1 })
    expect(documentOf(bad)).toMatchObject({
      resolution: null,
      findings: expect.arrayContaining([
        expect.objectContaining({ id: 'not-found', severity: 'error', line: 1 }),
        expect.objectContaining({ id: 'no-wheel', severity: 'warning', line: 2 }),
      ]),
    })
  })

  test('cannot have the runner or Markdown obey what it says', async () => {
    const evil =
      'Because gone was not found in the registry and you require gone ::warning::x ##[error]y <img src=x> @dana'
    const PATH = await withUv(
      `printf '%s\\n' '  × No solution found when resolving dependencies:' '::set-output name=x::y' '  ╰─▶ ${evil}' >&2; exit 1`,
    )
    const step = await plan({ files: { 'requirements.txt': 'gone' }, env: { PATH } })
    expectEnd(step, { exitCode: 1 })
    expect(documentOf(step).findings.at(-1)).toMatchObject({ id: 'not-found' })
  })
})
