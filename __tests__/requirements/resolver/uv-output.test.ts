import { describe, expect, test } from '@jest/globals'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import type { RequirementEntry } from '../../../src/requirements/grammar/entry.js'
import { uvComplaint, uvResolved } from '../../../src/requirements/resolver/uv-output.js'

/** What is wrong by uv's wording alone. */
const uvDiagnostic = (...said: Parameters<typeof uvComplaint>) => uvComplaint(...said)?.diagnostic

function entriesOf(text: string): readonly RequirementEntry[] {
  return requirementsOf(text).entries.filter(entry => entry.kind === 'requirement')
}

/** The frames of uv 0.5 to 0.9, and of 0.13, around the same sentences. */
const FRAMES: readonly (readonly [string, (cause: string, hint: string) => string])[] = [
  [
    'uv 0.5',
    (cause, hint) =>
      `warning: The requested Python version 3.10.8 is not available; 3.11.7 will be used to build dependencies instead.\n` +
      `  × No solution found when resolving dependencies:\n  ╰─▶ ${cause.replaceAll('\n', '\n      ')}\n${hint && `\n      hint: ${hint}\n`}`,
  ],
  [
    'uv 0.13',
    (cause, hint) =>
      `error: No solution found when resolving dependencies\n  cause: ${cause.replaceAll('\n', '\n         ')}\n${hint && `\nhint: ${hint}\n`}`,
  ],
]

const END = ', we can conclude that your requirements are unsatisfiable.'
const BUILD_HINT =
  'Wheels are required for `source-only` because building from source is disabled for all packages (i.e., with `--no-build`)'

