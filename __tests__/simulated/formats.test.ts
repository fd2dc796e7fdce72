import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { drawnBy } from '../github/drawn.js'
import { uvWith } from './fake-uv.js'
import {
  built,
  expectEnd,
  expectFailure,
  holding,
  kindsOf,
  play,
  type Played,
  type PlayOptions,
  wanted,
} from './harness.js'

const pyproject = `[project]
name = "app"
version = "1"
dependencies = [
  "pandas==2.2.2",
  "uvloop==0.19.0; sys_platform == 'win32'",
]

[project.optional-dependencies]
plot = ["plotly>=5"]

[dependency-groups]
sandbox = ["scikit-learn==1.4.2"]
`

const wheelOf = (name: string, version: string, tags: string) =>
  `wheels = [{ url = "https://files.pythonhosted.org/${name}-${version}-${tags}.whl", hash = "sha256:00", hashes = { sha256 = "00" } }]`
const anywhere = 'py3-none-any'

const pylock = `lock-version = "1.0"
created-by = "a test"
requires-python = ">=3.10"
extras = ["plot"]
dependency-groups = ["sandbox"]

[[packages]]
name = "pandas"
version = "2.2.2"
${wheelOf('pandas', '2.2.2', 'cp310-cp310-win_amd64')}

[[packages]]
name = "uvloop"
version = "0.19.0"
marker = "sys_platform == 'linux'"
${wheelOf('uvloop', '0.19.0', 'cp310-cp310-manylinux_2_17_x86_64')}

[[packages]]
name = "plotly"
version = "5.22.0"
marker = "'plot' in extras"
${wheelOf('plotly', '5.22.0', anywhere)}

[[packages]]
name = "scikit-learn"
version = "1.4.2"
marker = "'sandbox' in dependency_groups"
${wheelOf('scikit_learn', '1.4.2', 'cp310-cp310-win_amd64')}
`

const registry = 'source = { registry = "https://pypi.org/simple" }'
const uvLock = `version = 1
revision = 2
requires-python = ">=3.10"

[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [
    { name = "pandas" },
    { name = "uvloop", marker = "sys_platform == 'linux'" },
]

[package.optional-dependencies]
plot = [{ name = "plotly" }]

[package.dev-dependencies]
sandbox = [{ name = "scikit-learn" }]

[[package]]
name = "pandas"
version = "2.2.2"
${registry}
${wheelOf('pandas', '2.2.2', 'cp310-cp310-win_amd64')}

[[package]]
name = "plotly"
version = "5.22.0"
${registry}
${wheelOf('plotly', '5.22.0', anywhere)}

[[package]]
name = "scikit-learn"
version = "1.4.2"
${registry}
${wheelOf('scikit_learn', '1.4.2', 'cp310-cp310-win_amd64')}

[[package]]
name = "uvloop"
version = "0.19.0"
${registry}
${wheelOf('uvloop', '0.19.0', 'cp310-cp310-manylinux_2_17_x86_64')}
`

/** The text without its marker for another platform, which only a lock file may have. */
const plain = pyproject.replace("sys_platform == 'win32'", "sys_platform == 'win32' and python_version < '3'")

