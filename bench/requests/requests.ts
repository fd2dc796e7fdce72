import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import { runStep } from '../../emulator/github/runner.js'
import { startWorld, type World } from '../../emulator/world.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { image, inputsFor, putImage, requirements } from '../start/job.js'
import { table, whole } from '../table.js'

/** Seconds of the world that changes take, and how many times faster than the real clock that world runs. */
const world = { buildSeconds: 390, switchSeconds: 960, speed: 100 }

/** A run whose requests are counted. */
type Situation = {
  readonly name: string
  readonly inputs: Readonly<Record<string, string>>
  readonly prepare: (world: World) => void
  /** How many there should be of each kind, but for polls, in which a change is followed. */
  readonly expected: Partial<Record<RequestKind, number>>
}

const activate = { activate: 'true' }
const verify = { ...activate, verify: 'true', database: 'telemetry' }
const noChange = { 'id-token': 1, token: 1, 'get-image': 1 }
const member = { 'id-token': 1, token: 1, 'list-images': 1 }
// A 404 is held against the list, for it may be wrong.
const build = { ...noChange, 'list-images': 1, 'get-cluster': 1, 'get-image': 2, 'put-image': 1 }
const active = { ...noChange, 'get-cluster': 1 }
// After a switch, which takes long, the image is read once more.
const use = { ...build, 'get-cluster': 3, 'get-image': 3, switch: 1 }
// What has answered was active before and after.
const verified = { 'id-token': 2, token: 2 }

const situations: readonly Situation[] = [
  { name: 'nothing changed', inputs: {}, prepare: putImage, expected: noChange },
  { name: '…of a family', inputs: { 'image-name': `${image}-*` }, prepare: putMember, expected: member },
  { name: '…and active', inputs: activate, prepare: putActive, expected: active },
  {
    name: '…and verified',
    inputs: verify,
    prepare: putActive,
    expected: { ...active, ...verified, 'get-cluster': 2, query: 1 },
  },
  { name: 'first build', inputs: {}, prepare: () => undefined, expected: build },
  { name: '…and activated', inputs: activate, prepare: () => undefined, expected: use },
  {
    name: '…and verified',
    inputs: verify,
    prepare: () => undefined,
    // The database is tried before the build and before the switch, and the image twice after it.
    expected: { ...use, ...verified, 'get-cluster': 4, query: 4 },
  },
]

/** Counts the requests of the shipped action in several situations. */
export async function countRequests(): Promise<Section> {
  const counts = await Promise.all(situations.map(requestsOf))
  const kinds = [...new Set(counts.flatMap(count => [...count.keys()]))]
  const rows = [
    ...kinds.map(kind => [kind, ...counts.map(count => whole(count.get(kind) ?? 0))]),
    ['all', ...counts.map(count => whole(sum(count)))],
  ]
  return {
    title: 'Requests of a run',
    text: `${explanation}\n\n${table(['kind', ...situations.map(({ name }) => name)], rows)}`,
    goals: situations.map((situation, index) => goalOf(situation, counts[index]!)),
  }
}

const explanation = [
  'Each column is a run. “…and active” adds to “nothing changed”, and each other ellipsis to the column before it. Builds',
  'took 6.5 minutes and switches 16, which the polls follow. The cluster is looked at only by a run that is to change',
  'something, or to activate the image; a run that verifies asks for a second token, that of the data endpoint.',
].join('\n')

async function requestsOf({ inputs, prepare }: Situation): Promise<Map<RequestKind, number>> {
  const there = await startWorld(world)
  try {
    prepare(there)
    const step = await runStep({
      world: there,
      inputs: { ...inputsFor(there), ...inputs },
      files: { 'requirements.txt': requirements },
    })
    if (step.exitCode !== 0) throw new Error(`the run failed:\n${step.log}`)
    return new Map([...Map.groupBy(there.requests, ({ kind }) => kind)].map(([kind, seen]) => [kind, seen.length]))
  } finally {
    await there.close()
  }
}

function goalOf({ inputs, expected }: Situation, count: ReadonlyMap<RequestKind, number>): Goal {
  const builds = 'put-image' in expected
  const what = [
    builds ? 'a first build' : 'nothing changed',
    ...('image-name' in inputs ? ['of a family'] : []),
    ...('activate' in inputs ? [builds ? 'activated' : 'active'] : []),
    ...('verify' in inputs ? ['verified'] : []),
  ].join(', ')
  const besides = [...count].filter(([kind]) => kind !== 'poll')
  const wanted = Object.values(expected).reduce((total, each) => total + each, 0)
  return {
    what: `${what}: ${wanted} requests${builds ? ' besides polls' : ''}`,
    measured: besides.map(([kind, times]) => `${times} ${kind}`).join(', '),
    met: besides.length === Object.keys(expected).length && besides.every(([kind, times]) => expected[kind] === times),
  }
}

function sum(count: ReadonlyMap<RequestKind, number>): number {
  return [...count.values()].reduce((total, each) => total + each, 0)
}

/** Puts a member of the image's family there, with the content that is wanted. */
function putMember(there: World): void {
  putImage(there)
  const { images } = there.cluster
  images.set(`${image}-20261120-070000-c0ffee`, images.get(image)!.content)
}

/** Puts the image there and has queries run on it. */
function putActive(there: World): void {
  putImage(there)
  setExtension(there.cluster, pythonOn(image))
}
