import { playedIn, requirements } from '../played.js'
import type { Played } from '../played.js'
import { runInProcess } from './in-process.js'
import type { PlayOptions } from './in-process.js'

export * from '../played.js'
export type { PlayOptions } from './in-process.js'

/**
 * Runs the action as a step with valid inputs in a world where builds take as long as real ones, and checks what must be
 * true of every step whatever happens.
 */
export async function play(options: PlayOptions = {}): Promise<Played> {
  const files = { 'requirements.txt': `${requirements}\n`, ...options.files }
  const { world, step } = await runInProcess({ ...options, files })
  return playedIn(world, step)
}
