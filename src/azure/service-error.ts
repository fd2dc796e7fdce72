import { listIn, objectIn, textIn, wordIn } from '../json.js'
import { truncate, sameName } from '../format.js'
import type { Quotation } from '../failure.js'
import { redactUrls } from '../redact.js'

/** Holds an error as Azure Resource Manager words it; `details` nest to any depth. */
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
 * Returns the error in an answer's body: `{"error":{…}}`, a bare `{"code","message"}` or `{"message"}`, as gateways answer too.
 * Undefined where the body holds none of these.
 */
export function serviceErrorFrom(body: unknown): ServiceError | undefined {
  const outer = objectIn(body)
  return read(outer?.['error'] ?? outer, 0)
}

function read(value: unknown, depth: number): ServiceError | undefined {
  if (typeof value === 'string') return { code: '', message: textIn(value) ?? '', details: [], additionalInfo: [] }
  const error = objectIn(value)
  const code = wordIn(error?.['code']) ?? ''
  const message = textIn(error?.['message']) ?? ''
  if (error === undefined || (code === '' && message === '')) return undefined
  const target = wordIn(error['target'])
  return {
    code,
    message,
    ...(target === undefined ? {} : { target }),
    details: depth < deepest ? listIn(error['details']).flatMap(detail => read(detail, depth + 1) ?? []) : [],
    additionalInfo: listIn(error['additionalInfo']).flatMap(info => {
      const entry = objectIn(info)
      return entry === undefined ? [] : [{ type: wordIn(entry['type']) ?? '', info: entry['info'] }]
    }),
  }
}

/** Limits how much of an error is shown, in characters and lines; logs of pip that say what is wrong are shorter. */
const mostTold = 256 * 1024
const mostLines = 10_000

/** Returns the whole error as a person reads it: a line or more for each message, what it nests indented under it. */
export function formatError(error: ServiceError): string {
  const shown: string[] = []
  let room = mostTold
  for (const line of lines(error, '')) {
    if (room <= 0 || shown.length === mostLines)
      return [...shown, '…and more, which is too long to be shown.'].join('\n')
    shown.push(truncate(line, room))
    room -= line.length + 1
  }
  return shown.join('\n')
}

function* lines(error: ServiceError, indent: string): Generator<string> {
  const where = error.target === undefined ? '' : ` (target: ${error.target})`
  const [first = '', ...rest] = error.message.split(/\r\n|\r|\n/)
  const inner = `${indent}  `
  yield `${indent}${[error.code, first].filter(part => part !== '').join(': ')}${where}`
  for (const line of rest) yield `${inner}${line}`
  for (const detail of error.details) yield* lines(detail, inner)
  for (const { type, info } of error.additionalInfo) {
    if (type !== '') yield `${inner}${type}:`
    yield* facts(info, `${inner}  `, 0)
  }
}

/** Returns nested values as `name: value` lines; a policy denial names its policy and assignment this way. */
function* facts(value: unknown, indent: string, depth: number): Generator<string> {
  if (value === null || value === undefined || depth > deepest) return
  const object = objectIn(value)
  if (Array.isArray(value)) {
    for (const item of listIn(value)) yield* facts(item, indent, depth + 1)
  } else if (object === undefined) {
    yield `${indent}${scalar(value)}`
  } else {
    for (const [name, inner] of Object.entries(object)) {
      if (inner === null || inner === undefined) continue
      if (typeof inner === 'object') {
        yield `${indent}${name}:`
        yield* facts(inner, `${indent}  `, depth + 1)
      } else {
        yield `${indent}${name}: ${scalar(inner)}`
      }
    }
  }
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? (textIn(value) ?? '') : JSON.stringify(value)
}

/** Quotes an error as the detail of a failure. */
export function quoteError(error: ServiceError | undefined): string | Quotation {
  return error === undefined ? 'Azure gives no reason.' : { by: 'Azure', text: formatError(error) }
}

/** Tells whether the error, or one that it nests, bears this code. */
export function hasCode(error: ServiceError | undefined, code: string): boolean {
  if (error === undefined) return false
  return sameName(error.code, code) || error.details.some(detail => hasCode(detail, code))
}

/** Returns the first words of a body that holds no error: the text of an HTML page, or the text itself. */
export function excerpt(text: string): string {
  return truncate(withoutTags(redactUrls(text).slice(0, 20_000)).replace(/\s+/g, ' ').trim(), 300)
}

/** Returns the text of a page between its tags, but for style sheets and scripts; what is not closed ends with the page. */
function withoutTags(page: string): string {
  const shown: string[] = []
  let from = 0
  for (let start = page.indexOf('<'); start !== -1; start = page.indexOf('<', from)) {
    const end = endOfTag(page, start)
    if (end === -1) break
    shown.push(page.slice(from, start), ' ')
    from = end + 1
  }
  return shown.join('') + page.slice(from)
}

/** Returns the index of the last character of a tag, or of all that it hides; -1 where it has no end. */
function endOfTag(page: string, start: number): number {
  const hiding = /^<(style|script)\b/i.exec(page.slice(start, start + 8))?.[1]
  if (hiding === undefined) return page.indexOf('>', start)
  const closing = new RegExp(`</${hiding}>`, 'gi')
  closing.lastIndex = start
  return closing.test(page) ? closing.lastIndex - 1 : page.length - 1
}
