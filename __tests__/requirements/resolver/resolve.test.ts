import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import type { Clock } from '../../../src/clock.js'
import { resolveWithTools } from '../../../src/requirements/resolver/resolve.js'
import type { ManagedImageContents } from '../../../src/requirements/managed-images/managed-image.js'
import type { Base, Resolution } from '../../../src/requirements/resolver/resolution.js'
import type { Tools } from '../../../src/requirements/resolver/resolver.js'
import { readRequirements, requirementsOf } from '../../../src/requirements/requirements.js'
import { memoryFiles } from '../memory-files.js'
import { until } from '../../until.js'
import type { ProjectListing } from '../../../src/requirements/index-facts/read-index.js'
import { posix } from '../../posix.js'
import { contentOf, gone, type Machine, newMachine, unknownIndex } from './fake-programs.js'

const UV_VERSION = 'if [ "$1" = --version ]; then echo "uv 0.9.18 (abc 2025-12-01)"; exit; fi'
/** A Python whose only module is pip: its arguments are -c and the guard. */
const PIP_VERSION = 'shift 2; if [ "$1" = --version ]; then echo "pip 25.3 from /x (python 3.11)"; exit; fi'
const NEVER = { now: () => 0, sleep: () => new Promise<never>(() => undefined) }

let machine: Machine

beforeEach(async () => {
  machine = await newMachine()
  // Before those of the machine, which may be anything.
  for (const name of ['uv', 'python3', 'python']) await machine.program(name, 'exit 127')
})

afterEach(async () => {
  expect(await machine.left()).toEqual([])
  await machine.remove()
})

function tools(clock: Pick<Clock, 'now' | 'sleep'> = NEVER): Tools {
  return { ...machine.tools({ ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'secret' }), clock }
}

function resolved(text: string, signal = new AbortController().signal): Promise<Resolution> {
  return resolveWithTools(requirementsOf(text), { pythonVersion: '3.10.8' }, tools(), signal)
}

