import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { access, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { resolve } from '../../../src/requirements/resolution/resolve.js'
import type { Resolution, ToolName } from '../../../src/requirements/resolution/resolution.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { type Machine, newMachine } from './fake-programs.js'
import { type PackageIndex, startIndex } from './package-index.js'
import { PROJECTS } from './projects.js'
import { NO_PIP, NO_UV, pipVersion, pythonFirst, uvVersion } from './real-tools.js'

// A tool starts Python, and pip more than once.
const TIME = 60_000

/** pip judges what packages depend on by the machine that it runs on. */
const onWindowsForPip = process.platform === 'win32' ? ' win-only==1.0' : ''
const onLinuxForPip = process.platform === 'linux' ? 'unavailable' : 'linux-extra==1.0'

/** What the requirements end in: packages, or kind, severity and line of each finding. */
const CASES: readonly (readonly [file: string, verdict: Readonly<Record<ToolName, string>>])[] = [
  ['', { uv: '', pip: '' }],
  ['App\n', { uv: 'app==1.0 core==2.0 win-only==1.0', pip: `app==1.0 core==2.0${onWindowsForPip}` }],
  ['app; sys_platform == "linux"\nwin_only; sys_platform == "win32"', { uv: 'win-only==1.0', pip: 'win-only==1.0' }],
  ['--pre\ncore', { uv: 'core==3.0a1', pip: 'core==3.0a1' }],
  ['linux-extra', { uv: 'linux-extra==1.0', pip: onLinuxForPip }],
  ['with-extra[fast]', { uv: 'core==1.1 with-extra==1.0', pip: 'core==1.1 with-extra==1.0' }],
  ['nope', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['\ncore==9', { uv: 'not-found error 2', pip: 'not-found warning 2' }],
  ['core\\\n>=9', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['source-only', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['source-only==3', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['once-wheel>=2', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['linux-only', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['other-python', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['newer-python', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['old-core\n\nnew-core', { uv: 'conflict error 1, conflict error 3', pip: 'conflict warning 1, conflict warning 3' }],
  ['core>=2\nold-core', { uv: 'conflict error 1, conflict error 2', pip: 'conflict warning 1, conflict warning 2' }],
  ['app\nwants-missing', { uv: 'not-found error 2', pip: 'not-found warning 2' }],
  [
    'wants-linux\nwants-source',
    { uv: 'no-wheel warning 1, no-wheel warning 2', pip: 'no-wheel warning 1, no-wheel warning 2' },
  ],
  ['withdrawn==1.1', { uv: 'withdrawn==1.1: yanked warning 1', pip: 'withdrawn==1.1: yanked warning 1' }],
  ['withdrawn>1', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  [
    'app\nwants-withdrawn',
    {
      uv: 'yanked warning 2',
      pip: `app==1.0 core==2.0 wants-withdrawn==1.0${onWindowsForPip} withdrawn==1.1: yanked warning 2`,
    },
  ],
  [
    'nope\nsource-only\ncore',
    { uv: 'not-found error 1, no-wheel warning 2', pip: 'not-found warning 1, no-wheel warning 2' },
  ],
  ['builds-by-url', { uv: 'unavailable', pip: 'unavailable' }],
]

function verdictOf(resolution: Resolution): string {
  if (resolution.outcome === 'unavailable') return 'unavailable'
  const findings = resolution.findings.map(({ id, severity, line }) => `${id} ${severity} ${line}`).join(', ')
  if (resolution.outcome === 'unresolvable') return findings
  const packages = resolution.packages.map(({ name, version }) => `${name}==${version}`).join(' ')
  return findings === '' ? packages : `${packages}: ${findings}`
}

/** Tests of a tool; skipped where it is not there. */
export function testsWithIndex(tool: ToolName): void {
  const [version, missing] = tool === 'uv' ? [uvVersion(), NO_UV] : [pipVersion(), NO_PIP]
  let machine: Machine
  let index: PackageIndex

  const ask = (text: string, environment: Readonly<Record<string, string>> = {}): Promise<Resolution> => {
    const tools = machine.tools({
      PIP_INDEX_URL: index.url,
      UV_INDEX_URL: index.url,
      UV_HTTP_RETRIES: '0',
      ...environment,
    })
    const find = (program: string) =>
      tool === 'pip' && program === 'uv' ? Promise.resolve(undefined) : tools.find(program)
    const { signal } = new AbortController()
    return resolve(requirementsOf(text), { pythonVersion: '3.10.8' }, { ...tools, find }, signal)
  }

  beforeAll(async () => {
    machine = await newMachine(pythonFirst())
    index = await startIndex(PROJECTS, path.join(machine.root, 'index'))
  })

  afterAll(async () => {
    await index.close()
    await machine.remove()
  })

  const run = version === undefined ? test.skip : test
  const why = version === undefined ? ` (skipped: ${missing})` : ''

  run.each(CASES)(
    `%j${why}`,
    async (file, verdict) => {
      const resolution = await ask(file)
      expect(resolution).toEqual(
        verdict[tool] === 'unavailable' ? resolution : { ...resolution, tool, toolVersion: version },
      )
      expect(verdictOf(resolution)).toBe(verdict[tool])
      expect(await machine.left()).toEqual([])
    },
    TIME,
  )

  run(
    `runs nothing of what it is to resolve${why}`,
    async () => {
      await ask('builds-by-url')
      await expect(access(path.join(machine.root, 'executed'))).rejects.toThrow('ENOENT')
    },
    TIME,
  )

  run(
    `looks at nothing in the workspace and writes nothing there${why}`,
    async () => {
      // Whatever of these were read, the project would not be found.
      const elsewhere = 'http://127.0.0.1:9/simple'
      const files: Readonly<Record<string, string>> = {
        'uv.toml': `[[index]]\nurl = "${elsewhere}"\ndefault = true\n`,
        'pyproject.toml': `[tool.uv]\nindex-url = "${elsewhere}"\n`,
        'pip.conf': `[global]\nindex-url = ${elsewhere}\n`,
        'pip.py': 'raise SystemExit(9)\n',
        'requirements.txt': 'nope\n',
      }
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(machine.workspace, name), text)
      // In the temporary directory's own parents too, when a workflow puts that into the workspace.
      const temporary = path.join(machine.workspace, 'temporary')
      await mkdir(temporary, { recursive: true })
      const resolution = await ask('core==1.0', {
        RUNNER_TEMP: temporary,
        PIP_CONFIG_FILE: path.join(machine.workspace, 'pip.conf'),
        UV_CONFIG_FILE: path.join(machine.workspace, 'uv.toml'),
        PYTHONPATH: machine.workspace,
      })
      expect(verdictOf(resolution)).toBe('core==1.0')
      expect((await readdir(machine.workspace)).sort()).toEqual([...Object.keys(files), 'temporary'].sort())
      expect(await readdir(temporary)).toEqual([])
    },
    TIME,
  )

  run.each([401, 403, 404, 500, 503])(
    `an index that answers %s to everything${why}`,
    async status => {
      index.fail(status)
      try {
        const resolution = await ask('core')
        // To an index, 404 is the word for a project that it has not got.
        expect(resolution.outcome).toBe(status === 404 ? 'unresolvable' : 'unavailable')
      } finally {
        index.fail(undefined)
      }
    },
    TIME,
  )

  run.each(['http://127.0.0.1:9/simple', 'https://127.0.0.1:9/simple', 'http://no-such-host.invalid/simple'])(
    `an index that is not there is no answer: %s${why}`,
    async url => {
      expect((await ask('core', { PIP_INDEX_URL: url, UV_INDEX_URL: url })).outcome).toBe('unavailable')
    },
    TIME,
  )

  run(
    `asks the index for nothing but the projects${why}`,
    async () => {
      index.asked.splice(0)
      await ask('app')
      const projects = /^\/(?:simple\/(?:app|core|win-only)\/|files\/(?:app|core|win_only)-[^/]*)$/
      expect(index.asked.filter(asked => !projects.test(asked))).toEqual([])
      expect(index.asked.length).toBeGreaterThan(1)
    },
    TIME,
  )
}
