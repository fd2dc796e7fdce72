import { expect, test } from '@jest/globals'
import { exampleReleases } from '../../emulator/github/releases.js'
import { posix } from '../posix.js'
import { built, expectEnd, kindsOf, play, type Played } from './harness.js'

const uv = exampleReleases

const sent = ({ puts }: Played): unknown =>
  (JSON.parse(puts.at(-1)!.body) as { readonly properties: { readonly requirementsFileContent: string } }).properties
    .requirementsFileContent

const pyproject = `[project]
name = "app"
version = "1"
dependencies = ["pandas==2.3.3"]

[dependency-groups]
sandbox = ["statsmodels==0.14.2", "holidays"]

[tool.uv]
index-url = "https://evil.example/simple"
`

const lockedAt = (name: string, version: string) => `
[[package]]
name = "${name}"
version = "${version}"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files.pythonhosted.org/${name}-${version}-py3-none-any.whl", hash = "sha256:00" }]
`
const lock = `version = 1
requires-python = ">=3.10"

[[package]]
name = "app"
version = "1"
source = { virtual = "." }
dependencies = [{ name = "pandas" }, { name = "uvloop", marker = "sys_platform != 'win32'" }]

[package.dev-dependencies]
sandbox = [{ name = "holidays" }]
${lockedAt('pandas', '2.3.3')}${lockedAt('holidays', '0.59')}${lockedAt('uvloop', '0.19.0')}`

test('a pyproject.toml is built, and what is not pinned is shown at its line', async () => {
  const inputs = { 'requirements-file': 'app/pyproject.toml', 'dependency-groups': 'sandbox' }
  const step = await play({ files: { 'app/pyproject.toml': pyproject }, inputs })
  expectEnd(step, built)
  expect(sent(step)).toBe('pandas==2.3.3\nstatsmodels==0.14.2\nholidays')
  expect(step.stdout.toString()).toContain('title=unpinned,file=app/pyproject.toml,line=7,col=36,endColumn=44::')
})

posix.test('a uv.lock is built as uv exports it, whatever pyproject.toml is beside it', async () => {
  const inputs = { 'requirements-file': 'uv.lock', 'dependency-groups': 'sandbox', resolve: 'true' }
  const step = await play({ uv, files: { 'uv.lock': lock, 'pyproject.toml': pyproject }, inputs })
  expectEnd(step, built)
  expect(sent(step)).toBe('holidays==0.59\npandas==2.3.3')
  expect(step.annotations).toEqual([])
})

test('without uv, a uv.lock is an error that says so, and nothing is sent', async () => {
  const step = await play({ files: { 'uv.lock': lock }, inputs: { 'requirements-file': 'uv.lock' } })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
  expect(kindsOf(step)).toEqual(['error findings', 'error file-format'])
  expect(step.world.requests).toEqual([])
})
