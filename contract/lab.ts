import { type Answer, at, type Place, type Request, type Services } from './services.js'

/** Holds one followed change: its request, each read of its operation, and each read of the resource. */
type Followed = {
  readonly accepted: Answer
  readonly sentAt: number
  readonly polls: readonly Answer[]
  /** Reads of the resource, and how long after the request each was, in milliseconds. */
  readonly reads: readonly { readonly after: number; readonly answer: Answer }[]
  /** The same request again while the change was under way. */
  readonly repeated: Answer | undefined
  /** The resource after the end. */
  readonly final: Answer
}

/** Holds the experiments that statements share; each is made once. */
export type Lab = {
  readonly place: Place
  readonly image: string
  readonly send: (method: Request['method'], target: string, body?: unknown) => Promise<Answer>
  readonly query: (text: string) => Promise<Answer>
  readonly clusterPath: string
  readonly imagePath: (image: string) => string
  readonly cluster: () => Promise<Answer>
  readonly list: () => Promise<Answer>
  /** A build of an image with one small package. */
  readonly build: () => Promise<Followed>
  /** The same request once that has succeeded. */
  readonly rebuild: () => Promise<Followed>
  /** A build with a package that does not exist. */
  readonly failing: () => Promise<Followed>
  /** The deletion of the image whose build failed. */
  readonly deletion: () => Promise<Followed>
  /** A rebuild of the image while it is active. */
  readonly activeRebuild: (
    meanwhile: () => Promise<string>,
  ) => Promise<{ readonly status: number; readonly seen: string }>
  /** A switch of the cluster to the image. */
  readonly activation: () => Promise<Followed>
}

/** Names begin with this, so that nobody else's image is ever touched. */
export const imagePrefix = 'contract'

/** The API that all requests use but those about another one. */
export const apiVersion = '2024-04-13'

/** Milliseconds between two reads of something that is under way. */
const pause = 10_000

/** What the image is built of: one small package without dependencies. */
const smallRequirements = 'tabulate==0.9.0'
/** What no index has. */
export const missingRequirements = 'this-package-does-not-exist-a7c1==1.0'

/** Opens the lab. @param run tells this run's images from those of others; letters and digits. */
export function openLab(services: Services, place: Place, run: string): Lab {
  const { clock } = services
  const image = `${imagePrefix}${run}`
  const clusterPath = `/subscriptions/${place.subscription}/resourceGroups/${encodeURIComponent(place.resourceGroup)}/providers/Microsoft.Kusto/clusters/${place.cluster}`
  const imagePath = (name: string) => `${clusterPath}/sandboxCustomImages/${name}`
  const send: Lab['send'] = (method, target, body) => {
    const isWhole = target.startsWith('https://') || target.includes('api-version=')
    const whole = isWhole ? target : `${target}?api-version=${apiVersion}`
    return services.send({
      to: 'arm',
      method,
      target: whole,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  }
  const content = (text: string) => ({
    properties: { language: 'Python', languageVersion: '3.11.7', requirementsFileContent: text },
  })
  const buildOf = (name: string, text: string) =>
    follow(imagePath(name), () => send('PUT', imagePath(name), content(text)), true)

  async function follow(resource: string, request: () => Promise<Answer>, isRepeated: boolean): Promise<Followed> {
    const sentAt = clock.now()
    const accepted = await request()
    const reads: { after: number; answer: Answer }[] = []
    const polls: Answer[] = []
    const read = async () => {
      const after = clock.now() - sentAt
      const answer = await send('GET', resource)
      reads.push({ after, answer })
      return answer
    }
    if (accepted.status >= 300) return { accepted, sentAt, polls, reads, repeated: undefined, final: await read() }
    await read()
    const repeated = isRepeated ? await request() : undefined
    const url = accepted.headers['azure-asyncoperation'] ?? accepted.headers['location']
    for (;;) {
      await clock.sleep(pause)
      if (url !== undefined) polls.push(await send('GET', url))
      const answer = await read()
      const status = at(polls.at(-1) ?? answer, 'status') ?? stateOf(answer)
      if (answer.status === 404 && isEnd(polls.at(-1))) break
      if (isEnd(polls.at(-1)) || (url === undefined && isTerminal(status))) break
      if (polls.at(-1) !== undefined && polls.at(-1)!.status >= 400 && isTerminal(stateOf(answer))) break
    }
    return { accepted, sentAt, polls, reads, repeated, final: await read() }
  }

  const once = <Result>(work: () => Promise<Result>): (() => Promise<Result>) => {
    let made: Promise<Result> | undefined
    return () => (made ??= work())
  }
  const build = once(() => buildOf(image, smallRequirements))
  const rebuild = once(async () => {
    await build()
    return follow(imagePath(image), () => send('PUT', imagePath(image), content(smallRequirements)), false)
  })
  const failing = once(() =>
    follow(imagePath(`${image}bad`), () => send('PUT', imagePath(`${image}bad`), content(missingRequirements)), false),
  )
  return {
    place,
    image,
    send,
    query: text =>
      services.send({
        to: 'data',
        method: 'POST',
        target: '/v1/rest/query',
        body: JSON.stringify({ db: place.database, csl: text, properties: { Options: { request_readonly: true } } }),
      }),
    clusterPath,
    imagePath,
    cluster: once(() => send('GET', clusterPath)),
    list: once(() => send('GET', `${clusterPath}/sandboxCustomImages`)),
    build,
    rebuild,
    failing,
    deletion: once(async () => {
      const bad = imagePath(`${image}bad`)
      await failing()
      return follow(bad, () => send('DELETE', bad), false)
    }),
    activeRebuild: async meanwhile => {
      const put = await send('PUT', imagePath(image), content(smallRequirements))
      const seen = put.status < 300 ? await meanwhile() : ''
      while (!isTerminal(stateOf(await send('GET', imagePath(image))))) await clock.sleep(pause)
      return { status: put.status, seen }
    },
    activation: once(async () => {
      await build()
      return follow(clusterPath, () => send('POST', `${clusterPath}/addLanguageExtensions`, switchTo(image)), false)
    }),
  }
}

/** Returns the body of a request that has Python queries run on a custom image. */
function switchTo(image: string): object {
  const custom = { languageExtensionImageName: 'PythonCustomImage', languageExtensionCustomImageName: image }
  return { value: [{ languageExtensionName: 'PYTHON', ...custom }] }
}

/** Returns the provisioning state of a resource. */
export function stateOf(answer: Answer): unknown {
  return at(answer, 'properties', 'provisioningState')
}

/** Tells whether a state is an end. */
export function isTerminal(state: unknown): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled'
}

function isEnd(poll: Answer | undefined): boolean {
  return poll !== undefined && poll.status === 200 && isTerminal(at(poll, 'status'))
}
