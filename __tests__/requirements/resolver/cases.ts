import type { ToolName } from '../../../src/requirements/resolver/resolution.js'

/** Packages, or id, severity and line of each finding: of a tool, and of its releases that differ. */
type Verdict = Readonly<Record<ToolName, string>> & Readonly<Partial<Record<`${ToolName} ${string}`, string>>>

/** A requirements file, and what resolving it ends in. */
export type ResolutionCase = {
  readonly name: string
  readonly file: string
  /** What the index answers to everything; it answers as an index does where this is left out. */
  readonly status?: number
  /** Another index than that of projects.ts. */
  readonly index?: string
  readonly verdict: Verdict
}

const FILES: readonly (readonly [file: string, verdict: Verdict])[] = [
  ['', { uv: '', pip: '' }],
  ['App\n', { uv: 'app==1.0 core==2.0 win-only==1.0', pip: 'app==1.0 core==2.0' }],
  ['app; sys_platform == "linux"\nwin_only; sys_platform == "win32"', { uv: 'win-only==1.0', pip: 'win-only==1.0' }],
  ['--pre\ncore', { uv: 'core==3.0a1', pip: 'core==3.0a1' }],
  // pip judges markers by its own machine, and 26.3 does not tell the marker of what it misses.
  ['linux-extra', { uv: 'linux-extra==1.0', pip: 'unavailable' }],
  ['with-extra[fast]', { uv: 'core==1.1 with-extra==1.0', pip: 'core==1.1 with-extra==1.0' }],
  ['nope', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['\ncore==9', { uv: 'not-found error 2', pip: 'not-found warning 2' }],
  ['core\\\n>=9', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['source-only', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['source-only==3', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['once-wheel>=2', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['linux-only', { uv: 'no-wheel error 1', pip: 'no-wheel warning 1' }],
  ['other-python', { uv: 'no-wheel error 1', pip: 'no-wheel warning 1' }],
  ['newer-python', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['old-core\n\nnew-core', { uv: 'conflict error 1, conflict error 3', pip: 'conflict warning 1, conflict warning 3' }],
  ['core>=2\nold-core', { uv: 'conflict error 1, conflict error 2', pip: 'conflict warning 1, conflict warning 2' }],
  ['app\nwants-missing', { uv: 'not-found error 2', pip: 'not-found warning 2' }],
  [
    'wants-linux\nwants-source',
    { uv: 'no-wheel error 1, no-wheel warning 2', pip: 'no-wheel warning 1, no-wheel warning 2' },
  ],
  ['withdrawn==1.1', { uv: 'withdrawn==1.1: yanked warning 1', pip: 'withdrawn==1.1: yanked warning 1' }],
  ['withdrawn>1', { uv: 'yanked error 1', pip: 'not-found warning 1' }],
  [
    'app\nwants-withdrawn',
    {
      uv: 'yanked warning 2',
      pip: 'app==1.0 core==2.0 wants-withdrawn==1.0 withdrawn==1.1: yanked warning 2',
    },
  ],
  [
    'nope\nsource-only\ncore',
    { uv: 'not-found error 1, no-wheel warning 2', pip: 'not-found warning 1, no-wheel warning 2' },
  ],
  ['builds-by-url', { uv: 'unavailable', pip: 'unavailable' }],
  ['core>=9', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['core<1.0,>0.5', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['core==9.*', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  // Whether a pre-release is taken where nothing else satisfies the line differs from release to release.
  [
    'core!=1.0,!=1.1,!=2.0,>=1',
    { uv: 'core==3.0a1', 'uv 0.5.0': 'not-found warning 1', pip: 'not-found warning 1', 'pip 26.3': 'core==3.0a1' },
  ],
  ['source-only==1.0', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['core==1.0\ncore>=2', { uv: 'conflict error 1, conflict error 2', pip: 'conflict warning 1, conflict warning 2' }],
  [
    'core!=1.5\ncore==1.5\ncore',
    {
      uv: 'not-found error 2',
      pip: 'conflict warning 1, conflict warning 2',
    },
  ],
  ['core\ncore<1\napp>=1,<2', { uv: 'not-found error 2', pip: 'conflict warning 1, conflict warning 2' }],
  ['core<2', { uv: 'core==1.1', pip: 'core==1.1' }],
  ['core==1.0', { uv: 'core==1.0', pip: 'core==1.0' }],
  ['wants-version\ncore', { uv: 'not-found error 1', pip: 'conflict warning 1, conflict warning 2' }],
  ['wants-wants-source', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  [
    'core>=2\nwith-extra[fast]',
    { uv: 'conflict error 1, conflict error 2', pip: 'conflict warning 1, conflict warning 2' },
  ],
  ['and', { uv: 'and==1.0', pip: 'and==1.0' }],
  ['linux-or-source', { uv: 'no-wheel warning 1', pip: 'no-wheel warning 1' }],
  ['newer-source', { uv: 'not-found error 1', pip: 'not-found warning 1' }],
  ['framed\ncore<2', { uv: 'conflict error 1, conflict error 2', pip: 'conflict warning 1, conflict warning 2' }],
  ['on-numeric\nnumeric<2', { uv: 'conflict error 1, conflict error 2', pip: 'no-wheel warning 2' }],
  ['# labels\nwants-labels', { uv: 'no-wheel warning 2', pip: 'no-wheel warning 2' }],
]

const NO_ANSWER = { uv: 'unavailable', pip: 'unavailable' }
// To an index, 404 is the word for a project that it has not got.
const NO_PROJECT = { uv: 'not-found error 1', pip: 'not-found warning 1' }

/** What uv and pip are asked. */
export const CASES: readonly ResolutionCase[] = [
  ...FILES.map(([file, verdict]) => ({ name: file, file, verdict })),
  ...[401, 403, 404, 500, 503].map(status => ({
    name: `core, where the index answers ${status} to everything`,
    file: 'core',
    status,
    verdict: status === 404 ? NO_PROJECT : NO_ANSWER,
  })),
  ...['http://127.0.0.1:9/simple', 'https://127.0.0.1:9/simple', 'http://no-such-host.invalid/simple'].map(index => ({
    name: `core, where the index is ${index}`,
    file: 'core',
    index,
    verdict: NO_ANSWER,
  })),
]