posix.describe('with programs of the test on the search path (skipped on Windows, for they are shell scripts)', () => {
  test('no tool there, or none that is new enough, is no answer', async () => {
    const why = 'there is neither uv 0.5 or newer nor a Python with pip 23 or newer'
    const none = { ...tools(), find: () => Promise.resolve(undefined) }
    const { signal } = new AbortController()
    const resolution = await resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8' }, none, signal)
    expect(resolution).toEqual({ outcome: 'unavailable', why })
    expect(await resolved('a')).toEqual({ outcome: 'unavailable', why })
    await machine.program('uv', 'echo "uv 0.4.30"')
    await machine.program('python3', 'echo "pip 22.3.1 from /x (python 3.11)"')
    expect(await resolved('a')).toEqual({ outcome: 'unavailable', why })
  })

  test('uv is asked first, and told the target', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}\necho "$*" > ${machine.root}/asked; env > ${machine.root}/env; cp requirements.txt ${machine.root}; echo 'b==2  # via a'; echo 'a==1  # via -r requirements.txt'`,
    )
    await machine.program('python3', `${PIP_VERSION}; exit 9`)
    expect(await resolved('a # comment')).toEqual({
      outcome: 'resolved',
      tool: 'uv',
      toolVersion: '0.9.18',
      packages: [
        { name: 'a', version: '1' },
        { name: 'b', version: '2' },
      ],
      lines: new Map([
        ['a', 1],
        ['b', 1],
      ]),
      findings: [],
      caveats: [],
    })
    expect(await readFile(`${machine.root}/asked`, 'utf8')).toBe(
      'pip compile requirements.txt --python-platform x86_64-pc-windows-msvc --python-version 3.10.8 ' +
        '--only-binary :all: --no-header --annotation-style line --color never ' +
        `--python ${machine.root}/programs/python3\n`,
    )
    expect(await readFile(`${machine.root}/requirements.txt`, 'utf8')).toBe('a\n')
    const environment = await readFile(`${machine.root}/env`, 'utf8')
    expect(environment).toContain('UV_PYTHON_DOWNLOADS=never')
    expect(environment).not.toMatch(/secret|GITHUB_/)
  })

  test('uv is left to find a Python itself where the first one is none', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}
case "$*" in *--python\\ *) echo "error: Failed to inspect Python interpreter from provided path at x" >&2; exit 2;; esac
echo 'a==1  # via -r requirements.txt'`,
    )
    expect(await resolved('a')).toMatchObject({ outcome: 'resolved', packages: [{ name: 'a', version: '1' }] })
  })

  test('without uv, pip is asked, and what it says fails nothing', async () => {
    const said = 'ERROR: Cannot install a==1 and a==2 because these package versions have conflicting dependencies.'
    await machine.program('python', `${PIP_VERSION}; echo "${said}" >&2; exit 1`)
    expect(await resolved('a==1\na==2')).toMatchObject({
      outcome: 'unresolvable',
      tool: 'pip',
      toolVersion: '25.3',
      findings: [
        { id: 'conflict', severity: 'warning', line: 1 },
        { id: 'conflict', severity: 'warning', line: 2 },
      ],
    })
  })

  test('after ten errors, or a conflict, there may be more; a resolution has found all', async () => {
    const say = (cause: string) => `echo "No solution found when resolving dependencies:\n  ${cause}." >&2; exit 1`
    const first = `name=$(head -n 1 requirements.txt | tr -d '\\n'); test -z "$name" && name=$(grep -m 1 . requirements.txt)`
    await machine.program(
      'uv',
      `${UV_VERSION}\n${first}\ntest -z "$name" && exit 0\n${say('Because $name was not found in the package registry and you require $name')}`,
    )
    const caveats = async (count: number) => {
      const resolution = await resolved(Array.from({ length: count }, (_, index) => `p${index}`).join('\n'))
      return resolution.outcome === 'unresolvable' ? [resolution.findings.length, resolution.caveats.length] : []
    }
    expect(await caveats(2)).toEqual([2, 0])
    expect(await caveats(12)).toEqual([10, 1])
    await machine.program('uv', `${UV_VERSION}\n${say('Because you require a==1 and a==2')}`)
    expect(await resolved('a==1\na==2')).toMatchObject({ findings: [{}, {}], caveats: [expect.any(String)] })
  })

  test('an index that nobody asks makes the answer a doubtful one', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}\necho "No solution found when resolving dependencies:\n Because you require a==1 and a==2." >&2; exit 1`,
    )
    const resolution = await resolved('-i https://host/simple\na==1\na==2')
    expect(resolution).toMatchObject({
      outcome: 'unresolvable',
      findings: [{ severity: 'warning' }, { severity: 'warning' }],
      caveats: [expect.stringMatching(/line 1\b/), expect.any(String)],
    })
  })

  test('uv is asked again without the lines that are wrong, and all are told in their order', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}
end="and you require"
if grep -q two requirements.txt; then echo "No solution found when resolving dependencies:
  Because two was not found in the package registry and you require two, we can conclude that x." >&2; exit 1; fi
if grep -q one requirements.txt; then echo "No solution found when resolving dependencies:
  Because all versions of one have no usable wheels and you require one, we can conclude that x." >&2; exit 1; fi
echo 'three==1 # via -r requirements.txt'
echo 'warning: \`three==1\` is yanked' >&2`,
    )
    const source = { version: '1', wheelTags: undefined, requiresPython: undefined, yanked: undefined }
    const listings: Readonly<Record<string, ProjectListing>> = { one: { kind: 'files', files: [source] } }
    const files = memoryFiles({ 'requirements.txt': 'one\n-r more.txt\n', 'more.txt': '# more\ntwo>=1\nthree\n' })
    const requirements = await readRequirements('requirements.txt', files)
    const resolution = await resolveWithTools(
      requirements,
      { pythonVersion: '3.10.8' },
      { ...tools(), indexReader: () => project => Promise.resolve(listings[project] ?? { kind: 'no-project' }) },
      new AbortController().signal,
    )
    expect(resolution).toMatchObject({
      outcome: 'unresolvable',
      findings: [
        { id: 'no-wheel', severity: 'warning', file: 'requirements.txt', line: 1, column: 1, endColumn: 4 },
        { id: 'not-found', severity: 'error', file: 'more.txt', line: 2, column: 1, endColumn: 7 },
        { id: 'yanked', severity: 'warning', file: 'more.txt', line: 3, column: 1, endColumn: 6 },
      ],
      caveats: ['The other lines were checked without line 1, so conflicts with it would not have been found.'],
    })
  })

  test('what no line of the file can be blamed for is said of the file', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}\necho 'No solution found when resolving dependencies:\nBecause x was not found in the registry.' >&2; exit 1`,
    )
    const requirements = await readRequirements('requirements.txt', memoryFiles({ 'requirements.txt': 'first' }))
    expect(
      await resolveWithTools(requirements, { pythonVersion: '3.10.8' }, tools(), new AbortController().signal),
    ).toMatchObject({
      findings: [{ id: 'not-found', file: 'requirements.txt', line: 1, column: 1, endColumn: 1 }],
    })
  })

  describe('on a base image', () => {
    const managed: ManagedImageContents = {
      name: 'Python3_10_8',
      packages: new Map(Object.entries({ a: '1', kept: '1', other: '1', vague: '1' })),
      requiresOf: name => (name === 'other' ? ['b<2', 'a<2'] : name === 'vague' ? undefined : []),
    }
    /** uv, which takes what it is given to keep, and else version 2. */
    const uv = `${UV_VERSION}
