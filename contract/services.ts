/** Holds an answer as it came: nothing of it is interpreted here. */
export type Answer = {
  readonly status: number
  /** By names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  /** The text as JSON; undefined where it is none. */
  readonly body: unknown
}

/** Holds a request to Resource Manager or to the cluster's data endpoint. */
export type Request = {
  readonly to: 'arm' | 'data'
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  /** Path and query; of Resource Manager below the origin, or a whole URL that it named. */
  readonly target: string
  readonly body?: string
}

/** Holds the services that statements are about: real ones, emulated ones, or a recording. */
export type Services = {
  readonly send: (request: Request) => Promise<Answer>
  readonly clock: {
    /** Milliseconds. */
    readonly now: () => number
    /** Rejects once the run is interrupted. */
    readonly sleep: (ms: number) => Promise<void>
  }
}

/** Names the cluster that is asked. */
export type Place = {
  readonly subscription: string
  readonly resourceGroup: string
  readonly cluster: string
  readonly database: string
}

/** Returns an answer from its parts. */
export function answerOf(status: number, headers: Readonly<Record<string, string>>, text: string): Answer {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return { status, headers: lower, text, body: parsed(text) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns what is at a path of keys in an answer's body; undefined where there is nothing. */
export function at({ body }: Pick<Answer, 'body'>, ...path: readonly (string | number)[]): unknown {
  let value: unknown = body
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}
