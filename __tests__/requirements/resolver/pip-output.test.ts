import { describe, expect, test } from '@jest/globals'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import type { RequirementEntry } from '../../../src/requirements/grammar/entry.js'
import { pipConflict, missingIn, missingVerdict, pipResolved } from '../../../src/requirements/resolver/pip-output.js'

function entriesOf(text: string): readonly RequirementEntry[] {
  return requirementsOf(text).entries.filter(entry => entry.kind === 'requirement')
}

function linesOf(entries: readonly RequirementEntry[] | undefined): readonly number[] | undefined {
  return entries?.map(entry => entry.span.start.line)
}

/** What pip 23.0 to 26.0 say, shortened. */
const CONFLICTS: readonly (readonly [file: string, said: string, lines: readonly number[], quote: string])[] = [
  [
    'old-core\na\nnew-core',
    `ERROR: Cannot install -r requirements.txt (line 1) and -r requirements.txt (line 3) because these package versions have conflicting dependencies.

The conflict is caused by:
    old-core 1.0 depends on core<2
    new-core 1.0 depends on core>=2

Additionally, some packages in these conflicts have no matching distributions available for your environment:
    core

To fix this you could try to:
1. loosen the range of package versions you've specified
`,
    [1, 3],
    'old-core 1.0 depends on core<2; new-core 1.0 depends on core>=2',
  ],
  [
    'old-core\ncore>=2\ncore',
    `ERROR: Cannot install -r requirements.txt (line 1) and core>=2 because these package versions have conflicting dependencies.

The conflict is caused by:
    The user requested core>=2
    old-core 1.0 depends on core<2
`,
    [1, 2],
    'The user requested core>=2; old-core 1.0 depends on core<2',
  ],
  [
    'core>=2\nwith_extra[fast]',
    `ERROR: Cannot install core>=2 and with-extra[fast]==1.0 because these package versions have conflicting dependencies.\r
\r
The conflict is caused by:\r
    The user requested core>=2\r
    with-extra[fast] 1.0 depends on core<2; extra == "fast"\r
`,
    [1, 2],
    'The user requested core>=2; with-extra[fast] 1.0 depends on core<2; extra == "fast"',
  ],
  [
    'a\nb',
    'ERROR: Cannot install x and y because these package versions have conflicting dependencies.',
    [],
    'Cannot install x and y because these package versions have conflicting dependencies',
  ],
]

test.each(CONFLICTS)('a conflict: %j', (file, said, lines, quote) => {
  const complaint = pipConflict(said, entriesOf(file))
  expect(complaint).toMatchObject({ id: 'conflict', quote })
  expect(linesOf(complaint?.entries)).toEqual(lines)
})

const NONE = 'Could not find a version that satisfies the requirement'
const FETCHED = 'Fetched page http://127.0.0.1/simple/p/ as application/vnd.pypi.simple.v1+json\n'
const sources = (version: string, python = '') =>
  `  Skipping link: No sources permitted for p: http://127.0.0.1/files/p-${version}.tar.gz (from http://127.0.0.1/simple/p/)${python}\n`
const tags = (version: string, python = '') =>
  `  Skipping link: none of the wheel's tags (cp311-cp311-win_amd64) are compatible (run pip debug --verbose to show compatible tags): https://files.example/a/b/p-${version}-cp311-cp311-win_amd64.whl (from https://pypi.org/simple/p/)${python}\n`

