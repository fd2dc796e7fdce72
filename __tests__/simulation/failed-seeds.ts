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
  [1000137, 'a single 404 was told as the state, though it was wrong'],
  [1003235, 'a deletion that waited for a build told the state from before the wait'],
  [1008248, 'a switch back that took effect was told as failed, for somebody else had switched again'],
  [1008427, 'a deletion that was seen to happen was told as not begun, for the image had been built again'],
  [1009335, 'a sandbox of the image before the former one answered for the former one'],
  [1009428, 'what was active when the wait began was told as replaced, and something else was by then'],
  [1012010, 'of two switches whose answers were lost, the one that was not seen decided what had been replaced'],
  [1014956, 'a switch in place whose answer was lost was told as not begun'],
  [1018991, 'the reason was not told by a run that was cancelled right after it had read it'],
])
