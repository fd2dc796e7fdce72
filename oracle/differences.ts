/** As much of an answer is shown. */
const LONGEST = 200

/** Tells what is said now and was not recorded, and the other way round: a line each, with the way to it. */
export function differences(before: unknown, now: unknown, way = ''): readonly string[] {
  if (isObject(before) && isObject(now)) {
    const names = new Set([...Object.keys(before), ...Object.keys(now)])
    return [...names].flatMap(name => differences(before[name], now[name], `${way} › ${name}`))
  }
  if (before === now) return []
  return [`${way.replace(/^ › /, '')}: recorded is ${shown(before)}, said is ${shown(now)}`]
}

function isObject(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null
}

function shown(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing'
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
