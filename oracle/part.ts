/** What is asked of the tools of others. */
export type Part = Recording | Check

/** What becomes data. */
export type Recording = {
  readonly name: string
  /** Where the data are; data of the tests are in a file of __tests__/recorded/ that is named after the part. */
  readonly file?: string
  /** Asks again. The answer is what the file should hold: JSON, the same each time, with the versions that said it. */
  readonly ask: () => unknown
}

/** What is shown with the tools at work, for no recorded data could show it. */
export type Check = {
  readonly name: string
  /** Tells each thing that is wrong, in a line. */
  readonly check: () => readonly string[] | Promise<readonly string[]>
}
