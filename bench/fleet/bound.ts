import type { Limits } from '../../emulator/azure/throttle.js'

/** How long builds take. */
export type Load = {
  /** The share of the builds that are not done by an age in milliseconds: 1 at first, 0 in the end. */
  readonly left: (age: number) => number
  /** Milliseconds that no build exceeds. */
  readonly longest: number
}

/** The least mean delays that the limits allow, in milliseconds. */
export type Bound = { readonly begun: number; readonly noticed: number }

/** Milliseconds in which nothing changes, as far as the bound goes. */
const moment = 1_000

/**
 * Computes the least mean delays for somebody who is never refused, knows how old each build is and how long builds take
 * in general, and lets one hand ask for all of them; but not how long this one takes, for then one look would do.
 *
 * The n-th build begins when there is a token for it. To look at a build in pauses p, when a share h of such builds ends
 * each second, delays h·p/2 a second. Least in the sum, for so many looks, are pauses in proportion to 1/√h. There
 * are no more looks at any moment than the bucket gets tokens, less one for each image that is done; and none are made
 * that save less than what a look costs, which is set so that `requests` suffice. Reads that the bucket has saved up are
 * left aside: the first looks take them.
 */
export function leastDelays(images: number, load: Load, limits: Limits, requests: number): Bound {
  const starts = Array.from({ length: images }, (_, index) => startOf(index, limits))
  const moments = courseOf(load, starts)
  // The first look, the request for the build and the look at the image that is done.
  const looks = requests - 3 * images
  let [dear, cheap] = [1e6, 1e-6]
  while (dear / cheap > 1.001) {
    const cost = Math.sqrt(dear * cheap)
    if (follow(moments, limits, cost).looks > looks) cheap = cost
    else dear = cost
  }
  const begun = starts.reduce((sum, start) => sum + start, 0) / images
  return { begun, noticed: follow(moments, limits, dear).delay / images }
}

function startOf(index: number, { writes }: Limits): number {
  return (Math.max(0, index + 1 - writes.capacity) / writes.perSecond) * 1000
}

/** At each moment: how many builds end a second, and the sum of the roots of all builds' own h. */
type Moment = { readonly ends: number; readonly roots: number }

function courseOf({ left, longest }: Load, starts: readonly number[]): Moment[] {
  const ages = Array.from({ length: Math.ceil(longest / moment) + 1 }, (_, index) => {
    const [before, after] = [left(index * moment), left((index + 1) * moment)]
    const ending = before > 0 ? (before - after) / before / (moment / 1000) : 0
    return { ends: before * ending, root: before * Math.sqrt(ending) }
  })
  const last = Math.ceil(((starts.at(-1) ?? 0) + longest) / moment)
  return Array.from({ length: last }, (_, now) => {
    const old = starts.map(start => ages[now - Math.ceil(start / moment)]).filter(age => age !== undefined)
    return {
      ends: old.reduce((sum, { ends }) => sum + ends, 0),
      roots: old.reduce((sum, { root }) => sum + root, 0),
    }
  })
}

/** Follows all builds with as many looks as are worth their cost, and says what that comes to. */
function follow(moments: readonly Moment[], { reads }: Limits, cost: number): { looks: number; delay: number } {
  let [looks, delay] = [0, 0]
  for (const { ends, roots } of moments) {
    if (roots === 0) continue
    const rate = Math.min(roots / Math.sqrt(cost), reads.perSecond - ends)
    looks += (rate * moment) / 1000
    delay += ((roots * roots) / (2 * rate)) * moment
  }
  return { looks, delay }
}
