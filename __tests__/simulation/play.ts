import { judge, type Judgement } from './judge.js'
import { simulate } from './simulate.js'

/** What became of a seed, as plain data. */
export type Played = {
  readonly seed: number
  readonly broken: readonly Judgement[]
  readonly later: readonly Judgement[]
}

/** Plays a seed and judges it; a run that stands still, or throws, has broken a promise too. */
export async function play(seed: number): Promise<Played> {
  try {
    return { seed, ...judge(await simulate(seed)) }
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { seed, broken: [{ promise: 'ended in time', run: 'all', what }], later: [] }
  }
}
