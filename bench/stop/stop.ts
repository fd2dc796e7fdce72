import { runStep } from '../../emulator/github/runner.js'
import { startWorld, type World } from '../../emulator/world.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { inputsFor, requirements } from '../start/job.js'
import { median } from '../statistics.js'
import { table, whole } from '../table.js'

/** A moment of a run at which it is cancelled. */
type Moment = {
  readonly name: string
  readonly inputs?: Readonly<Record<string, string>>
  readonly prepare?: (world: World) => void
  readonly reached: (world: World, log: string) => boolean
}

const moments: readonly Moment[] = [
  {
    name: 'GitHub does not answer',
    prepare: world => void world.fault({ on: 'id-token', hang: 'before' }),
    reached: world => world.seen('id-token').length > 0,
  },
  {
    name: 'Entra does not answer',
    prepare: world => void world.fault({ on: 'token', hang: 'before' }),
    reached: world => world.seen('token').length > 0,
  },
  {
    name: 'Resource Manager does not answer',
    prepare: world => void world.fault({ on: 'put-image', hang: 'before' }),
    reached: world => world.seen('put-image').length > 0,
  },
  {
    name: 'one poll follows another',
    inputs: { 'poll-interval-seconds': '0.01' },
    reached: world => world.seen('poll').length > 5,
  },
  {
    name: 'it waits for the next poll',
    inputs: { 'poll-interval-seconds': '600' },
    reached: (_, log) => log.includes('has accepted the build'),
  },
]

/** Measures how long the process lives after the signal of a cancellation, at several moments of a run. */
export async function measureStop(runs: number): Promise<Section> {
  const measured: [Moment, readonly number[]][] = []
  for (const moment of moments) {
    const taken: number[] = []
    while (taken.length < runs) taken.push(await stopAt(moment))
    measured.push([moment, taken])
  }
  const rows = measured.map(([{ name }, taken]) => [
    name,
    `${whole(median(taken))} ms`,
    `${whole(Math.max(...taken))} ms`,
  ])
  return {
    title: 'When it is cancelled',
    text: `${explanation(runs)}\n\n${table(['while', 'median', 'longest'], rows)}`,
    goals: measured.map(([{ name }, taken]) => goalOf(name, Math.max(...taken))),
  }
}

function explanation(runs: number): string {
  return [
    `How long the process goes on after the signal, outputs and summary written: ${runs} runs for each moment. GitHub's runner`,
    'sends the next signal after 7.5 seconds, and kills after 2.5 more.',
  ].join('\n')
}

async function stopAt({ inputs, prepare, reached }: Moment): Promise<number> {
  const world = await startWorld({ buildSeconds: 3600 })
  try {
    prepare?.(world)
    const { endedAfterCancelMs, log } = await runStep({
      world,
      inputs: { ...inputsFor(world), ...inputs },
      files: { 'requirements.txt': requirements },
      cancelWhen: soFar => reached(world, soFar.log),
    })
    if (endedAfterCancelMs === undefined) throw new Error(`the run ended by itself:\n${log}`)
    return endedAfterCancelMs
  } finally {
    await world.close()
  }
}

function goalOf(name: string, longest: number): Goal {
  return { what: `while ${name}: at most a second`, measured: `${whole(longest)} ms`, met: longest <= 1000 }
}