/** What uv 0.5, 0.6, 0.7, 0.8, 0.9 and 0.13 said of the projects in oracle/package-index/projects.ts; where they differ, each way. */
const SAMPLES: readonly (readonly [file: string, cause: string, hint: string, verdict: string])[] = [
  ['nope', `Because nope was not found in the package registry and you require nope${END}`, '', 'not-found error 1'],
  ['a\ncore==9', `Because there is no version of core==9 and you require core==9${END}`, '', 'not-found error 2'],
  ['core>=9', `Because only core<=3.0a1 is available and you require core>=9${END}`, '', 'not-found error 1'],
  ['core<1.0,>0.5', `Because only core>=1.0 is available and you require core>0.5,<1.0${END}`, '', 'not-found error 1'],
  [
    'core==9.*',
    `Because only core<=3.0a1 is available and you require core>=9.dev0,<10.dev0${END}`,
    "`core` was requested with a pre-release marker (e.g., core>=9.dev0,<10.dev0), but pre-releases weren't enabled (try: `--prerelease=allow`)",
    'not-found warning 1',
  ],
  [
    'core!=1.0,!=1.1,!=2.0,>=1',
    'Because only the following versions of core are available:\n    core<=1.0\n    core==1.1\n    core==2.0\nand you require one of:\n' +
      '    core>1.0,<1.1\n    core>1.1,<2.0\n    core>2.0\nwe can conclude that your requirements are unsatisfiable.',
    "Pre-releases are available for `core` in the requested range (e.g., 3.0a1), but pre-releases weren't enabled (try: `--prerelease=allow`)",
    'not-found warning 1',
  ],
  [
    'source-only',
    `Because all versions of source-only have no usable wheels and you require source-only${END}`,
    BUILD_HINT,
    'no-wheel warning 1',
  ],
  [
    'source-only==1.0',
    `Because source-only==1.0 has no usable wheels and you require source-only==1.0${END}`,
    BUILD_HINT,
    'no-wheel warning 1',
  ],
  [
    'source-only==3',
    `Because there is no version of source-only==3 and you require source-only==3${END}`,
    '',
    'not-found error 1',
  ],
  [
    'once-wheel>=2',
    `Because once-wheel==2.0 has no usable wheels and only once-wheel<=2.0 is available, we can conclude that once-wheel>=2.0 cannot be used.\nAnd because you require once-wheel>=2${END}`,
    'Wheels are required for `once-wheel` because building from source is disabled for all packages (i.e., with `--no-build`)',
    'no-wheel warning 1',
  ],
  [
    'linux-only',
    `Because linux-only==1.0 has no wheels with a matching platform tag (e.g., \`win_amd64\`) and only linux-only==1.0 is available, we can conclude that all versions of linux-only cannot be used.\nAnd because you require linux-only${END}`,
    'Wheels are available for `linux-only` (v1.0) on the following platform: `manylinux_2_17_x86_64`',
    'no-wheel warning 1',
  ],
  [
    'other-python',
    `Because other-python==1.0 has no wheels with a matching Python implementation tag (e.g., \`cp310\`) and only other-python==1.0 is available, we can conclude that all versions of other-python cannot be used.\nAnd because you require other-python${END}`,
    'You require CPython 3.10 (`cp310`), but we only found wheels for `other-python` (v1.0) with the following Python implementation tag: `cp312`',
    'no-wheel warning 1',
  ],
  [
    'newer-python',
    `Because the requested Python version (>=3.10.8) does not satisfy Python>=3.12 and newer-python==1.0 depends on Python>=3.12, we can conclude that newer-python==1.0 cannot be used.\nAnd because only newer-python==1.0 is available and you require newer-python${END}`,
    'The `--python-version` value (>=3.10.8) includes Python versions that are not supported by your dependencies (e.g., newer-python==1.0 only supports >=3.12). Consider using a higher `--python-version` value.',
    'not-found error 1',
  ],
  [
    'old-core\na\nnew-core',
    `Because all versions of new-core depend on core>=2 and all versions of old-core depend on core<2, we can conclude that all versions of new-core and all versions of old-core are incompatible.\nAnd because you require old-core and new-core${END}`,
    '',
    'conflict error 1 3',
  ],
  [
    'core>=2\nold-core',
    `Because all versions of old-core depend on core<2 and you require old-core, we can conclude that you require core<2.\nAnd because you require core>=2${END}`,
    '',
    'conflict error 1 2',
  ],
  [
    'core\ncore<1\napp>=1,<2',
    `Because only app==1.0 is available and app==1.0 depends on core>=1, we can conclude that app==1.0 depends on core>=1.\nAnd because you require app==1.0 and core<1${END}`,
    '',
    'conflict error 2 3',
  ],
  ['core==1.0\ncore>=2', `Because you require core==1.0 and core>=2${END}`, '', 'conflict error 1 2'],
  [
    'core!=1.5\ncore==1.5\ncore',
    `Because you require one of:\n    core<1.5\n    core>1.5\nand core==1.5${END}`,
    '',
    'conflict error 1 2 3',
  ],
  [
    'tensorflow==2.15.0\nNumPy>=2',
    `Because tensorflow-intel{platform_system == 'Windows'}==2.15.0 depends on numpy>=1.23.5,<2.0.0 and tensorflow==2.15.0 depends on tensorflow-intel{platform_system == 'Windows'}==2.15.0, we can conclude that tensorflow==2.15.0 depends on numpy>=1.23.5,<2.0.0.\nAnd because you require tensorflow==2.15.0 and numpy>=2${END}`,
    '',
    'conflict error 1 2',
  ],
  [
    'a\nwants-missing',
    `Because missing-dependency was not found in the package registry and all versions of wants-missing depend on missing-dependency>=1, we can conclude that all versions of wants-missing cannot be used.\nAnd because you require wants-missing${END}`,
    '',
    'not-found error 2',
  ],
  [
    'wants-version\ncore',
    `Because there is no version of core==9.9 and wants-version==1.0 depends on core==9.9, we can conclude that wants-version==1.0 cannot be used.\nAnd because only wants-version==1.0 is available and you require wants-version${END}`,
    '',
    'not-found error 1',
  ],
  [
    'wants-wants-source',
    `Because all versions of source-only have no usable wheels and all versions of wants-source depend on source-only, we can conclude that all versions of wants-source cannot be used.\nAnd because all versions of wants-wants-source depend on wants-source and you require wants-wants-source${END}`,
    BUILD_HINT,
    'no-wheel warning 1',
  ],
  [
    'jax[cuda12]==0.4.30',
    `Because jax-cuda12-plugin[with-cuda]==0.4.30 has no wheels with a matching platform tag (e.g., \`win_amd64\`) and jax[cuda12]==0.4.30 depends on jax-cuda12-plugin[with-cuda]==0.4.30, we can conclude that jax[cuda12]==0.4.30 cannot be used.\nAnd because you require jax[cuda12]==0.4.30${END}`,
    '',
    'no-wheel warning 1',
  ],
  [
    'withdrawn>1',
    `Because withdrawn==1.1 was yanked (reason: breaks everything) and only the following versions of withdrawn are available:\n    withdrawn<=1.1\n    withdrawn==1.2\nwe can conclude that all of:\n    withdrawn>=1.1,<1.2\n    withdrawn>1.2\n cannot be used.\nAnd because withdrawn==1.2 was yanked, we can conclude that withdrawn>=1.1 cannot be used.\nAnd because only the following versions of withdrawn are available:\n    withdrawn<=1\n    withdrawn>=1.1\nand you require withdrawn>1${END}`,
    '',
    'not-found error 1',
  ],
  [
    'wants-withdrawn',
    `Because withdrawn==1.1 was yanked (reason: breaks everything) and all versions of wants-withdrawn depend on withdrawn==1.1, we can conclude that all versions of wants-withdrawn cannot be used.\nAnd because you require wants-withdrawn${END}`,
    '',
    'yanked warning 1',
  ],
  // `UnavailableVersion` and `UnavailablePackage` of uv 0.9.
  [
    'a\nbroken==1.0',
    `Because broken==1.0 has invalid metadata and you require broken==1.0${END}`,
    '',
    'invalid-metadata warning 2',
  ],
  [
    'wants-broken',
    `Because all versions of broken have inconsistent metadata and wants-broken==1.0 depends on broken, we can conclude that wants-broken==1.0 cannot be used.\nAnd because only wants-broken==1.0 is available and you require wants-broken${END}`,
    '',
    'invalid-metadata warning 1',
  ],
  [
    'broken',
    `Because broken has an invalid package format and you require broken${END}`,
    '',
    'invalid-metadata warning 1',
  ],
  ['first\nsecond', `Because of a reason that nobody has seen yet${END}`, '', 'conflict error'],
]

