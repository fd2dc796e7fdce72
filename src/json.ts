import { truncate } from './format.js'

/** Holds a JSON object, its values not known yet. */
export type JsonObject = { readonly [name: string]: unknown }

/** Limits the characters of the longest text that is read, a requirements file; all else is far shorter. @internal */
export const longestText = 1024 * 1024

/** Limits the characters of the longest name, id, state or code that is read; resource ids have some hundreds. */
export const longestWord = 1000

/** Returns what a text holds as JSON, or undefined where it is none: gateways answer HTML, or nothing at all. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns `value` if it is a JSON object. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

/** Returns `value` if it is a list; else an empty one. */
export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** Returns `value` if it is a string with something in it; what exceeds {@link longestText} is cut off, see {@link isCut}. */
export function textIn(value: unknown): string | undefined {
  return stringIn(value, longestText)
}

/** Reads as {@link textIn} does a name, an id, a state or a code: what exceeds {@link longestWord} is cut off. */
export function wordIn(value: unknown): string | undefined {
  return stringIn(value, longestWord)
}

/** Returns `value` if it is a token for a header: printable, in one line, and short enough for servers to take it. */
export function tokenIn(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7e]{1,32768}$/.test(value) ? value : undefined
}

/** Tells whether a text, or a word where `most` says so, was cut. One that was is equal to no other. */
export function isCut(text: string, most = longestText): boolean {
  return text.length > most
}

function stringIn(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  // A copy, for a slice would keep the whole text in memory.
  return isCut(value, most) ? Buffer.from(truncate(value, most)).toString() : value
}