case "$*" in *"--output-file held.txt"*) cat held.txt >> MACHINE/held; held=held.txt;; *) held=/dev/null;; esac
if grep -q kept requirements.txt; then echo "No solution found when resolving dependencies:
  Because all versions of kept have no usable wheels and you require kept." >&2; exit 1; fi
for name in $(sed 's/[>=].*//' requirements.txt); do
  found=$(grep "^$name==" $held || echo "$name==2"); test $name = a && grep -q 'a>=2' requirements.txt && found=a==2
  echo "$found  # via -r requirements.txt"; test $name = top && echo 'a==2  # via top'
done; true`
    const upon = async (text: string, base: Base | undefined) => {
      await machine.program('uv', uv.replaceAll('MACHINE', machine.root))
      const { signal } = new AbortController()
      const resolution = await resolveWithTools(
        requirementsOf(text),
        { pythonVersion: '3.10.8', base },
        tools(),
        signal,
      )
      if (resolution.outcome !== 'resolved') throw new Error(JSON.stringify(resolution))
      const packages = resolution.packages.map(({ name, version, origin = '?' }) => `${name} ${version} ${origin}`)
      const findings = resolution.findings.map(({ id, severity, line, problem }) => ({ id, severity, line, problem }))
      return { packages, findings, caveats: resolution.caveats }
    }
    const base = { name: 'Python3_10_8', managed, layers: [] }

    test('what it holds is kept, replaced or added to', async () => {
      expect(await upon('a\nnew', base)).toEqual({
        packages: ['a 1 base', 'new 2 installed'],
        findings: [],
        caveats: [],
      })
      expect(await readFile(`${machine.root}/held`, 'utf8')).toBe('a==1\nkept==1\nother==1\nvague==1\n')
    })

    test('a line that it satisfies needs no wheel', async () => {
      expect(await upon('kept\na', base)).toMatchObject({ packages: ['a 1 base', 'kept 1 base'], findings: [] })
    })

    test('a dependency that it satisfies, and no index has, is nothing to warn of', async () => {
      const cause = `Because all versions of kept have no usable wheels and top depends on kept, we can conclude that all versions of top cannot be used.
