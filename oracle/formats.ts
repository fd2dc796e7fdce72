import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ENCODINGS, type FormatCase, GROUPS, PYLOCKS, UV_LOCKS } from '../__tests__/requirements/formats/cases.js'
import type { FormatsSaid, Said } from '../__tests__/requirements/formats/formats-said.js'
import { uvExportOf } from '../src/requirements/formats/uv-export.js'
import { readUvLock } from '../src/requirements/formats/uv-lock.js'
import { pythonTargetOf } from '../src/requirements/evaluate/python-target.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { packagingRelease, pipReleases, uvReleases } from './releases.js'

/** The oldest whose `uv export` knows the options. */
const OLDEST_EXPORT = '0.5.23'

const PROGRAM = String.raw`
import json, sys, tomllib
from packaging.dependency_groups import resolve_dependency_groups
from packaging.pylock import Pylock
from packaging.tags import compatible_tags, cpython_tags

asked = json.load(sys.stdin)
version = (3, 11)
tags = [*cpython_tags(version, platforms=['win_amd64']), *compatible_tags(version, 'cp311', ['win_amd64'])]

def said(read, *question):
    try:
        return read(*question)
    except Exception as error:
        return {'error': f'{type(error).__name__}: {error}'}

def pylock(text, extras, groups):
    lock = Pylock.from_dict(tomllib.loads(text))
    lock.validate()
    return [f'{package.name}=={package.version}' for package, _ in
            lock.select(environment=asked['environment'], tags=tags, extras=extras, dependency_groups=groups or None)]

def groups(text, extras, groups):
    return list(resolve_dependency_groups(tomllib.loads(text)['dependency-groups'], *groups))

json.dump({
    'pylock': {title: said(pylock, *case) for title, case in asked['pylock'].items()},
    'groups': {title: said(groups, *case) for title, case in asked['groups'].items()},
}, sys.stdout)
`

const DECODE = String.raw`
import json, sys
from pip._internal.req.req_file import _decode_req_file

def said(data):
    try:
        return _decode_req_file(bytes(data), 'requirements.txt').splitlines()
    except Exception as error:
        return {'error': type(error).__name__}

json.dump({title: said(data) for title, data in json.load(sys.stdin).items()}, sys.stdout)
`

/** What CPython 3.11.7 on Windows says of itself. */
const ENVIRONMENT = {
  implementation_name: 'cpython',
  implementation_version: '3.11.7',
  os_name: 'nt',
  platform_machine: 'AMD64',
  platform_release: '10',
  platform_system: 'Windows',
  platform_version: '10.0.20348',
  python_full_version: '3.11.7',
  platform_python_implementation: 'CPython',
  python_version: '3.11',
  sys_platform: 'win32',
}

/** What `packaging`, pip and uv read in files of other formats than pip's own. */
export const formats: Recording = {
  name: 'formats',
  ask: async (): Promise<FormatsSaid> => {
    const question = { environment: ENVIRONMENT, pylock: asked(PYLOCKS), groups: asked(GROUPS) }
    const [pip, newest] = [pipReleases.at(-1)!, uvReleases.at(-1)!]
    const packaging = askPython(environmentWith(`packaging==${packagingRelease}`), PROGRAM, question)
    const encodings = askPython(environmentWith(`pip==${pip}`), DECODE, ENCODINGS)
    return {
      said: `packaging ${packagingRelease}, pip ${pip}, uv ${OLDEST_EXPORT} and ${newest}`,
      ...(packaging as Pick<FormatsSaid, 'pylock' | 'groups'>),
      encodings: encodings as FormatsSaid['encodings'],
      uvExport: { [OLDEST_EXPORT]: await exported(OLDEST_EXPORT), [newest]: await exported(newest) },
    }
  },
}

function asked(cases: Readonly<Record<string, FormatCase>>): unknown {
  return Object.fromEntries(
    Object.entries(cases).map(([title, each]) => [title, [each.text, each.extras, each.groups]]),
  )
}

/** What `uv export` prints where no Python is to be found and no index to be reached. */
async function exported(release: string): Promise<Readonly<Record<string, Said>>> {
  const uv = path.join(environmentWith(`uv==${release}`).programs, 'uv')
  const answers: Record<string, Said> = {}
  for (const [title, { text, extras, groups }] of Object.entries(UV_LOCKS)) {
    const selection = { extras, dependencyGroups: groups }
    const { lock, problems } = readUvLock(text, 'uv.lock', selection, pythonTargetOf(undefined))
    if (lock === undefined) throw new Error(problems[0]?.problem)
    const directory = mkdtempSync(path.join(tmpdir(), 'oracle-'))
    try {
      const { args, files } = uvExportOf(lock, selection)
      for (const [name, content] of Object.entries(files)) writeFileSync(path.join(directory, name), content)
      const env = { HOME: directory, PATH: directory, UV_OFFLINE: '1', NO_COLOR: '1' }
      const { status, stdout, stderr } = spawnSync(uv, args, { cwd: directory, env, encoding: 'utf8' })
      answers[title] =
        status === 0 ? stdout.trimEnd().split('\n') : { error: stderr.replaceAll(directory, '/directory') }
    } finally {
      rmSync(directory, { recursive: true })
    }
  }
  return answers
}
