import path from 'node:path'
import { expect, test } from '@jest/globals'
import { type Environment, selectEnvironment } from '../../../src/programs/environment.js'
import { toolVariable } from '../../../src/requirements/resolver/node-tools.js'
import { isWithin } from '../../../src/programs/workspace-paths.js'

type Variables = Readonly<Record<string, string>>

/** What a tool gets, and what it does not, where no path leads through a link. */
async function selected(all: Variables, rules: typeof path = path) {
  const workspace = all['GITHUB_WORKSPACE'] ?? rules.resolve('/nowhere')
  const lies = (place: string) => Promise.resolve(isWithin(place, workspace, rules) ? 'inside' : 'outside')
  return selectEnvironment(all, toolVariable, lies as Parameters<typeof selectEnvironment>[2], rules)
}

async function toolEnvironment(all: Variables, rules?: typeof path): Promise<Environment> {
  return (await selected(all, rules)).environment
}

const SECRETS = {
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 's',
  ACTIONS_ID_TOKEN_REQUEST_URL: 's',
  ACTIONS_RUNTIME_TOKEN: 's',
  INPUT_CLIENT_ID: 's',
  'INPUT_GITHUB-TOKEN': 's',
  GITHUB_TOKEN: 's',
  GH_TOKEN: 's',
  AZURE_CLIENT_SECRET: 's',
  ARM_CLIENT_SECRET: 's',
  AWS_SECRET_ACCESS_KEY: 's',
  MY_OWN_SECRET: 's',
}

test('no secret of the step goes to a tool', async () => {
  expect(await toolEnvironment({ ...SECRETS, HOME: '/home/runner' })).toEqual({ HOME: '/home/runner' })
})

test('what decides where Python code comes from does not either', async () => {
  const code = { PYTHONPATH: '/x', PYTHONHOME: '/x', PYTHONSTARTUP: '/x', VIRTUAL_ENV: '/x', LD_PRELOAD: '/x' }
  expect(await toolEnvironment(code)).toEqual({})
})

test('what would make a tool answer another question does not either', async () => {
  const settings = { PIP_REQUIREMENT: 'x', PIP_NO_BINARY: ':all:', PIP_FIND_LINKS: '/x', PIP_TARGET: '/x' }
  expect(await toolEnvironment({ ...settings, UV_CONSTRAINT: 'x', UV_FIND_LINKS: '/x', UV_NO_BINARY: '1' })).toEqual({})
})

test("the runner's index and its way out do", async () => {
  const network = {
    PIP_INDEX_URL: 'https://user:password@mirror/simple',
    UV_DEFAULT_INDEX: 'https://mirror/simple',
    UV_INDEX_MIRROR_PASSWORD: 'x',
    https_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/etc/ssl/corporate.pem',
    REQUESTS_CA_BUNDLE: '/etc/ssl/corporate.pem',
  }
  expect(await toolEnvironment(network)).toEqual(network)
})

test('nothing of the workspace is on the search path or read for settings', async () => {
  const kept = await toolEnvironment(
    {
      GITHUB_WORKSPACE: '/runner/repository',
      PATH: '/usr/bin:/runner/repository/bin:.::bin:/runner/repository:/runner/repository-2/bin:/runner/..x:/runner/repository/../other',
      PIP_CONFIG_FILE: '/runner/repository/pip.conf',
      UV_CONFIG_FILE: 'uv.toml',
    },
    path.posix,
  )
  expect(kept).toEqual({ PATH: '/usr/bin:/runner/repository-2/bin:/runner/..x:/runner/repository/../other' })
  const outside = { PIP_CONFIG_FILE: '/etc/pip.conf', UV_CONFIG_FILE: '/etc/uv.toml' }
  expect(await toolEnvironment({ GITHUB_WORKSPACE: '/runner/repository', ...outside }, path.posix)).toEqual(outside)
})

