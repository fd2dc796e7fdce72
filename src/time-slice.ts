/** Does work that takes long: yields wherever others may have their turn, and returns the result. */
export type SlicedWork<Result> = Generator<void, Result, void>

/** Lets timers and signals have their turn; rejects once the run is to end. */
export type YieldToEventLoop = () => Promise<void>

/** So many lines are worked on without giving way: some milliseconds, and more than most files have. */
const LINES_IN_A_TURN = 4096

/** Tells whether it is time to give way after so many lines. */
export function isSliceOver(lines: number): boolean {
  return lines % LINES_IN_A_TURN === 0
}

/** Does the work in one go. */
export function runAtOnce<Result>(work: SlicedWork<Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Does the work and gives way wherever it yields. */
export async function runInSlices<Result>(work: SlicedWork<Result>, giveWay: YieldToEventLoop): Promise<Result> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await giveWay()
  }
}
