import type { Completion } from '../../emulator/azure/cluster.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { Readable } from '../../emulator/azure/state-history.js'
import { withAdditions } from './draw-additions.js'
import { type FileName, formerName, imageName } from './contents.js'
import { drawColleague } from './draw-colleague.js'
import { drawFaults } from './draw-faults.js'
import { drawRun, drawSecondRun } from './draw-runs.js'
import { type Draw, drawFrom } from './draw.js'
import { mostLag } from './limits.js'

/** What may go wrong, or come between. */
const troubles = [
  'late reads',
  'lost answers',
  'gateway errors',
  'throttling',
  'conflicts',
  'maintenance',
  'false 404s',
  'unreadable operations',
  'failing builds',
  'failing switches',
  'flawed image',
  'slow sandboxes',
  'former sandboxes',
  'python disabled',
  'completion',
  'colleague',
  'second run',
  'cancellation',
  'time limit',
] as const

export type Trouble = (typeof troubles)[number]

/** One run of the action. Times in seconds. */
export type RunPlan = {
  readonly name: string
  readonly at: number
  /** Whether it begins so long after the end of the first run, rather than after the start of all. */
  readonly afterFirst?: boolean
  readonly mode: 'apply' | 'delete' | 'verify'
  readonly image: string
  readonly file: FileName | 'impossible'
  readonly inputs: Readonly<Record<string, string>>
  readonly cancelAt?: number
}

/** What a colleague does, whatever comes of it. */
export type Deed = {
  /** Whether it is so long after a request of the action, rather than after the start. */
  readonly after?: { readonly kind: RequestKind; readonly skip: number } | undefined
  readonly at: number
  readonly what: 'build' | 'switch' | 'delete'
  readonly image: string
  readonly file: FileName
  readonly base?: string
}

/** Something that goes wrong with a request of the action. */
export type PlannedFault = {
  readonly on: string
  readonly skip: number
  readonly times: number
  readonly effect:
    | { readonly as: 'cut' | 'hang' | 'page'; readonly taken: 'at once' | 'never' | number }
    | { readonly as: 'answer'; readonly status: number; readonly code?: string; readonly retryAfter?: number }
    | { readonly as: 'delay'; readonly seconds: number }
}

/** How an operation ends that does not simply succeed. */
export type PlannedEnd = 'succeeded' | 'failed' | 'canceled' | 'conflict' | 'maintenance'

/** What is there at the start. */
type Before = {
  /** Name of the image that the runs are about, or that came before theirs. */
  readonly name: string
  readonly image: 'absent' | 'wanted' | 'other' | 'failed' | 'being built'
  readonly active: 'managed' | 'former' | 'itself' | 'none'
  readonly formerFile: FileName
  /** Image that another one is built upon. */
  readonly base: string | undefined
  /** Image of a second entry for Python. */
  readonly second: string | undefined
  /** Numbers of the images of the family. */
  readonly family: readonly number[]
}

/** All that one seed says. Times in seconds. */
export type Schedule = {
  readonly seed: number
  readonly troubles: readonly Trouble[]
  readonly before: Before
  readonly buildSeconds: number
  readonly switchSeconds: number
  readonly deleteSeconds: number
  readonly lagSeconds: Readonly<Record<Readable, number>>
  readonly lag: 'drawn' | 'fixed'
  readonly buildEnds: readonly PlannedEnd[]
  readonly switchEnds: readonly PlannedEnd[]
  readonly sandboxSeconds: number
  readonly formerSandboxSeconds: number
  readonly pythonPlugin: 'enabled' | 'disabled' | 'refused'
  readonly flawed: boolean
  /** Whether the query that tests images passes on the former one alone. */
  readonly failingQuery: boolean
  readonly readable: boolean
  readonly completion: Completion
  readonly conflictScope: 'image' | 'cluster'
  readonly repeatedPut: 'conflict' | 'second-operation'
  readonly putHeaders: readonly ('Azure-AsyncOperation' | 'Location')[]
  readonly retryAfterSeconds: number | undefined
  readonly dated: boolean
  readonly faults: readonly PlannedFault[]
  readonly deeds: readonly Deed[]
  readonly runs: readonly RunPlan[]
}

/** The schedule of a seed. */
export function scheduleOf(seed: number): Schedule {
  return withAdditions(drawSchedule(seed))
}

