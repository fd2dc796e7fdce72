import { type Played, playedIn, requirements } from '../played.js'
import { type PlayOptions, runInProcess } from './in-process.js'

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

/** What the step printed between two times of its world, without what only debug logging shows. */
export function printedBetween({ lines, durationMs, world }: Played, from: number, to: number): string[] {
  const started = world.clock.now() - durationMs
  const seen = lines.filter(
    ({ atMs, command }) => atMs + started >= from && atMs + started < to && command === undefined,
  )
  return seen.map(({ text }) => text)
}
