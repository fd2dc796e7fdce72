import { expect, test } from '@jest/globals'
import type { Environment } from '../../../src/programs/environment.js'
import type { DependencyFile } from '../../../src/requirements/formats/dependency-file.js'
import { exportUvLock } from '../../../src/requirements/formats/export-uv-lock.js'
import { newMachine } from '../resolver/fake-programs.js'
import { UV_LOCKS } from './cases.js'
import { briefly, PYTHON_3_11, textsOf } from './read.js'

const { text } = UV_LOCKS['nothing chosen']!

/** Reads the lock file with a uv that is this shell script, or with none. */
async function read(
  script: string | undefined,
  extras: readonly string[] = [],
  environment: Environment = {},
): Promise<DependencyFile> {
  const machine = await newMachine()
  try {
    if (script !== undefined) await machine.program('uv', script)
    const selection = { extras, dependencyGroups: [] }
    const { signal } = new AbortController()
    return await exportUvLock(text, 'deps/uv.lock', selection, PYTHON_3_11, machine.tools(environment), signal)
  } finally {
    expect(await machine.left()).toEqual([])
    await machine.remove()
  }
}

test('uv runs in a directory with the lock file alone, and reaches no index', async () => {
  const script = `
    [ "$(ls | tr '\\n' ' ')" = 'pyproject.toml uv.lock ' ] || exit 3
    [ "$1 $UV_OFFLINE $UV_PYTHON_DOWNLOADS" = 'export 1 never' ] || exit 4
    [ -z "$UV_CONFIG_FILE$UV_DEFAULT_INDEX" ] || exit 6
    grep -q 'name = "demo-app"' pyproject.toml || exit 5
    echo "six==1.17.0 ; sys_platform == 'win32'"
    echo '    # via demo-app'`
  const file = await read(script, [], { UV_CONFIG_FILE: '/etc/uv.toml', UV_DEFAULT_INDEX: 'https://h/' })
  expect({ lines: textsOf(file), problems: file.problems }).toEqual({ lines: ['six==1.17.0'], problems: [] })
  expect(file.lines[0]?.origin.file).toBe('deps/uv.lock')
})

test.each([
  ['no uv', undefined, 'setup-uv'],
  ['a uv that is too old', `echo "error: unexpected argument '--no-default-groups' found" >&2; exit 2`, '0.5.23'],
  ['a uv that fails', 'echo "error: x" >&2; exit 2', 'uv lock'],
])('%s', async (_, script, remedy) => {
  const file = await read(script)
  expect({ lines: file.lines, problems: file.problems.map(briefly) }).toEqual({
    lines: [],
    problems: ['error file-format 1'],
  })
  expect(file.problems[0]?.remedy).toContain(remedy)
})

test('uv is not asked for what the lock file has not', async () => {
  expect((await read('exit 9', ['nothing'])).problems.map(briefly)).toEqual(['error unknown-extra 18'])
})