test('names are what they are on Windows', async () => {
  const environment = {
    GITHUB_WORKSPACE: 'D:\\a\\r',
    Path: 'C:\\Python;d:\\A\\R\\bin;D:\\a\\tools',
    SystemRoot: 'C:\\Windows',
  }
  expect(await toolEnvironment(environment, path.win32)).toEqual({
    PATH: 'C:\\Python;D:\\a\\tools',
    SystemRoot: 'C:\\Windows',
  })
})

test.each<[name: string, value: string, kept: string]>([
  ['PATH', '/usr/bin:/w/bin:/w:bin', '/usr/bin'],
  ['PATH', '/w/bin', ''],
  ['LD_LIBRARY_PATH', '/opt/lib:/w/lib:', '/opt/lib'],
  ['HOME', '/w/home', ''],
  ['XDG_CONFIG_HOME', '/w/config', ''],
  ['XDG_CONFIG_DIRS', '/w/config:/etc/xdg', '/etc/xdg'],
  ['XDG_DATA_HOME', '/w', ''],
  ['PYENV_ROOT', '/w/pyenv', ''],
  ['NETRC', '/w/.netrc', ''],
  ['NETRC', '.netrc', ''],
  ['SSL_CERT_FILE', '/w/ca.pem', ''],
  ['SSL_CERT_DIR', '/w/certificates', ''],
  ['SSL_CLIENT_CERT', '/w/client.pem', ''],
  ['REQUESTS_CA_BUNDLE', '/w/ca.pem', ''],
  ['CURL_CA_BUNDLE', '/w/ca.pem', ''],
  ['UV_CONFIG_FILE', '/w/uv.toml', ''],
  ['UV_PYTHON_INSTALL_DIR', '/w/python', ''],
  ['UV_DEFAULT_INDEX', 'ours=file:///w/index', ''],
  ['UV_INDEX', 'ours=/w/index https://mirror/simple', 'https://mirror/simple'],
  ['UV_INDEX_URL', 'file:/w/index', ''],
  [
    'UV_EXTRA_INDEX_URL',
    'FILE:///srv/../w/index https://user:secret@mirror/simple',
    'https://user:secret@mirror/simple',
  ],
  ['PIP_INDEX_URL', '/w/index', ''],
  ['PIP_EXTRA_INDEX_URL', 'index file:///srv/index', 'file:///srv/index'],
  ['PIP_CERT', '/w/ca.pem', ''],
  ['PIP_CLIENT_CERT', '/w/client.pem', ''],
  ['PIP_CONFIG_FILE', '/w/pip.conf', ''],
  // These no tool gets, wherever they lead; but a user may wonder.
  ['PYTHONPATH', '/usr/lib/ours:/w/src', ''],
  ['PYTHONHOME', '/w', ''],
  ['UV_CACHE_DIR', '/w/.cache', ''],
  ['PIP_FIND_LINKS', '/w/wheels', ''],
])('%s=%s leads into the workspace: a tool does not get it, and it is named', async (name, value, kept) => {
  const { environment, withheld } = await selected({ GITHUB_WORKSPACE: '/w', [name]: value }, path.posix)
  expect(environment).toEqual(kept === '' ? {} : { [name]: kept })
  expect(withheld).toEqual([name])
})

test('what a tool does not get for other reasons is not named', async () => {
  const others = { PYTHONPATH: '/opt', PYTHONDONTWRITEBYTECODE: '1', UV_RESOLUTION: 'lowest', PIP_NO_BINARY: ':all:' }
  const empty = { GITHUB_WORKSPACE: '/w', PATH: ':/usr/bin:', HOME: '', SECRET: '/w/secret', INPUT_FILE: '/w/file' }
  expect(await selected({ ...others, ...empty }, path.posix)).toEqual({
    environment: { PATH: '/usr/bin' },
    withheld: [],
  })
})

test('what is not there at all is left out without a word', async () => {
  const nowhere = () => Promise.resolve('nowhere' as const)
  const all = { HOME: '/gone', PATH: '/gone/bin', NETRC: '/gone/netrc', LANG: 'C' }
  expect(await selectEnvironment(all, toolVariable, nowhere, path.posix)).toEqual({
    environment: { LANG: 'C' },
    withheld: [],
  })
})