function drawSchedule(seed: number): Schedule {
  const draw = drawFrom(seed, 'schedule')
  const chosen = drawTroubles(draw)
  const has = (trouble: Trouble) => chosen.includes(trouble)
  const first = drawRun(drawFrom(seed, 'run'), has)
  const buildSeconds = draw.evenly(30, 3600)
  const switchSeconds = draw.chance(0.3) ? draw.evenly(20, 600) : draw.between(16 * 60, 60 * 60)
  const lag = (): number => (draw.chance(0.75) ? draw.evenly(3, mostLag) : 0)
  const late = has('late reads')
  const ends = (own: Trouble): PlannedEnd[] => {
    const end = (): PlannedEnd[] => [
      ...(has('conflicts') && draw.chance(0.3) ? (['conflict'] as const) : []),
      ...(has('maintenance') && draw.chance(0.4) ? (['maintenance'] as const) : []),
      ...(has(own) && draw.chance(0.7) ? [draw.pick(['failed', 'failed', 'canceled'] as const)] : []),
    ]
    return [...(draw.chance(0.25) ? (['succeeded'] as const) : []), ...end(), ...end()]
  }
  return {
    seed,
    troubles: chosen,
    before: drawBefore(draw, first),
    buildSeconds,
    switchSeconds,
    deleteSeconds: draw.evenly(5, 120),
    lagSeconds: late
      ? { image: lag(), list: lag(), cluster: lag(), operation: lag() }
      : { image: 0, list: 0, cluster: 0, operation: 0 },
    lag: draw.pick(['drawn', 'fixed']),
    buildEnds: ends('failing builds'),
    switchEnds: ends('failing switches'),
    sandboxSeconds: has('slow sandboxes') ? draw.evenly(10, 600) : 0,
    formerSandboxSeconds: has('former sandboxes') ? draw.evenly(10, 110) : 0,
    pythonPlugin: has('python disabled') ? draw.pick(['disabled', 'refused']) : 'enabled',
    flawed: has('flawed image'),
    failingQuery: false,
    readable: !has('unreadable operations'),
    completion: has('completion') ? draw.pick(['version', 'null version', 'base']) : 'nothing',
    conflictScope: draw.pick(['image', 'cluster', 'cluster']),
    repeatedPut: draw.pick(['conflict', 'conflict', 'second-operation']),
    putHeaders: draw.pick([
      ['Azure-AsyncOperation'],
      ['Azure-AsyncOperation'],
      ['Azure-AsyncOperation', 'Location'],
      ['Location'],
    ]),
    retryAfterSeconds: draw.chance(0.15) ? draw.pick([5, 20, 60]) : undefined,
    dated: draw.chance(0.5),
    faults: drawFaults(drawFrom(seed, 'faults'), has),
    deeds: has('colleague') ? drawColleague(drawFrom(seed, 'colleague'), first) : [],
    runs: [first, ...(has('second run') ? [drawSecondRun(drawFrom(seed, 'second run'), first, has)] : [])],
  }
}

/** What shows most when it comes together. */
const frequent = [
  'late reads',
  'late reads',
  'lost answers',
  'lost answers',
  'unreadable operations',
  'colleague',
  'second run',
  'flawed image',
] as const

/** None in some schedules, a few in most, and many in some. */
function drawTroubles(draw: Draw): Trouble[] {
  const count = draw.pick([0, 1, 1, 2, 2, 3, 3, 4, 5, 7])
  const chosen = new Set<Trouble>()
  while (chosen.size < count) chosen.add(draw.chance(0.5) ? draw.pick(frequent) : draw.pick(troubles))
  return troubles.filter(trouble => chosen.has(trouble))
}

function drawBefore(draw: Draw, { mode }: RunPlan): Before {
  const apply = mode === 'apply'
  return {
    name: imageName,
    image: draw.pick(
      apply
        ? ['absent', 'absent', 'wanted', 'other', 'other', 'failed', 'being built']
        : ['absent', 'wanted', 'wanted', 'wanted', 'other', 'failed', 'being built'],
    ),
    active: draw.pick(
      apply ? ['managed', 'former', 'former', 'itself', 'none'] : ['managed', 'former', 'former', 'itself'],
    ),
    formerFile: draw.pick(['b', 'b', 'c', 'a']),
    base: draw.chance(apply ? 0.1 : 0.2) ? draw.pick([imageName, formerName, `${imageName}-2`]) : undefined,
    second: apply || draw.chance(0.8) ? undefined : draw.pick([imageName, `${imageName}-1`, `${imageName}-3`]),
    family: apply ? [] : [1, 2, 3, 4, 5].filter(() => draw.chance(0.7)),
  }
}
