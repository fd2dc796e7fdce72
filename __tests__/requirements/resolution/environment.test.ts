import path from 'node:path'
import { expect, test } from '@jest/globals'
import { toolEnvironment } from '../../../src/requirements/resolution/environment.js'

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

test('no secret of the step goes to a tool', () => {
  expect(toolEnvironment({ ...SECRETS, HOME: '/home/runner' })).toEqual({ HOME: '/home/runner' })
})

test('what decides where Python code comes from does not either', () => {
  const code = { PYTHONPATH: '/x', PYTHONHOME: '/x', PYTHONSTARTUP: '/x', VIRTUAL_ENV: '/x', LD_PRELOAD: '/x' }
  expect(toolEnvironment(code)).toEqual({})
})

test('what would make a tool answer another question does not either', () => {
  const settings = { PIP_REQUIREMENT: 'x', PIP_NO_BINARY: ':all:', PIP_FIND_LINKS: '/x', PIP_TARGET: '/x' }
  expect(toolEnvironment({ ...settings, UV_CONSTRAINT: 'x', UV_FIND_LINKS: '/x', UV_NO_BINARY: '1' })).toEqual({})
})

test("the runner's index and its way out do", () => {
  const network = {
    PIP_INDEX_URL: 'https://user:password@mirror/simple',
    UV_DEFAULT_INDEX: 'https://mirror/simple',
    UV_INDEX_MIRROR_PASSWORD: 'x',
    https_proxy: 'http://proxy:3128',
    NO_PROXY: 'localhost',
    SSL_CERT_FILE: '/etc/ssl/corporate.pem',
    REQUESTS_CA_BUNDLE: '/etc/ssl/corporate.pem',
  }
  expect(toolEnvironment(network)).toEqual(network)
})

test('nothing of the workspace is on the search path or read for settings', () => {
  const kept = toolEnvironment(
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
  expect(toolEnvironment({ GITHUB_WORKSPACE: '/runner/repository', ...outside }, path.posix)).toEqual(outside)
})

test('names are what they are on Windows', () => {
  const environment = {
    GITHUB_WORKSPACE: 'D:\\a\\r',
    Path: 'C:\\Python;d:\\A\\R\\bin;D:\\a\\tools',
    SystemRoot: 'C:\\Windows',
  }
  expect(toolEnvironment(environment, path.win32)).toEqual({
    PATH: 'C:\\Python;D:\\a\\tools',
    SystemRoot: 'C:\\Windows',
  })
})
