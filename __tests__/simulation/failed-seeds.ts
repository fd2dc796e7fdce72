/** Seeds that broke a promise once, each with a word on what went wrong. They are played for ever. */
export const failedSeeds: ReadonlyMap<number, string> = new Map([
  [
    91000952,
    'a build that was seen under way after a lost answer was told as not begun, for another one had replaced it',
  ],
])
