import { randomFrom } from '../../bench/simulation/random.js'

/** Draws from one seed. */
export type Draw = {
  /** Between 0 and 1. */
  readonly random: () => number
  readonly chance: (probability: number) => boolean
  /** A whole number below `limit`. */
  readonly below: (limit: number) => number
  readonly between: (low: number, high: number) => number
  /** Between `low` and `high`, as often in each of their doublings. */
  readonly evenly: (low: number, high: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
}

/** Draws that are the same for the same seed, and others for each `purpose`, so that one more of one changes no other. */
export function drawFrom(seed: number, purpose: string): Draw {
  let mixed = seed >>> 0
  for (const character of purpose) mixed = Math.imul(mixed ^ character.charCodeAt(0), 0x01000193) >>> 0
  const random = randomFrom(mixed)
  return {
    random,
    chance: probability => random() < probability,
    below: limit => Math.floor(random() * limit),
    between: (low, high) => low + (high - low) * random(),
    evenly: (low, high) => low * (high / low) ** random(),
    pick: items => items[Math.floor(random() * items.length)]!,
  }
}