const FILES: Readonly<Record<string, string>> = {
  'app/pyproject.toml': plain.replace(/^ {2}"uvloop.*\n/m, ''),
  'pylock.toml': pylock,
  'locks/pylock.sandbox.toml': pylock,
  'uv.lock': uvLock,
}

const chosen = { 'dependency-groups': 'Sandbox' }

function run(file: string, { inputs, ...options }: PlayOptions = {}): Promise<Played> {
  return play({
    files: { [file]: FILES[file] ?? '' },
    tools: uvWith({}),
    ...options,
    inputs: { 'requirements-file': file, resolve: 'false', ...inputs },
  })
}

const plan = (file: string, { inputs, ...options }: PlayOptions = {}): Promise<Played> =>
  run(file, { event: pullRequest(), ...options, inputs: { mode: 'plan', ...inputs } })

const sent = ({ puts }: Played): unknown =>
  (JSON.parse(puts.at(-1)!.body) as { readonly properties: { readonly requirementsFileContent: string } }).properties
    .requirementsFileContent

describe.each(Object.keys(FILES))('%s', file => {
  test('apply sends what it asks for on the target', async () => {
    const step = await run(file, { inputs: chosen })
    expectEnd(step, built)
    expect(sent(step)).toBe('pandas==2.2.2\nscikit-learn==1.4.2')
    expect(step.annotations).toEqual([])
  })

  test('an image of the same requirements is left alone: three requests, and the same digest', async () => {
    const step = await run(file, { inputs: chosen, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { action: 'none', changed: 'false' } })
    const usual = await play({ prepare: holding(wanted) })
    expect(step.outputs['requirements-sha256']).toBe(usual.outputs['requirements-sha256'])
    expect(step.world.requests).toHaveLength(usual.world.requests.length)
  })

  test('a plan compares it, with an extra', async () => {
    const step = await plan(file, { inputs: { ...chosen, extras: 'plot' }, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update' } })
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject({
      packages: { added: [{ name: 'plotly' }], removed: [], changed: [] },
    })
    const line = FILES[file]!.split('\n').findIndex(each => each.includes('plotly')) + 1
    if (file.endsWith('pyproject.toml')) expect(step.annotations).toMatchObject([{ title: 'unpinned', file, line }])
    else expect(step.annotations).toEqual([])
  })

  test('verify asks a sandbox for them', async () => {
    const verifying = { activate: 'true', verify: 'true', database: 'telemetry' }
    const step = await run(file, { inputs: { ...chosen, ...verifying } })
    expectEnd(step, { exitCode: 0, outputs: { verified: 'true' } })
    const queries = step.world.requests.map(({ body }) => body).filter(body => body.includes('scikit-learn'))
    expect(queries.some(body => body.includes('dynamic('))).toBe(true)
    expect(step.world.requests.some(({ body }) => body.includes('uvloop'))).toBe(false)
  })

  test('what it does not have is an error, and nothing is sent', async () => {
    const step = await run(file, { inputs: { extras: 'nothing', 'dependency-groups': 'none' } })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    expect(kindsOf(step)).toEqual(['error findings', 'error unknown-extra', 'error unknown-dependency-group'])
    expect(step.annotations[1]).toMatchObject({ file, line: expect.any(Number) })
    expect(step.world.requests).toEqual([])
  })

  test('in a plan, too, without a digest and without a comparison', async () => {
    const step = await plan(file, { inputs: { extras: 'nothing' }, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 1 })
    expect(step.outputs['requirements-sha256'] ?? '').toBe('')
    expect(JSON.parse(step.outputs['plan']!)).toMatchObject({ compared: false, findings: [{ id: 'unknown-extra' }] })
  })

  test('that is broken', async () => {
    const step = await run(file, { files: { [file]: `${FILES[file]}[[[` } })
    expectEnd(step, { exitCode: 1 })
    expect(kindsOf(step)).toEqual(['error findings', 'error file-format'])
    const line = FILES[file]!.split('\n').length
    expect(step.annotations[1]).toMatchObject({ title: 'file-format', file, line })
    expect(drawnBy(step.summary).links).toContainEqual(expect.stringContaining(`/${file}#L${line}`))
  })
})

describe('findings are shown where the file asks for the package', () => {
  test.each([
    ['marker-excludes', 'pyproject.toml', pyproject.replace('win32', 'linux'), 6, 20],
    ['unpinned', 'pyproject.toml', pyproject.replace('pandas==2.2.2', 'pandas'), 5, 4],
    ['no-wheel', 'pylock.toml', pylock.replace('cp310-cp310-win', 'cp311-cp311-win'), 8, 9],
    ['other-index', 'uv.lock', uvLock.replace('https://pypi.org/simple', 'https://pkgs.example/simple'), 21, 9],
    ['direct-reference', 'pyproject.toml', pyproject.replace('pandas==2.2.2', 'pandas @ https://h/p.zip'), 5, 4],
    ['requires-python', 'pylock.toml', pylock.replace('>=3.10', '>=3.12'), 3, 20],
    ['direct-reference', 'uv.lock', uvLock.replace(registry, 'source = { editable = "libs/pandas" }'), 21, 9],
  ])('%s in %s', async (title, file, text, line, column) => {
    const step = await plan(file, { files: { [file]: text } })
    expect(step.stdout.toString()).toContain(`title=${title},file=${file},line=${line},col=${column},`)
  })

  test('a package from a path is left out where that is ignored', async () => {
    const text = uvLock.replace(/(name = "uvloop"\nversion.*\n).*/, '$1source = { editable = "libs/uvloop" }')
    const files = { 'uv.lock': text.replace("sys_platform == 'linux'", "sys_platform == 'win32'") }
    expect(kindsOf(await run('uv.lock', { files }))).toEqual(['error findings', 'error direct-reference'])
    const step = await run('uv.lock', { files, inputs: { ...chosen, 'ignore-findings': 'direct-reference' } })
    expectEnd(step, built)
    expect(sent(step)).toBe('pandas==2.2.2\nscikit-learn==1.4.2')
  })

  const otherWheel = pylock.replace('cp310-cp310-win', 'cp311-cp311-win')

  test('an error that leaves nothing out is compared all the same', async () => {
    const step = await plan('pylock.toml', { files: { 'pylock.toml': otherWheel }, prepare: holding(wanted) })
    expectEnd(step, { exitCode: 1, outputs: { action: 'update' } })
    expect(kindsOf(step)).toEqual(['error findings', 'error no-wheel'])
  })

  test('what uv finds once more is shown once', async () => {
    const words = `  × No solution found when resolving dependencies:
  ╰─▶ Because pandas==2.2.2 has no usable wheels and you require pandas==2.2.2, we can conclude that your
      requirements are unsatisfiable.`
    const answers = [
      { code: 0, output: 'uv 0.9.18\n', errors: '' },
      { code: 1, output: '', errors: words },
      { code: 0, output: '', errors: '' },
    ]
    const tools: PlayOptions['tools'] = (...world) => ({
      ...uvWith({})(...world),
      run: () => Promise.resolve(answers.shift()!),
    })
    const text = otherWheel.replace('wheels =', 'sdist = { url = "https://h/pandas-2.2.2.tar.gz" }\nwheels =')
    const files = { 'pylock.toml': text }
    const alone = await plan('pylock.toml', { files })
    const step = await plan('pylock.toml', { files, tools, inputs: { resolve: 'true' } })
    expect(step.log).toContain('uv 0.9.18')
    expect(kindsOf(step).filter(kind => kind.endsWith('no-wheel'))).toEqual(['warning no-wheel'])
    expect(kindsOf(alone)).toEqual(['warning no-wheel'])
  })

  test("what fails in the build is, too, by pip's words", async () => {
    const step = await run('pylock.toml', { world: { unknownPackages: new Set(['pandas']) } })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed' } })
    expect(step.annotations).toContainEqual(expect.objectContaining({ file: 'pylock.toml', line: 8 }))
  })
})

test('without uv, a uv.lock is an error that says how to get it', async () => {
  const step = await run('uv.lock', {
    tools: (...world) => ({ ...uvWith({})(...world), find: () => Promise.resolve(undefined) }),
  })
  expect(kindsOf(step)).toEqual(['error findings', 'error file-format'])
  expect(step.annotations[1]?.message).toMatch(/setup-uv/)
  expect(step.world.requests).toEqual([])
})

test.each(['extras', 'dependency-groups'])('%s are for files that have them', async name => {
  const step = await play({ inputs: { [name]: 'plot' } })
  expectFailure(step, 'inputs', [name])
  expectFailure(await run('pyproject.toml', { inputs: { [name]: '--index-url x' } }), 'inputs', [name])
  expect(step.world.requests).toEqual([])
})

describe('files of other tools', () => {
  const conda = Array.from({ length: 245 }, (_, index) => `package-${index}=1.${index}=py310_0`).join('\n')
  test.each([
    ["conda's list", conda, 1],
    ['an environment of conda', 'name: x\ndependencies:\n  - numpy=1.26\n  - pandas\n', 2],
    ['bullets', '- numpy==1.26.4\n- pandas==2.2.2\n', 1],
    ['the table of pip list', 'Package Version\n------- -------\nnumpy   1.26.4\n', 1],
    ['TOML', pyproject, 1],
    ['JSON', '[{"name": "numpy", "version": "1.26.4"}]', 1],
  ])('%s: one error, and nothing is sent', async (_, text, line) => {
    for (const inputs of [{}, { mode: 'plan' }]) {
      const step = await play({ files: { 'requirements.txt': text }, inputs, prepare: holding(wanted) })
      expectEnd(step, { exitCode: 1 })
      const errors = step.annotations.filter(({ level }) => level === 'error')
      expect(errors).toMatchObject([{ title: 'findings' }, { title: 'file-format', file: 'requirements.txt', line }])
      expect(step.world.requests).toEqual([])
    }
  })

  test('that a requirements file includes', async () => {
    const files = {
      'requirements.txt': 'numpy==1.26.4\n-r environment.yml\n',
      'environment.yml': 'dependencies:\n- x\n',
    }
    const step = await play({ files })
    expect(kindsOf(step)).toEqual(['error findings', 'error file-format'])
    expect(step.annotations[1]).toMatchObject({ file: 'environment.yml', line: 1 })
  })
})

test('a file in UTF-16 is like another one', async () => {
  const text = Buffer.from('\ufeffpandas==2.2.2\r\nscikit-learn==1.4.2\r\n', 'utf16le')
  const step = await play({ files: { 'requirements.txt': text }, prepare: holding(wanted) })
  expectEnd(step, { exitCode: 0, outputs: { action: 'none' } })
})
