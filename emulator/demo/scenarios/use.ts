import { type ImageContent, pythonOn, setExtension } from '../../azure/cluster.js'
import type { Outcome } from '../../azure/operations.js'
import { pullRequest } from '../../github/events.js'
import type { World } from '../../world.js'
import { imageName, type Scenario } from './scenario.js'

const twentyMinutes = { buildSeconds: 380, switchSeconds: 1200, speed: 400 } as const
const activate = { activate: 'true' } as const
const failed: Outcome = {
  status: 'Failed',
  error: { code: 'InternalServerError', message: 'The nodes did not come up.' },
}
const verify = { ...activate, verify: 'true', database: 'telemetry' } as const

/** An image that an earlier run has named. */
const formerMember = 'forecasting-20261101-093000-5f2c8a'

const testQuery = 'print passed = false, day = 11, expected = 21.3'
const notPassing = {
  columns: { passed: 'bool', day: 'int', expected: 'real' },
  rows: [
    [true, 11, 22],
    [false, 12, 21.3],
  ],
}

/** Runs that have queries run on the image. */
export const useScenarios: readonly Scenario[] = [
  {
    name: 'activate',
    shows: 'The image is built, and then the cluster is switched to it.',
    world: twentyMinutes,
    inputs: activate,
    prepare: runningAnother,
    expects: {
      exitCode: 0,
      outputs: {
        changed: 'true',
        activated: 'true',
        'active-image': imageName,
        'previous-image': 'forecasting-former',
      },
    },
  },
  {
    name: 'active-already',
    shows: 'The image has the same content and is active: one request more, nothing is submitted.',
    inputs: activate,
    prepare: running,
    expects: { exitCode: 0, outputs: { changed: 'false', activated: 'false', 'active-image': imageName }, builds: 0 },
  },
  {
    name: 'family',
    shows: 'An image-name that ends in *: a new image beside the active one, to which the cluster is then switched.',
    world: twentyMinutes,
    inputs: { ...activate, 'image-name': 'forecasting-*' },
    prepare: runningMember,
    expects: {
      exitCode: 0,
      outputs: { action: 'create', changed: 'true', activated: 'true', 'previous-image': formerMember },
    },
  },
  {
    name: 'family-unchanged',
    shows: 'An image of the family holds the same content by now: three requests, nothing is submitted.',
    inputs: { 'image-name': 'forecasting-*' },
    prepare: (world, wanted) => void world.cluster.images.set(formerMember, wanted),
    expects: {
      exitCode: 0,
      outputs: { action: 'none', changed: 'false', 'image-name': formerMember },
      builds: 0,
      log: /holds this content/,
    },
  },
  {
    name: 'family-plan',
    shows: 'A plan compares with the image of the family that queries run on.',
    event: pullRequest(),
    inputs: { mode: 'plan', 'image-name': 'forecasting-*' },
    prepare: runningMember,
    expects: {
      exitCode: 0,
      outputs: { action: 'create', changed: 'true' },
      builds: 0,
      log: /compared with forecasting-/,
    },
  },
  {
    name: 'rebuild-active',
    shows: 'The image that queries run on is rebuilt in place: a warning, and the cluster is switched to it again.',
    world: twentyMinutes,
    inputs: activate,
    prepare: (world, wanted) => running(world, { ...wanted, requirementsFileContent: 'pandas==1.5.3' }),
    expects: { exitCode: 0, outputs: { changed: 'true', activated: 'true' }, log: /Azure does not document whether/ },
  },
  {
    name: 'verify',
    shows: 'The image is built, activated and tried by a query, once the sandboxes of the cluster are up.',
    world: { ...twentyMinutes, sandboxSeconds: 180 },
    inputs: verify,
    prepare: runningAnother,
    expects: { exitCode: 0, outputs: { activated: 'true', verified: 'true' }, log: /packages are as required/ },
  },
  {
    name: 'verify-queries',
    shows: 'A query of the repository says that a function no longer works: the cluster is switched back.',
    world: { ...twentyMinutes, queries: new Map([[testQuery, notPassing]]) },
    inputs: { ...verify, 'verify-queries': 'tests/*.kql' },
    edit: () => ({ 'tests/forecast.kql': testQuery }),
    prepare: runningAnother,
    expects: { exitCode: 1, outputs: { verified: 'false' }, log: /1 of 1 query does not pass/ },
  },
  {
    name: 'verify-active',
    shows: 'What is active is tried, and nothing is changed.',
    world: twentyMinutes,
    inputs: { mode: 'verify', database: 'telemetry' },
    prepare: running,
    expects: { exitCode: 0, outputs: { verified: 'true', changed: 'false' }, builds: 0 },
  },
  {
    name: 'verify-fails',
    shows: 'A package of the active image cannot be imported: the cluster is switched back.',
    world: {
      ...twentyMinutes,
      installed: new Map([['prophet', { version: '1.1.5', trouble: 'ImportError: DLL load failed' }]]),
    },
    inputs: verify,
    prepare: runningAnother,
    expects: {
      exitCode: 1,
      outputs: { state: 'Succeeded', activated: 'false', verified: 'false', 'active-image': 'forecasting-former' },
      log: /was switched back/,
    },
  },
  {
    name: 'rollback-fails',
    shows: 'Verification fails and the cluster cannot be switched back: the error says what is active.',
    world: {
      ...twentyMinutes,
      installed: new Map([['prophet', { version: '1.1.4' }]]),
      switchOutcomes: [{ status: 'Succeeded' }, failed],
    },
    inputs: verify,
    prepare: runningAnother,
    expects: { exitCode: 1, outputs: { verified: 'false', 'active-image': imageName }, log: /rollback-failed/ },
  },
  {
    name: 'database-refused',
    shows: 'The application has no role in the database: the run fails before anything is submitted.',
    inputs: verify,
    prepare: ({ cluster }) => cluster.databases.get('telemetry')?.clear(),
    expects: { exitCode: 1, outputs: { changed: 'false' }, builds: 0, log: /\.add database/ },
  },
  {
    name: 'switch-fails',
    shows: 'The image is built, and the switch to it fails: the previous one stays active.',
    world: { ...twentyMinutes, switchOutcomes: [failed] },
    inputs: activate,
    prepare: runningAnother,
    expects: {
      exitCode: 1,
      outputs: { state: 'Succeeded', activated: 'false', 'active-image': 'forecasting-former' },
      log: /run on forecasting-former/,
    },
  },
  {
    name: 'plan-activate',
    shows: 'A pull request is told that merging it would activate the image.',
    inputs: { ...activate, mode: 'plan', comment: 'true' },
    event: pullRequest(),
    prepare: runningAnother,
    expects: { exitCode: 0, outputs: { changed: 'true', action: 'create' }, builds: 0, log: /create and activate/ },
  },
]