And because you require top, we can conclude that your requirements are unsatisfiable.`
      await machine.program(
        'uv',
        `${UV_VERSION}\necho "  × No solution found when resolving dependencies:\n  ╰─▶ ${cause}" >&2; exit 1`,
      )
      const { signal } = new AbortController()
      const on = (of: Base | undefined) =>
        resolveWithTools(requirementsOf('top'), { pythonVersion: '3.10.8', base: of }, tools(), signal)
      expect(await on(base)).toEqual({ outcome: 'unavailable', why: expect.stringContaining('Python3_10_8') })
      expect(await on(undefined)).toMatchObject({ outcome: 'unresolvable' })
    })

    test('what breaks there is found at the line that leads to it, and what is not known is named', async () => {
      for (const [text, line] of [
        ['new\na>=2', 2],
        ['new\n\ntop', 3],
      ] as const) {
        const { packages, findings, caveats } = await upon(text, base)
        expect(packages).toContain('a 2 replaced')
        expect(findings).toEqual([{ id: 'base-conflict', severity: 'warning', line, problem: expect.any(String) }])
        const facts = ['a 2', 'a 1', 'Python3_10_8', 'other 1', 'a<2', ...(line === 3 ? ['top needs'] : [])]
        for (const fact of facts) expect(findings[0]!.problem).toContain(fact)
        expect(caveats).toEqual([expect.stringMatching(/\bvague\b/)])
      }
    })

    test('the requirements of a custom image are held, too', async () => {
      const layers = [requirementsOf('a>=2'), requirementsOf('new')]
      expect(await upon('a\nnew\nlast', { ...base, name: 'ours', layers })).toMatchObject({
        packages: ['a 2 base', 'last 2 installed', 'new 2 base'],
        findings: [],
      })
    })

    test('on Python alone all is installed, and of an unknown base nothing is said', async () => {
      expect(await upon('a', { name: 'Python 3.10.8', managed: undefined, layers: [] })).toMatchObject({
        packages: ['a 2 installed'],
      })
      expect(await upon('a', undefined)).toMatchObject({ packages: ['a 2 ?'], caveats: [] })
      const layers = [requirementsOf('./local')]
      expect(await upon('a', { ...base, layers })).toMatchObject({ packages: ['a 2 ?'], caveats: [expect.any(String)] })
    })

    test('pip is told nothing of it, and the report says so', async () => {
      const report = '{"version":"1","install":[{"requested":true,"metadata":{"name":"a","version":"2"}}]}'
      await machine.program('python3', `${PIP_VERSION}; echo '${report}' > report.json`)
      const { signal } = new AbortController()
      expect(
        await resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8', base }, tools(), signal),
      ).toMatchObject({
        tool: 'pip',
        packages: [{ name: 'a', version: '2' }],
        caveats: [expect.stringContaining('Python3_10_8')],
      })
    })
  })

  describe('what is installed now is resolved in the same way, and compared', () => {
    const uv = `${UV_VERSION}