/** What pip says, and what it says when it is asked for all links. */
const MISSING: readonly (readonly [file: string, said: string, details: string, verdict: string])[] = [
  [
    'a\np',
    `ERROR: ${NONE} p (from versions: none)`,
    'Could not fetch URL http://127.0.0.1/simple/p/: 404 Client Error: Not Found for url: http://127.0.0.1/simple/p/ - skipping\n',
    'not-found 2',
  ],
  ['p==9', `ERROR: ${NONE} p==9 (from versions: 1.0, 1.1)`, FETCHED, 'not-found 1'],
  ['p==9\np==8', `ERROR: ${NONE} p==8 (from versions: 1.0, 1.1)`, FETCHED + sources('7'), 'not-found 2'],
  ['p', `ERROR: ${NONE} p (from versions: none)`, FETCHED + sources('1.0'), 'no-wheel 1'],
  ['p>=2', `ERROR: ${NONE} p>=2 (from versions: 1.0)`, FETCHED + sources('2.0'), 'no-wheel 1'],
  ['p>=2', `ERROR: ${NONE} p>=2 (from versions: 1.0)`, FETCHED + tags('2.1') + tags('1.0'), 'no-wheel 1'],
  [
    'p==2.3',
    `ERROR: ${NONE} p==2.3 (from versions: 1.0)`,
    FETCHED + tags('2.3', ' (requires-python:>=3.11)') + sources('2.3', ' (requires-python:>=3.11)'),
    'not-found 1',
  ],
  // Of a name that is cut amid a character nothing can be said; the other file still counts.
  ['p', `ERROR: ${NONE} p (from versions: none)`, FETCHED + sources('1.0%E4%B8') + sources('1.0%zz'), 'no-wheel 1'],
  // An index may break lines in `data-requires-python`, and pip prints them.
  ['p', `ERROR: ${NONE} p (from versions: none)`, FETCHED + tags('1', ' (requires-python:>=3.11\n,<4)'), 'not-found 1'],
  ['p', `ERROR: ${NONE} p (from versions: none)`, FETCHED + tags('1', ' (requires-python:>=3.9\r\n,<4)'), 'no-wheel 1'],
  [
    'p',
    `ERROR: Ignored the following versions that require a different python version: 1.0 Requires-Python >=3.12\nERROR: ${NONE} p (from versions: none)`,
    `${FETCHED}  Link requires a different Python (3.10.8 not in: '>=3.12'): http://127.0.0.1/files/p-1.0-py3-none-any.whl\n`,
    'not-found 1',
  ],
  ['a\nq', `ERROR: ${NONE} p (from q) (from versions: none)`, FETCHED + sources('1.0'), 'no-wheel 2'],
  [
    'a\nr',
    `Collecting q (from r->-r requirements.txt (line 2))\n  Downloading q\nERROR: ${NONE} p>=1 (from q) (from versions: none)`,
    FETCHED + sources('1.0'),
    'no-wheel 2',
  ],
  ['r', `Collecting q\nERROR: ${NONE} p>=1 (from q) (from versions: none)`, FETCHED, 'not-found'],
  [
    'p',
    `ERROR: ${NONE} p (from versions: none)`,
    'Could not fetch URL http://127.0.0.1/simple/p/: 503 Server Error: Service Unavailable for url: http://127.0.0.1/simple/p/ - skipping\n',
    'no answer',
  ],
  [
    'p',
    `ERROR: ${NONE} p (from versions: none)`,
    'Could not fetch URL https://127.0.0.1/simple/p/: There was a problem confirming the ssl certificate: … - skipping\n',
    'no answer',
  ],
  [
    'p',
    `ERROR: ${NONE} p (from versions: none)`,
    'WARNING: The repository located at host is not a trusted or secure host and is being ignored.',
    'no answer',
  ],
  ['p', `ERROR: ${NONE} p; sys_platform == "linux" (from q) (from versions: none)`, '', 'for another platform'],
  ['q', `ERROR: ${NONE} p; extra == "x" (from q[x]) (from versions: none)`, FETCHED, 'not-found 1'],
  ['q', `ERROR: ${NONE} p @ https://host/evil.zip (from q) (from versions: none)`, FETCHED, 'not understood'],
  ['q', `ERROR: ${NONE} -r /etc/passwd (from versions: none)`, FETCHED, 'not understood'],
]

test.each(MISSING)('%j: %s', (file, said, details, expected) => {
  const entries = entriesOf(file)
  const missing = missingIn(said, '3.10.8')
  if (missing === undefined) return expect(expected).toBe('not understood')
  if (!missing.forTarget) return expect(expected).toBe('for another platform')
  const verdict = missingVerdict(missing, said, details, entries, '3.10.8')
  if ('why' in verdict) return expect(expected).toBe('no answer')
  expect([verdict.diagnostic.id, ...(linesOf(verdict.diagnostic.entries) ?? [])].join(' ')).toBe(expected)
})

test('of many versions the last ones are quoted', () => {
  const versions = Array.from({ length: 200 }, (_, index) => `1.${index}`).join(', ')
  const quote = missingIn(`ERROR: ${NONE} p==9 (from versions: ${versions})`, '3.10.8')?.quote
  expect(quote).toMatch(/\(from versions: …, 1\.190, .*, 1\.199\)$/)
})

describe('the report', () => {
  const install = [
    { requested: false, metadata: { name: 'Zope.Interface', version: '7' } },
    { requested: true, metadata: { name: 'app', version: '1.0', requires_dist: ['mid>=1; python_version > "3"', 7] } },
    { requested: false, metadata: { name: 'mid', version: '2', requires_dist: ['withdrawn (==1.1)', 'mid'] } },
    { requested: false, metadata: { name: 'withdrawn', version: '1.1' } },
  ]
  const said = [
    'Collecting withdrawn==1.1',
    "WARNING: The candidate selected for download or install is a yanked version: 'withdrawn' candidate (version 1.1 at http://127.0.0.1/files/withdrawn-1.1-py3-none-any.whl (from http://127.0.0.1/simple/withdrawn/))",
    'Reason for being yanked: breaks everything',
  ].join('\n')

  test('tells the packages, and which line asked for a yanked one', () => {
    const entries = entriesOf('x\napp')
    const resolved = pipResolved(JSON.stringify({ version: '1', install }), said, entries)
    expect(resolved?.packages).toEqual([
      { name: 'app', version: '1.0' },
      { name: 'mid', version: '2' },
      { name: 'withdrawn', version: '1.1' },
      { name: 'zope-interface', version: '7' },
    ])
    expect(resolved?.diagnostics).toMatchObject([
      {
        id: 'yanked',
        problem: expect.stringMatching(/^withdrawn 1\.1 .*breaks everything/),
        entries: [entries[1]],
      },
    ])
  })

  test.each([
    '',
    '{',
    'null',
    '[]',
    '{"version":"2","install":[]}',
    '{"version":"1"}',
    '{"version":"1","install":[{}]}',
  ])('%s is none', report => {
    expect(pipResolved(report, '', [])).toBeUndefined()
  })
})
