import { type Answer, answerOf, type Place, type Request, type Services } from './services.js'

/** Holds a request and its answer, as a recording keeps them. */
export type Exchange = Request & {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

/** Headers of answers that say something of the service, and nothing of who asked. */
const kept = [
  'azure-asyncoperation',
  'location',
  'retry-after',
  'content-type',
  'x-ms-request-id',
  'x-ms-correlation-request-id',
]

/** Notes each request and its answer. */
export function recordedBy(services: Services, exchanges: Exchange[]): Services {
  return {
    ...services,
    send: async request => {
      const answer = await services.send(request)
      const headers = Object.entries(answer.headers).filter(([name]) => kept.includes(name))
      exchanges.push({ ...request, status: answer.status, headers: Object.fromEntries(headers), text: answer.text })
      return answer
    },
  }
}

/**
 * Makes a redactor: ids, names of the user's, hosts, mail addresses and signatures become placeholders, the same one for
 * the same text, so that what belongs together still shows.
 */
export function createRedactor({ subscription, resourceGroup, cluster, database }: Place): (text: string) => string {
  const known = new Map<string, string>()
  const placeholder = (kind: string, text: string): string => {
    const key = `${kind} ${text.toLowerCase()}`
    const number = [...known.keys()].filter(each => each.startsWith(`${kind} `)).length + 1
    const made = known.get(key) ?? (kind === 'id' ? idOf(number) : `${kind}${number}`)
    known.set(key, made)
    return made
  }
  const names: readonly (readonly [string, string])[] = [
    [subscription, idOf(0)],
    [resourceGroup, 'group'],
    [cluster, 'cluster'],
    [database, 'database'],
  ]
  return text => {
    let shown = text
      .replace(/\b([tcsh])=[^&"\s\\]+/g, '$1=0')
      .replace(/\bBearer [\w.~+/-]+=*/g, 'Bearer 0')
      .replace(/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, 'token')
    for (const [name, made] of names) {
      if (name !== '') shown = shown.replace(new RegExp(`(?<!\\w)${literal(name)}(?!\\w)`, 'gi'), made)
    }
    return shown
      .replace(/https:\/\/(ingest-)?cluster\.[\w.-]+/g, 'https://$1cluster.region.kusto.windows.net')
      .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, address => `${placeholder('user', address)}@example.com`)
      .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, id =>
        id.startsWith('00000000-0000') ? id : placeholder('id', id),
      )
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '192.0.2.1')
  }
}

function idOf(number: number): string {
  return `00000000-0000-0000-0000-${String(number).padStart(12, '0')}`
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/** Returns a recording as text: an exchange a line, redacted. */
export function recordingText(exchanges: readonly Exchange[], redact: (text: string) => string): string {
  return exchanges.map(each => `${redact(JSON.stringify(each))}\n`).join('')
}

/** Returns services that answer as a recording did, to the same requests in the same order. */
export function replayOf(text: string, clock: Services['clock']): Services {
  const exchanges = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line) as Exchange)
  let next = 0
  const send = (request: Request): Promise<Answer> => {
    const exchange = exchanges[next++]
    if (exchange?.method !== request.method || exchange.to !== request.to)
      return Promise.reject(new Error(`the recording has no ${request.method} ${request.target} here`))
    return Promise.resolve(answerOf(exchange.status, exchange.headers, exchange.text))
  }
  return { send, clock }
}
