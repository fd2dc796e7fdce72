/** A JSON object, its values not known yet. */
export type JsonObject = { readonly [name: string]: unknown }

/** What a text holds as JSON, or undefined where it is none: gateways answer HTML, or nothing at all. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `value` if it is a JSON object. */
export function objectIn(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

/** `value` if it is a string with something in it. */
export function textIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
