import type { ImageContent } from '../../azure/cluster.js'
import { pullRequest } from '../../github/events.js'
import { exampleReleases } from '../../github/releases.js'
import { imageName, type Scenario } from './scenario.js'

const mistakes = `numpy=1.26.4
statsmodels==0.13.5
--extra-index-url https://packages.contoso.com/simple
-c constraints.txt
uvloop==0.21.0 ; sys_platform == "linux"
tabulate`

/** Lists pull requests that are told what merging them would do. */
export const planScenarios: readonly Scenario[] = [
  {
    name: 'plan',
    shows:
      'A pull request adds a package and takes a newer version of another: what merging it would do, as a comment.',
    event: pullRequest(),
    inputs: { mode: 'plan', comment: 'on-change' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, withOlderProphet(wanted)),
    expects: {
      exitCode: 0,
      outputs: { action: 'update', changed: 'true', state: 'Succeeded' },
      builds: 0,
      log: /Merging this would rebuild image forecasting on cluster adxforecast: 2 packages change \(\d+ with their/,
    },
  },
  {
    name: 'plan-pyproject',
    shows:
      'The packages are those of a pyproject.toml and of one of its dependency groups: findings are shown at its lines.',
    event: pullRequest(),
    inputs: { mode: 'plan', 'requirements-file': 'pyproject.toml', 'dependency-groups': 'sandbox' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    edit: ({ inlined }) => ({ 'pyproject.toml': pyprojectOf(inlined.split('\n')) }),
    expects: {
      exitCode: 0,
      outputs: { action: 'update', changed: 'true' },
      builds: 0,
      log: /not pinned.*lines 9, 15/,
    },
  },
  {
    name: 'plan-no-change',
    shows: 'A pull request changes comments only: merging it would change nothing, and no comment is posted.',
    event: pullRequest(),
    inputs: { mode: 'plan', comment: 'on-change' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    edit: ({ name, files }) => ({ [name]: `${files[name]}\n# Nothing to see here.\n` }),
    expects: { exitCode: 0, outputs: { action: 'none', changed: 'false' }, builds: 0, log: /would change nothing/ },
  },
  {
    name: 'plan-findings',
    shows: 'A pull request with all kinds of mistakes in the file: each gets an annotation at its line.',
    event: pullRequest(),
    inputs: { mode: 'plan', comment: 'true' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    edit: ({ name, files }) => ({ [name]: `${files[name]}\n${mistakes}\n` }),
    expects: {
      exitCode: 1,
      outputs: { action: 'update', changed: 'true' },
      builds: 0,
      log: /would not work: .* 4 errors/,
    },
  },
  {
    name: 'plan-lock',
    shows: 'With lock, every version is pinned before it is compared: versions that the image has stay.',
    event: pullRequest(),
    inputs: { mode: 'plan', lock: 'true' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    expects: { exitCode: 0, outputs: { action: 'update', changed: 'true' }, builds: 0, log: /Locked \d+ packages/ },
  },
  {
    name: 'plan-would-fail',
    shows: 'A pull request names a package that does not exist: uv knows in seconds.',
    event: pullRequest(),
    inputs: { mode: 'plan' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    edit: ({ name, files }) => ({ [name]: `${files[name]}\nscikit-lern==1.4.2\n` }),
    uv: { ...exampleReleases, 'scikit-lern': [] },
    expects: { exitCode: 1, outputs: { action: 'update' }, builds: 0, log: /no package scikit-lern/ },
  },
  {
    name: 'plan-fork',
    shows: "A fork's pull request gets no ID token and may not comment: the file is still checked.",
    event: pullRequest('stranger/forecasting'),
    world: { idTokenPermission: false },
    inputs: { mode: 'plan', comment: 'true' },
    prepare: world => void (world.api.permission = 'read'),
    expects: { exitCode: 0, outputs: { 'image-name': imageName }, builds: 0, log: /pull request from a fork/ },
  },
]

function pyprojectOf(lines: readonly string[]): string {
  const dependencies = lines.map(line => `  ${JSON.stringify(line)},\n`).join('')
  return `[project]
name = "forecasting"
version = "1.0"
requires-python = ">=3.10"
dependencies = [
${dependencies}]

[dependency-groups]
sandbox = ["tabulate"]
`
}

function withOlderProphet({ requirementsFileContent = '', ...content }: ImageContent): ImageContent {
  const lines = requirementsFileContent.replace('prophet==1.1.5', 'prophet==1.1.4').split('\n')
  return { ...content, requirementsFileContent: lines.filter(line => !line.startsWith('statsmodels')).join('\n') }
}