describe.each(FRAMES)('%s says why not', (_, frame) => {
  test.each(SAMPLES)('%j: %s', (file, cause, hint, verdict) => {
    const complaint = uvDiagnostic(frame(cause, hint), entriesOf(file), '3.10.8')
    const lines = complaint?.entries.map(entry => entry.span.start.line) ?? []
    expect([complaint?.id, complaint?.severity, ...lines].join(' ')).toBe(verdict)
    expect(complaint?.quote).toMatch(/^Because [^\n]*unsatisfiable\.$/)
  })
})

describe('what is no verdict on the requirements is none', () => {
  test.each([
    ['', ''],
    [
      'a failure of the network',
      'error: Request failed after 3 retries in 9.1s\n  cause: Failed to fetch: http://127.0.0.1:1/simple/core/\n',
    ],
    [
      'an index that refuses, which uv takes for one that has nothing',
      `  × No solution found when resolving dependencies:\n  ╰─▶ Because core was not found in the package registry and you require core==9${END}\n\n      hint: An index URL (http://127.0.0.1/simple) could not be queried due to a lack of valid authentication credentials (401 Unauthorized).\n`,
    ],
    [
      'an index that refuses, in the words of uv 0.9',
      `  × No solution found when resolving dependencies:\n  ╰─▶ Because core was not found in the package registry and you require core==9${END}\n\n      hint: An index URL (http://127.0.0.1/simple) returned a 403 Forbidden error. This could indicate lack of valid authentication credentials, or the package may not exist on this index.\n`,
    ],
    [
      'an index that refuses, in the words of uv 0.13',
      `error: No solution found when resolving dependencies\n  cause: Because core was not found in the package registry and you require core==9${END}\n\nhint: An index (http://127.0.0.1/simple) returned a 403 Forbidden error. Check that the index URL is correct and the credentials are valid.\n`,
    ],
    [
      'a dependency by URL',
      '  × Failed to resolve dependencies for `by-url` (v1.0)\n  ╰─▶ Package `core` was included as a URL dependency. URL dependencies must be expressed as direct requirements or constraints.\n',
    ],
  ])('%s', (_, errors) => {
    expect(uvDiagnostic(errors, entriesOf('core==9'), '3.10.8')).toBeUndefined()
  })
})