/** Runs that delete images. */
export const deleteScenarios: readonly Scenario[] = [
  {
    name: 'delete',
    shows: 'The image of a pull request that was closed is deleted.',
    inputs: { mode: 'delete' },
    prepare: (world, wanted) => {
      runningAnother(world, wanted)
      world.cluster.images.set(imageName, wanted)
    },
    expects: { exitCode: 0, outputs: { action: 'delete', changed: 'true', state: 'NotFound' }, builds: 0 },
  },
  {
    name: 'delete-active',
    shows: 'The image is active on the cluster: it is not deleted.',
    inputs: { mode: 'delete' },
    prepare: running,
    expects: { exitCode: 1, outputs: { changed: 'false' }, builds: 0, log: /image-in-use/ },
  },
  {
    name: 'clean-up',
    shows: 'All but the two newest images of a family are deleted, but for the one that is active.',
    inputs: { mode: 'delete', 'image-name': 'forecasting-*', 'keep-latest': '2' },
    prepare: family,
    expects: { exitCode: 0, outputs: { action: 'delete', changed: 'true' }, builds: 0 },
  },
  {
    name: 'plan-clean-up',
    shows: 'What would be deleted, without deleting it.',
    inputs: { mode: 'plan', 'image-name': 'forecasting-*', 'keep-latest': '2' },
    prepare: family,
    expects: { exitCode: 0, outputs: { action: 'delete', changed: 'true' }, builds: 0 },
  },
]

/** Has queries run on an image of the family that holds something else. */
function runningMember({ cluster }: World, content: ImageContent): void {
  cluster.images.set(formerMember, { ...content, requirementsFileContent: 'pandas==1.5.3' })
  setExtension(cluster, pythonOn(formerMember))
}

/** Puts the image there and has queries run on it. */
function running({ cluster }: World, content: ImageContent): void {
  cluster.images.set(imageName, content)
  setExtension(cluster, pythonOn(imageName))
}

/** Has queries run on another image. */
function runningAnother({ cluster }: World, content: ImageContent): void {
  cluster.images.set('forecasting-former', { ...content, requirementsFileContent: 'pandas==1.5.3' })
  setExtension(cluster, pythonOn('forecasting-former'))
}

/** Puts images of six weeks there, of which the first is active. */
function family({ cluster }: World, content: ImageContent): void {
  for (let week = 1; week <= 6; week++) {
    const image = cluster.images.set(`forecasting-2026-w${40 + week}`, content)
    image.changedAt = new Date(Date.UTC(2026, 9, 1 + 7 * week))
  }
  setExtension(cluster, pythonOn('forecasting-2026-w41'))
}
