import type { Projects } from './server.js'

/** What the index of the tests holds: a few projects for each thing that can go wrong. */
export const PROJECTS: Projects = {
  // Resolves, with a dependency that only Windows has and one that only Linux has.
  app: [{ version: '1.0', requires: ['core>=1', 'win-only; sys_platform == "win32"'] }],
  core: [{ version: '1.0' }, { version: '1.1' }, { version: '2.0' }, { version: '3.0a1' }],
  'win-only': [{ version: '1.0', wheels: ['cp310-cp310-win_amd64'] }],
  'linux-extra': [{ version: '1.0', requires: ['linux-only; sys_platform == "linux"'] }],
  'linux-only': [
    { version: '1.0', wheels: ['cp310-cp310-manylinux_2_17_x86_64', 'cp311-cp311-manylinux_2_17_x86_64'] },
  ],
  'source-only': [
    { version: '1.0', wheels: [] },
    { version: '1.1', wheels: [] },
  ],
  'once-wheel': [{ version: '1.0' }, { version: '2.0', wheels: [] }],
  'other-python': [{ version: '1.0', wheels: ['cp312-cp312-win_amd64'] }],
  'newer-python': [{ version: '1.0', requiresPython: '>=3.12' }],
  'old-core': [{ version: '1.0', requires: ['core<2'] }],
  'new-core': [{ version: '1.0', requires: ['core>=2'] }],
  'wants-missing': [{ version: '1.0', requires: ['missing-dependency>=1'] }],
  'wants-version': [{ version: '1.0', requires: ['core==9.9'] }],
  'wants-source': [{ version: '1.0', requires: ['source-only'] }],
  'wants-wants-source': [{ version: '1.0', requires: ['wants-source'] }],
  'wants-linux': [{ version: '1.0', requires: ['linux-only'] }],
  withdrawn: [{ version: '1.0' }, { version: '1.1', yanked: 'breaks everything' }, { version: '1.2', yanked: true }],
  'wants-withdrawn': [{ version: '1.0', requires: ['withdrawn==1.1'] }],
  'with-extra': [{ version: '1.0', extras: ['fast'], requires: ['core<2; extra == "fast"'] }],
  'builds-by-url': [{ version: '1.0', requires: ['traitor @ ORIGIN/files/traitor-1.0.zip'] }],
  and: [{ version: '1.0' }],
  'linux-or-source': [{ version: '1.0', wheels: ['cp310-cp310-manylinux_2_17_x86_64'], source: true }],
  'newer-source': [{ version: '1.0', wheels: [], requiresPython: '>=3.12' }],
  // Its newest release is source only, and all need what a line may exclude.
  framed: [
    { version: '1.0', requires: ['core>=2'] },
    { version: '2.0', wheels: [], requires: ['core>=2'] },
  ],
  // Of the versions that a line may want there are sources only.
  numeric: [
    { version: '1.0', wheels: [] },
    { version: '2.0', wheels: ['cp310-cp310-win_amd64'] },
  ],
  'on-numeric': [{ version: '1.0', requires: ['numeric>=2'] }],
  // Nothing of it can be had, for two reasons, which uv derives in two paragraphs.
  labels: [
    { version: '1.0', requiresPython: '>=3.12' },
    { version: '2.0', requires: ['source-only>=1'] },
  ],
  'wants-labels': [{ version: '1.0', requires: ['labels'] }],
}
