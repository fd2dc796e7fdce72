import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startWorld } from '../../emulator/world.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { median, quantile } from '../statistics.js'
import { table, whole } from '../table.js'
import { putImage } from './job.js'
import { measure, type Sample } from './measure.js'
import { prepareSubjects, type Subject } from './subjects.js'

/** Milliseconds added to each request. */
const latencies = [0, 50]

/** Measures whole processes on the path where nothing changed. */
export async function measureStart(runs: number): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  const world = await startWorld()
  try {
    putImage(world)
    const subjects = await prepareSubjects(folder)
    const tables: string[] = []
    const goals: Goal[] = []
    for (const latency of latencies) {
      world.settings.latencyMs = latency
      const samples = await measure(subjects, runs, world, folder)
      tables.push(`### ${latency} ms of added latency a request\n\n${tableOf(samples)}`)
      goals.push(...goalsOf(samples, latency))
    }
    return { title: 'When nothing changed', text: [explanation(runs), ...tables].join('\n\n'), goals }
  } finally {
    await world.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

function explanation(runs: number): string {
  return [
    `Whole processes, from their start to their end, against the emulator: medians of ${runs} runs each, in turns; in`,
    'parentheses, the middle half of the runs. All of them reach GitHub, Entra and Resource Manager over TLS through the',
    'same proxy, and find the image as they want it.',
    '(b) does the same requests as the action, without checks of inputs, repeats, messages, summary or cancellation.',
    '(c) is bundled like the action, from `@actions/core`, `@azure/identity` and `@azure/arm-kusto`; its fourth request is',
    'a second one for an ID token, for `ClientAssertionCredential` asks for its assertion twice.',
  ].join('\n')
}

function tableOf(samples: ReadonlyMap<Subject, readonly Sample[]>): string {
  const floor = wallOf(samples, 'floor')
  const rows = [...samples].map(([{ name, bytes }, taken]) => {
    const walls = taken.map(({ wall }) => wall)
    const quartiles = `${whole(quantile(walls, 0.25))}–${whole(quantile(walls, 0.75))}`
    return [
      name,
      `${whole(median(walls))} ms (${quartiles})`,
      (median(walls) / floor).toFixed(2),
      `${whole(median(taken.map(({ cpu }) => cpu)))} ms`,
      `${whole(median(taken.map(({ memory }) => memory)) / 2 ** 20)} MiB`,
      whole(bytes),
      whole(median(taken.map(({ requests }) => requests.length))),
    ]
  })
  return table(['', 'wall time', '× (b)', 'CPU', 'peak memory', 'bytes of JavaScript', 'HTTP requests'], rows)
}

function wallOf(samples: ReadonlyMap<Subject, readonly Sample[]>, key: Subject['key']): number {
  return median(samplesOf(samples, key).map(({ wall }) => wall))
}

function samplesOf(samples: ReadonlyMap<Subject, readonly Sample[]>, key: Subject['key']): readonly Sample[] {
  return [...samples].find(([subject]) => subject.key === key)![1]
}

function goalsOf(samples: ReadonlyMap<Subject, readonly Sample[]>, latency: number): Goal[] {
  const action = wallOf(samples, 'action')
  const toFloor = action / wallOf(samples, 'floor')
  const toPackages = action / wallOf(samples, 'packages')
  const kinds = new Set(samplesOf(samples, 'action').map(({ requests }) => requests.join(', ')))
  return [
    { what: `at ${latency} ms, at most 2 × the wall time of (b)`, measured: toFloor.toFixed(2), met: toFloor <= 2 },
    {
      what: `at ${latency} ms, less than 0.75 × the wall time of (c)`,
      measured: toPackages.toFixed(2),
      met: toPackages < 0.75,
    },
    {
      what: `at ${latency} ms, three requests: ID token, token exchange, GET`,
      measured: [...kinds].join('; or '),
      met: kinds.size === 1 && kinds.has('id-token, token, get-image'),
    },
  ]
}
