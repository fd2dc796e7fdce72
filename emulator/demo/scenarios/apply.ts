import { maintenanceError } from '../../azure/arm-errors.js'
import type { ImageContent } from '../../azure/cluster.js'
import { exampleReleases } from '../../github/releases.js'
import { imageName, type Scenario } from './scenario.js'

const sixMinutes = { buildSeconds: 380, speed: 100 } as const
const built = { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } } as const

/** Runs that make the image match. */
export const applyScenarios: readonly Scenario[] = [
  {
    name: 'first-build',
    shows: 'The cluster has no such image yet: it is built, and followed to its end.',
    world: sixMinutes,
    expects: { ...built, outputs: { state: 'Succeeded', changed: 'true', action: 'create' } },
  },
  {
    name: 'no-change',
    shows: 'The image has the same content: three requests, nothing is submitted.',
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    expects: { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'none' }, builds: 0 },
  },
  {
    name: 'update',
    shows: 'The image lacks a package of the file: it is rebuilt.',
    world: sixMinutes,
    prepare: (world, wanted) => void world.cluster.images.set(imageName, withoutLastLine(wanted)),
    expects: { ...built, outputs: { state: 'Succeeded', changed: 'true', action: 'update' } },
  },
  {
    name: 'forced',
    shows: 'Nothing changed, but the build is forced, to pick up newer releases of unpinned packages.',
    world: sixMinutes,
    inputs: { force: 'true' },
    prepare: (world, wanted) => void world.cluster.images.set(imageName, wanted),
    expects: { ...built, outputs: { state: 'Succeeded', changed: 'true', action: 'rebuild' } },
  },
  {
    name: 'no-wait',
    shows: 'The step ends as soon as the service has accepted the build.',
    inputs: { wait: 'false' },
    world: { buildSeconds: 380 },
    expects: { exitCode: 0, outputs: { changed: 'true', action: 'create' } },
  },
  {
    name: 'build-fails',
    shows: 'A package does not exist: the build fails late, and the line in the file gets the error.',
    world: { ...sixMinutes, unknownPackages: new Set(['scikit-lern']) },
    inputs: { resolve: 'false' },
    edit: ({ name, files }) => ({ [name]: `${files[name]}\nscikit-lern==1.4.2\n` }),
    expects: { exitCode: 1, outputs: { state: 'Failed', changed: 'true' }, log: /No matching distribution found/ },
  },
  {
    name: 'would-fail',
    shows: 'A package does not exist: uv knows before anything is submitted, and the line in the file gets the error.',
    edit: ({ name, files }) => ({ [name]: `${files[name]}\nscikit-lern==1.4.2\n` }),
    uv: { ...exampleReleases, 'scikit-lern': [] },
    expects: {
      exitCode: 1,
      outputs: { state: 'NotFound', changed: 'false' },
      builds: 0,
      log: /no package scikit-lern/,
    },
  },
  {
    name: 'build-canceled',
    shows: 'Someone cancels the build in Azure.',
    world: { ...sixMinutes, outcomes: [{ status: 'Canceled' }] },
    expects: { exitCode: 1, outputs: { state: 'Canceled' } },
  },
  {
    name: 'conflict',
    shows: "A colleague's build of another image is under way when ours is submitted: 409, wait, try again.",
    world: sixMinutes,
    prepare: (world, wanted) => void world.startForeignBuild({ image: 'fraud-scoring', content: wanted, seconds: 240 }),
    expects: built,
  },
  {
    name: 'attach',
    shows: 'The same build was started from a laptop four minutes ago: it is followed, not repeated.',
    world: sixMinutes,
    prepare: (world, wanted) => void world.startForeignBuild({ image: imageName, content: wanted, seconds: 150 }),
    expects: { exitCode: 0, outputs: { state: 'Succeeded', changed: 'false', action: 'attach' }, builds: 0 },
  },
  {
    name: 'maintenance',
    shows: 'A maintenance of the cluster ends the first build: it is submitted again.',
    world: { ...sixMinutes, outcomes: [{ status: 'Failed', error: maintenanceError('adxforecast') }] },
    expects: { ...built, builds: 2 },
  },
  {
    name: 'throttled',
    shows: 'Azure Resource Manager throttles the requests (429): the step waits as long as Retry-After says.',
    world: {
      ...sixMinutes,
      limits: { reads: { capacity: 2, perSecond: 0.05 }, writes: { capacity: 1, perSecond: 1 } },
    },
    expects: built,
  },
  {
    name: 'operation-unreadable',
    shows: "The role does not reach the operation's URL: the build is followed by the image's own state.",
    world: sixMinutes,
    prepare: world => void world.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read'),
    expects: built,
  },
  {
    name: 'answer-lost',
    shows: 'A gateway answers 504 although the build started: it is found, not started twice.',
    world: sixMinutes,
    prepare: world =>
      void world.fault({ on: 'put-image', answerAfter: { status: 504, body: '<html>504 Gateway Time-out</html>' } }),
    // Whose build it is that was found, nobody knows.
    expects: { exitCode: 0, outputs: { state: 'Succeeded', changed: '' } },
  },
  {
    name: 'foreign-operation-url',
    shows: 'The answer names a foreign host to ask for the status: no token goes there.',
    world: sixMinutes,
    prepare(world) {
      const url = 'https://evil.example/operationResults/1?api-version=2024-04-13'
      world.addForeignHost('evil.example')
      world.fault({
        on: 'put-image',
        alter: answer => ({ ...answer, headers: { ...answer.headers, 'Azure-AsyncOperation': url } }),
      })
    },
    expects: built,
  },
  {
    name: 'rough-weather',
    shows: 'Resets, gateway errors and cut answers all along: one build, and it succeeds.',
    world: sixMinutes,
    prepare(world) {
      world.fault({ on: 'id-token', answer: { status: 503 } })
      world.fault({ on: 'token', reset: 'before' })
      world.fault({ on: 'get-image', truncate: true })
      world.fault({ on: 'put-image', reset: 'before' })
      world.fault({ on: 'poll', times: 2, answer: { status: 502, body: '<html>Bad Gateway</html>' } })
      world.fault({ on: 'poll', skip: 2, reset: 'before' })
    },
    expects: built,
  },
  {
    name: 'slow-build',
    shows: 'A build of 40 minutes on a clock that runs faster; access tokens expire meanwhile.',
    world: { buildSeconds: 2400, speed: 400 },
    prepare(world) {
      world.entra.accessTokenSeconds = 900
    },
    expects: built,
  },
  {
    name: 'timeout',
    shows: 'The build takes longer than timeout-minutes allows.',
    world: sixMinutes,
    inputs: { 'timeout-minutes': '3' },
    expects: { exitCode: 1, outputs: { state: 'Running', changed: 'true' } },
  },
  {
    name: 'cancelled',
    shows: 'The run is cancelled in the middle of the build.',
    world: sixMinutes,
    cancelWhen: world => world.seen('poll').length >= 40,
    expects: { exitCode: 1, outputs: { state: 'Running', changed: 'true' } },
  },
  {
    name: 'us-government',
    shows: 'The cluster is in the US Government cloud.',
    world: { ...sixMinutes, cloud: 'AzureUSGovernment' },
    inputs: { environment: 'azureusgovernment' },
    expects: built,
  },
  {
    name: 'no-id-token-permission',
    shows: 'The job lacks the permission "id-token: write".',
    world: { idTokenPermission: false },
    expects: { exitCode: 1, builds: 0, log: /id-token: write/ },
  },
  {
    name: 'wrong-subject',
    shows: 'The federated credential trusts the main branch, and the workflow runs for a pull request.',
    prepare(world) {
      world.github.subject = 'repo:contoso/forecasting:pull_request'
    },
    expects: { exitCode: 1, builds: 0, log: /repo:contoso\/forecasting:pull_request/ },
  },
  {
    name: 'forbidden',
    shows: 'The application may read images, but not write them.',
    prepare: world => void world.principal.actions.delete('Microsoft.Kusto/Clusters/SandboxCustomImages/write'),
    expects: { exitCode: 1, builds: 0, log: /SandboxCustomImages\/write/i },
  },
  {
    name: 'cluster-missing',
    shows: 'There is no cluster of that name.',
    inputs: { 'cluster-name': 'adxforecats' },
    expects: { exitCode: 1, builds: 0, log: /adxforecats/ },
  },
  {
    name: 'cluster-stopped',
    shows: 'The cluster is stopped.',
    world: { cluster: { state: 'Stopped' } },
    expects: { exitCode: 1, builds: 0, log: /stopped/i },
  },
  {
    name: 'input-errors',
    shows: 'Several inputs are wrong: all are named, before any request.',
    inputs: { 'base-image-name': 'Python3_10_8', wait: 'yes', 'timeout-minutes': '1.5e', environment: 'AzureGermany' },
    expects: { exitCode: 1, builds: 0, log: /AzureGermany/ },
  },
]

function withoutLastLine(content: ImageContent): ImageContent {
  const lines = (content.requirementsFileContent ?? '').split('\n')
  return { ...content, requirementsFileContent: lines.slice(0, -1).join('\n') }
}
