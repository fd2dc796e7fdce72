import { objectIn, textIn } from '../json.js'

/** An error as Azure Resource Manager words it; `details` nest to any depth. */
export type ServiceError = {
  readonly code: string
  readonly message: string
  readonly target?: string
  readonly details: readonly ServiceError[]
  readonly additionalInfo: readonly { readonly type: string; readonly info: unknown }[]
}

/** Errors nest a few levels; a service that nests deeper than this has gone wrong, and must not take us along. */
const deepest = 12

/**
 * The error in an answer's body: `{"error":{…}}`, a bare `{"code","message"}` or `{"message"}`, as gateways answer too.
 * Undefined where the body holds none of these.
 */
export function serviceErrorFrom(body: unknown): ServiceError | undefined {
  const outer = objectIn(body)
  return read(outer?.['error'] ?? outer, 0)
}

function read(value: unknown, depth: number): ServiceError | undefined {
  if (typeof value === 'string') return { code: '', message: value, details: [], additionalInfo: [] }
  const error = objectIn(value)
  const code = textIn(error?.['code']) ?? ''
  const message = textIn(error?.['message']) ?? ''
  if (error === undefined || (code === '' && message === '')) return undefined
  const target = textIn(error['target'])
  return {
    code,
    message,
    ...(target === undefined ? {} : { target }),
    details: depth < deepest ? listIn(error['details']).flatMap(detail => read(detail, depth + 1) ?? []) : [],
    additionalInfo: listIn(error['additionalInfo']).flatMap(info => {
      const entry = objectIn(info)
      return entry === undefined ? [] : [{ type: textIn(entry['type']) ?? '', info: entry['info'] }]
    }),
  }
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The whole error as a person reads it: a line or more for each message, what it nests indented under it. */
export function told(error: ServiceError): string {
  return lines(error, '').join('\n')
}

function lines(error: ServiceError, indent: string): string[] {
  const where = error.target === undefined ? '' : ` (target: ${error.target})`
  const [first = '', ...rest] = error.message.split(/\r\n|\r|\n/)
  const inner = `${indent}  `
  return [
    `${indent}${[error.code, first].filter(part => part !== '').join(': ')}${where}`,
    ...rest.map(line => `${inner}${line}`),
    ...error.details.flatMap(detail => lines(detail, inner)),
    ...error.additionalInfo.flatMap(({ type, info }) => [
      ...(type === '' ? [] : [`${inner}${type}:`]),
      ...facts(info, `${inner}  `, 0),
    ]),
  ]
}

/** Nested values as `name: value` lines; a policy denial names its policy and assignment this way. */
function facts(value: unknown, indent: string, depth: number): string[] {
  if (value === null || value === undefined || depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap(item => facts(item, indent, depth + 1))
  const object = objectIn(value)
  if (object === undefined) return [`${indent}${scalar(value)}`]
  return Object.entries(object).flatMap(([name, inner]) => {
    if (inner === null || inner === undefined) return []
    if (typeof inner === 'object') return [`${indent}${name}:`, ...facts(inner, `${indent}  `, depth + 1)]
    return [`${indent}${name}: ${scalar(inner)}`]
  })
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Whether the error, or one that it nests, bears this code. */
export function hasCode(error: ServiceError | undefined, code: string): boolean {
  if (error === undefined) return false
  return error.code.toLowerCase() === code.toLowerCase() || error.details.some(detail => hasCode(detail, code))
}

/** The first words of a body that holds no error: the text of an HTML page, or the text itself. */
export function excerpt(text: string): string {
  const plain = text
    .slice(0, 20_000)
    .replace(/<(style|script)\b[^>]*>[^]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain
}
