/** Waits until something is so; what never is fails the test by its time limit. */
export async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await is())) await new Promise(resolve => setTimeout(resolve, 10))
}

/** Gives a trial more time and more, until it had enough to get where it was to get: how much that is, the machine says. */
export async function withEnoughTime<Result>(
  trial: (ms: number) => Promise<Result>,
  isEnough: (result: Result) => boolean,
): Promise<Result> {
  for (let ms = 500; ; ms *= 2) {
    const result = await trial(ms)
    if (isEnough(result)) return result
  }
}
