/** Seeds that broke a promise once, each with a word on what went wrong. They are played for ever. */
export const failedSeeds: ReadonlyMap<number, string> = new Map([])