echo "$*" >> MACHINE/asked
grep -q hangs requirements.txt && sleep 600
grep -q nope requirements.txt && exit 2
sed 's/$/  # via -r requirements.txt/' requirements.txt; echo 'core==1  # via a'`
    const against = async (
      former: string,
      pythonVersion: string | undefined,
      clock: Pick<Clock, 'now' | 'sleep'> = NEVER,
    ) => {
      await machine.program('uv', uv.replace('MACHINE', machine.root))
      const { signal } = new AbortController()
      const target = { pythonVersion: '3.10.8' }
      const present = { requirements: requirementsOf(former), pythonVersion }
      const resolution = await resolveWithTools(requirementsOf('a==2\nb==1'), target, tools(clock), signal, present)
      return resolution.outcome === 'resolved' ? resolution.changes : resolution
    }
    const all = {
      added: [
        { name: 'a', to: '2' },
        { name: 'b', to: '1' },
        { name: 'core', to: '1' },
      ],
      removed: [],
      changed: [],
    }

    test('for the Python that it was built on', async () => {
      expect(await against('a==1\nc==1', '3.9.7')).toEqual({
        added: [{ name: 'b', to: '1' }],
        removed: [{ name: 'c', from: '1' }],
        changed: [{ name: 'a', from: '1', to: '2' }],
      })
      const asked = await readFile(`${machine.root}/asked`, 'utf8')
      expect([...asked.matchAll(/--python-version (\S+)/g)].map(match => match[1])).toEqual(['3.10.8', '3.9.7'])
    })

    test('nothing at all needs no asking', async () => {
      expect(await against('# nothing', undefined)).toEqual(all)
      expect((await readFile(`${machine.root}/asked`, 'utf8')).trim().split('\n')).toHaveLength(1)
    })

    test.each([
      ['an unknown Python', 'a==1', undefined],
      ['what no tool is given', 'a @ https://host/a.zip', '3.10.8'],
      ['what cannot be resolved', 'nope==1', '3.10.8'],
    ])('%s leaves the changes open', async (_, former, pythonVersion) => {
      expect(await against(former, pythonVersion)).toBeUndefined()
    })

    test('so does a tool that hangs over it', async () => {
      const asked = () => readFile(`${machine.root}/asked`, 'utf8').catch(() => '')
      const twice = () => until(async () => (await asked()).split('\n').length > 2)
      expect(await against('hangs==1', '3.10.8', { ...NEVER, sleep: twice })).toBeUndefined()
    })
  })

  test.each([
    ['exit 0 with garbage', 'echo "Hello"', /^uv ended with code 0$/],
    [
      'an unknown failure',
      'echo "warning: w" >&2; echo "error: the disk is on fire" >&2; exit 2',
      /^uv ended with code 2: error: the disk is on fire$/,
    ],
    ['a failure without words', 'exit 101', /^uv ended with code 101$/],
    ['a crash', 'kill -SEGV $$', /^uv did not run to its end/],
    ['a flood', 'yes', /^uv did not run to its end: it wrote more than/],
    ['bytes', 'head -c 100000 /dev/urandom', /^uv ended with code 0$/],
    [
      'a password',
      'echo "error: https://user:password@host/simple failed" >&2; exit 2',
      /: error: https:\/\/\*{3}@host\/simple failed$/,
    ],
  ])('%s is no answer', async (_, script, why) => {
    await machine.program('uv', `${UV_VERSION}\n${script}`)
    expect(await resolved('a')).toEqual({ outcome: 'unavailable', why: expect.stringMatching(why) as unknown })
  })

  test('a tool that hangs is killed with its children at the time limit', async () => {
    await machine.program('uv', `${UV_VERSION}\nsleep 600 & echo $! > ${machine.root}/child; wait`)
    let asked = 0
    const clock = {
      now: () => 0,
      sleep: async (ms: number) => {
        asked = ms
        await contentOf(`${machine.root}/child`)
      },
    }
    const { signal } = new AbortController()
    expect(await resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8' }, tools(clock), signal)).toEqual({
      outcome: 'unavailable',
      why: 'there was no answer within 60 s',
    })
    expect(asked).toBe(60_000)
    await gone(await contentOf(`${machine.root}/child`))
  })

  test('a tool that hangs while it tells its version is killed too', async () => {
    await machine.program('uv', `echo $$ > ${machine.root}/self; sleep 600`)
    const controller = new AbortController()
    const running = resolved('a', controller.signal)
    const self = await contentOf(`${machine.root}/self`)
    controller.abort(new Error('cancelled'))
    await expect(running).rejects.toThrow('cancelled')
    await gone(self)
  })

  test('what was learnt before the time limit is told', async () => {
    await machine.program(
      'uv',
      `${UV_VERSION}
if grep -q one requirements.txt; then echo "No solution found when resolving dependencies:
  Because one was not found in the package registry and you require one, we can conclude that x." >&2; exit 1; fi
