import { createHash } from 'node:crypto'
import process from 'node:process'
import type { Fault } from '../../emulator/azure/faults.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import { play, type Played, type PlayOptions } from './harness.js'

/** What all that looks random comes from. */
export const seed = process.env['CHAOS_SEED'] ?? 'chaos'
/** How many of each kind. */
export const runs = Number(process.env['CHAOS_RUNS'] ?? 36)
/** Numbers that look random, and are the same for the same text. */
export function randomFrom(text: string) {
  let state = createHash('sha256').update(text).digest().readUInt32LE()
  const next = (): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    chance: (probability: number) => next() < probability,
    below: (limit: number) => Math.floor(next() * limit),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
  }
}

export type Random = ReturnType<typeof randomFrom>

const page = '<html><body>Bad Gateway</body></html>'
/** What may go wrong with a request. */
export const effects: readonly Omit<Fault, 'on'>[] = [
  ...[500, 502, 503, 504, 408].map(status => ({ answer: { status, body: page } })),
  { answerAfter: { status: 504, body: page } },
  { answerAfter: { status: 500 } },
  { answer: { status: 429, headers: { 'Retry-After': '7' } } },
  { answer: { status: 429 } },
  { reset: 'before' },
  { reset: 'after' },
  { hang: 'before' },
  { hang: 'after' },
  { truncate: true },
  { answer: { status: 200, body: page } },
  { answerAfter: { status: 200 } },
  { answer: { status: 401 } },
  { delayMs: 20_000 },
]
/** Whether the service refuses a token. */
export const refuses = ({ answer }: Omit<Fault, 'on'>) => answer?.status === 401

/** Whether the service takes the request, and nothing of its answer arrives. */
export const swallows = ({ answerAfter, reset, hang, truncate }: Omit<Fault, 'on'>) =>
  answerAfter !== undefined || reset === 'after' || hang === 'after' || truncate === true

/** Some faults of one kind of request. @param span among so many of these requests the first one is struck. */
export function strikes(random: Random, on: RequestKind, most: number, span: number, among = effects): Fault[] {
  return Array.from({ length: random.below(most + 1) }, () => ({
    on,
    skip: random.below(span),
    ...random.pick(among),
  }))
}

/** Plays a step and judges it; where it does not hold, all there is to know of it is told. */
export async function playChaos(title: string, options: PlayOptions, judge: (step: Played) => void): Promise<void> {
  let step: Played | undefined
  try {
    step = await play(options)
    judge(step)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const story = step?.world.requests.map(({ kind, status }) => `${kind} ${status ?? '-'}`).join(', ')
    const log = step?.log.replace(/^::debug::.*\n/gm, '') ?? ''
    error.message = `CHAOS_SEED=${seed}, ${title}\n${story}\n${JSON.stringify(step?.outputs)}\n${log}\n${error.message}`
    throw error
  }
}
