import { parentPort, workerData } from 'node:worker_threads'
import { mutate } from './mutate.js'
import type { Work } from './pool.js'
import type { Played } from './play.js'

// Plays seeds in a thread, with the action as it is or with one text of it changed.
const { mutant } = workerData as Work
const mutation = mutant === undefined ? undefined : mutate(mutant)
const { play } = (await import('./play.js')) as { readonly play: (seed: number) => Promise<Played> }
if (mutation?.applied() === false) throw new Error(`${mutant!.name}: ${mutant!.file} was not loaded`)

parentPort!.on('message', (seeds: readonly number[]) => {
  void (async () => {
    const played: Played[] = []
    for (const seed of seeds) played.push(await play(seed))
    parentPort!.postMessage(played)
  })()
})
