import { randomBytes, randomUUID } from 'node:crypto'

/** Holds the source of all that nobody can foretell: ids, keys, and what happens now and then. */
export type Chance = {
  /** Between 0 and 1. */
  readonly random: () => number
  /** A UUID. */
  readonly newId: () => string
  readonly bytes: (count: number) => Buffer
}

/** Holds the machine's own chance. */
export const machineChance: Chance = { random: Math.random, newId: randomUUID, bytes: randomBytes }

/** Creates chance from one source of numbers between 0 and 1, so that the same source gives the same again. */
export function chanceFrom(random: () => number): Chance {
  const bytes = (count: number): Buffer => {
    const drawn = Buffer.alloc(count)
    for (let index = 0; index < count; index++) drawn[index] = random() * 256
    return drawn
  }
  return {
    random,
    bytes,
    newId: () => {
      const digits = bytes(16).toString('hex')
      const variant = '89ab'[Number.parseInt(digits[16]!, 16) % 4]
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
    },
  }
}
