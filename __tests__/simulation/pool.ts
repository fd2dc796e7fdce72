import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Mutant } from './mutants.js'
import type { Played } from './play.js'

/** What a thread is told at its start. */
export type Work = { readonly mutant: Mutant | undefined }

/** How to play many seeds. */
export type Playing = {
  readonly seeds: readonly number[]
  readonly mutant?: Mutant
  readonly threads?: number
  /** Is told of each seed; true ends all. */
  readonly onPlayed: (played: Played) => boolean | void
}

/** Seeds that a thread is given at once. */
const portion = 20

/** Plays seeds in several threads, in the order of their numbers as far as threads allow. */
export async function playAll({ seeds, mutant, threads = availableParallelism(), onPlayed }: Playing): Promise<void> {
  const rest = [...seeds]
  let isOver = false
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: { mutant } })
      const goOn = (): void => {
        const next = isOver ? [] : rest.splice(0, portion)
        if (next.length > 0) worker.postMessage(next)
        else worker.terminate().then(() => resolve(), reject)
      }
      worker.on('error', reject)
      worker.on('message', (played: readonly Played[]) => {
        for (const each of played) if (onPlayed(each) === true) isOver = true
        goOn()
      })
      goOn()
    })
  await Promise.all(Array.from({ length: Math.max(1, Math.min(threads, Math.ceil(seeds.length / portion))) }, one))
}

/** So many seeds from one on. */
export function seedsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => first + index)
}

/** The seed that a day begins with, so that each day plays others. */
export function seedOfTheDay(now = Date.now()): number {
  return Math.floor(now / 86_400_000) * 100_000
}