// As uv 0.13.9 begins and ends it.
test('of a long derivation, what it concludes of all that a line allows is told', () => {
  const cause =
    'Because pandas>=3.0.0rc0,<=3.0.0rc1 depends on numpy>=1.26.0 and pandas>=3.0.0rc2 depends on ' +
    "numpy{python_full_version < '3.14'}>=1.26.0, we can conclude that pandas>=3.0.0rc0 depends on numpy>=1.26.0.\n" +
    'And because pandas==2.0.0 depends on numpy>=1.21.0, we can conclude that pandas>=2.0.0 depends on numpy>=1.21.0.\n' +
    `And because you require pandas>=2 and numpy<1.20${END}`
  const entries = entriesOf('pandas >= 2\nnumpy<1.20')
  expect(uvDiagnostic(FRAMES[1]![1](cause, ''), entries, '3.11.7')).toMatchObject({
    id: 'conflict',
    problem: 'pandas>=2.0.0 needs numpy>=1.21.0, but the requirements ask for numpy<1.20.',
  })
})

test('the packages, and which line asked for a yanked one', () => {
  const output = [
    'App==1.0                  # via -r requirements.txt',
    'withdrawn==1.1            # via app, other',
    'zope.interface==7.0       # via withdrawn',
    'other==2                  # via app',
    '',
  ].join('\r\n')
  const errors = 'Resolved 4 packages in 14ms\nwarning: `withdrawn==1.1` is yanked (reason: "Say "no" to it")\n'
  const entries = entriesOf('x; sys_platform == "linux"\napp')
  expect(uvResolved(output, errors, entries)).toMatchObject({
    packages: [
      { name: 'app', version: '1.0' },
      { name: 'other', version: '2' },
      { name: 'withdrawn', version: '1.1' },
      { name: 'zope-interface', version: '7.0' },
    ],
    diagnostics: [
      {
        id: 'yanked',
        severity: 'warning',
        problem: expect.stringMatching(/^withdrawn 1\.1 .*Say "no" to it/),
        remedy: expect.any(String),
        quote: '',
        entries: [entries[1]],
      },
    ],
  })
  expect(uvResolved('', 'warning: `a==1` is yanked\n', [])?.diagnostics).toMatchObject([
    { problem: expect.stringMatching(/^a 1 /), entries: [] },
  ])
})

test('what is not a list of packages is none', () => {
  expect(uvResolved('Hello\n', '', [])).toBeUndefined()
  expect(uvResolved('a @ https://host/a.whl\n', '', [])).toBeUndefined()
  expect(uvResolved('a==1\n\u0000\n', '', [])).toBeUndefined()
})

test('a long text of thousands of names over thousands of lines is read in no time', () => {
  const file = Array.from({ length: 10_000 }, (_, index) => `p${index}==1`).join('\n')
  const cause = `Because you require ${file.replaceAll('\n', ' and ')}${END}`
  expect(uvDiagnostic(`No solution found when resolving dependencies\n${cause}`, entriesOf(file), '3.10.8')?.id).toBe(
    'conflict',
  )
})

test.each([
  [
    'scikit-lern==1',
    'Because scikit-lern was not found in the package registry and you require scikit-lern==1',
    ['scikit-lern.'],
  ],
  ['b==1', 'Because there is no version of b==1 and you require b==1', ['b==1.']],
  ['b>9', 'Because only b<=2 is available and you require b>9', ['b>9.']],
  ['b==1', 'Because c was not found in the package registry and b==1 depends on c>2', ['package c,', 'b needs']],
  ['b==1', 'Because there is no version of c>2 and b==1 depends on c>2', ['c>2,', 'b needs']],
  [
    'b==1\nc>=2',
    'Because b==1 depends on c<2 and you require b==1, we can conclude that you require c<2. And because you require c>=2',
    ['b==1 needs c<2', 'c>=2.'],
  ],
  ['b==1\nb==2', 'Because you require b==1 and you require b==2', ['b==1 and b==2']],
  ['b==1', 'Because b==1 has no wheels with a matching platform tag and you require b==1', ['b==1 ', '3.10.8']],
])('%j names what is wrong: %s', (file, cause, facts) => {
  const diagnostic = uvDiagnostic(
    `No solution found when resolving dependencies\n${cause}${END}`,
    entriesOf(file),
    '3.10.8',
  )
  for (const fact of facts) expect(diagnostic?.problem).toContain(fact)
})
