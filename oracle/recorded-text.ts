const WIDTH = 120

/** Writes data so that a change of it is a change of few lines: what fits in a line stands in one. */
export function recordedText(data: unknown): string {
  return `${text(data, '')}\n`
}

function text(data: unknown, indent: string, key = ''): string {
  const inLine = key + oneLine(data)
  if (indent.length + inLine.length < WIDTH || typeof data !== 'object' || data === null) return inLine
  const deeper = `${indent}  `
  const [open, close, items] = Array.isArray(data)
    ? ['[', ']', data.map(each => text(each, deeper))]
    : ['{', '}', Object.entries(data).map(([name, each]) => text(each, deeper, `${JSON.stringify(name)}: `))]
  return `${key}${open}\n${items.map(item => deeper + item).join(',\n')}\n${indent}${close}`
}

function oneLine(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(oneLine).join(', ')}]`
  if (typeof data !== 'object' || data === null) return JSON.stringify(data)
  const members = Object.entries(data).map(([name, each]) => `${JSON.stringify(name)}: ${oneLine(each)}`)
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}