echo $$ > ${machine.root}/second; sleep 600`,
    )
    const clock = {
      now: () => 0,
      sleep: async () => {
        await contentOf(`${machine.root}/second`)
      },
    }
    const { signal } = new AbortController()
    expect(
      await resolveWithTools(requirementsOf('one\ntwo'), { pythonVersion: '3.10.8' }, tools(clock), signal),
    ).toMatchObject({
      outcome: 'unresolvable',
      findings: [{ id: 'not-found', line: 1 }],
    })
  })
})

describe('nothing is run', () => {
  const untouched: Tools = {
    clock: NEVER,
    environment: () => Promise.resolve({}),
    indexReader: unknownIndex,
    find: () => Promise.reject(new Error('looked for a program')),
    run: () => Promise.reject(new Error('ran a program')),
    withDirectory: () => Promise.reject(new Error('made a directory')),
  }
  const { signal } = new AbortController()

  test.each(['-r x', 'a\n-f https://host/', 'a @ https://host/a.zip', '-e .', 'a===${TOKEN}', '==', '\0'])(
    'for %j',
    async text => {
      const resolution = await resolveWithTools(requirementsOf(text), { pythonVersion: '3.10.8' }, untouched, signal)
      expect(resolution).toMatchObject({
        outcome: 'unavailable',
        why: expect.stringMatching(/\bline \d+ /) as unknown,
      })
    },
  )

  test.each([undefined, '', '3', '3.10.8; x', '--help', '3.10.8\n'])('for Python %j', async pythonVersion => {
    expect(await resolveWithTools(requirementsOf('a'), { pythonVersion }, untouched, signal)).toMatchObject({
      outcome: 'unavailable',
    })
  })

  test('for a file of more lines than a tool could resolve in time', async () => {
    const requirements = requirementsOf('a\n'.repeat(10_001))
    expect(await resolveWithTools(requirements, { pythonVersion: '3.10.8' }, untouched, signal)).toEqual({
      outcome: 'unavailable',
      why: 'the requirements have more than 10000 lines',
    })
  })

  test('once the signal is aborted', async () => {
    const aborted = AbortSignal.abort(new Error('cancelled'))
    await expect(
      resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8' }, untouched, aborted),
    ).rejects.toThrow('cancelled')
  })
})

test.each(['ENOENT', 'EACCES', 'ENOSPC', 'EROFS'])(
  'a directory that cannot be made or written to is no answer: %s',
  async code => {
    const flaw = Object.assign(new Error(`${code}: it cannot be done, mkdtemp '/temp'`), { code, syscall: 'mkdtemp' })
    const machine: Tools = {
      clock: NEVER,
      environment: () => Promise.resolve({}),
      indexReader: unknownIndex,
      find: () => Promise.resolve('/usr/bin/uv'),
      run: () => Promise.resolve({ code: 0, output: 'uv 0.9.18', errors: '' }),
      withDirectory: use =>
        use({ path: '/temp', write: () => Promise.reject(flaw), read: () => Promise.resolve(undefined) }),
    }
    const { signal } = new AbortController()
    for (const tools of [machine, { ...machine, withDirectory: () => Promise.reject(flaw) }]) {
      expect(await resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8' }, tools, signal)).toEqual({
        outcome: 'unavailable',
        why: `files cannot be written to the runner's temporary directory (${flaw.message})`,
      })
    }
  },
)

test.each(['find', 'environment'] as const)('a disk that does not answer holds nothing up: %s', async member => {
  const cancelled = new AbortController()
  const hangs = () => {
    setImmediate(() => cancelled.abort(new Error('cancelled')))
    return new Promise<never>(() => undefined)
  }
  const machine: Tools = {
    clock: NEVER,
    environment: () => Promise.resolve({}),
    indexReader: unknownIndex,
    find: () => Promise.resolve('/usr/bin/uv'),
    run: () => Promise.reject(new Error('ran a program')),
    withDirectory: use =>
      use({ path: '/temp', write: () => Promise.resolve(), read: () => Promise.resolve(undefined) }),
    [member]: hangs,
  }
  const resolving = resolveWithTools(requirementsOf('a'), { pythonVersion: '3.10.8' }, machine, cancelled.signal)
  await expect(resolving).rejects.toThrow('cancelled')
})
