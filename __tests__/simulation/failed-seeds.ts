/** Seeds that broke a promise once, each with a word on what went wrong. They are played for ever. */
export const failedSeeds: ReadonlyMap<number, string> = new Map([
  [
    91000952,
    'a build that was seen under way after a lost answer was told as not begun, for another one had replaced it',
  ],
  [1001012, 'the reason that the Location had told was lost, for another build came between'],
  [1001816, 'an image that was being built again was told as built'],
  [1001853, 'the reason was lost, for the image was deleted meanwhile'],
  [1002799, 'what somebody else had built during the switch was told as active'],
  [1013647, 'what somebody else had built in place was told as active'],
  [1018991, 'the reason was not told by a run that was cancelled right after it had read it'],
])
