import { type Followed, follow, type Seen, watch } from './follow.js'
import type { Answer, Place, Request, Services } from './services.js'

/** Holds the experiments that statements share; each is made once. */
export type Lab = {
  readonly place: Place
  readonly image: string
  readonly send: (method: Request['method'], target: string, body?: unknown) => Promise<Answer>
  readonly query: (text: string) => Promise<Answer>
  readonly clusterPath: string
  readonly imagePath: (image: string) => string
  readonly cluster: () => Promise<Answer>
  /** A build of an image with one small package; meanwhile, the same request, and one for another image. */
  readonly build: () => Promise<Followed>
  /** The same request once that has succeeded. */
  readonly rebuild: () => Promise<Followed>
  /** A build upon a managed image. */
  readonly based: () => Promise<Followed>
  /** A build from a file of half a MiB. */
  readonly large: () => Promise<Followed>
  /** A build with a package that does not exist. */
  readonly failing: () => Promise<Followed>
  /** The deletion of the image whose build failed. */
  readonly deletion: () => Promise<Followed>
  /** A switch of the cluster to the image; meanwhile, a request for another image. */
  readonly activation: () => Promise<Followed>
  /** A rebuild of the active image, with what is seen until its end. */
  readonly activeRebuild: (look: () => Promise<string>) => Promise<{ readonly accepted: Answer; readonly seen: Seen }>
  /** A deletion of the active image, with what is seen until its end. */
  readonly activeDeletion: (look: () => Promise<string>) => Promise<{ readonly accepted: Answer; readonly seen: Seen }>
  /** Looks until the same was seen six times, or for ten minutes. */
  readonly watch: (look: () => Promise<string>) => Promise<Seen>
}

/** Names begin with this, so that nobody else's image is ever touched. */
export const imagePrefix = 'contract'

/** Ends a run that the user interrupts. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** What one of the images is built upon. */
export const managedImage = 'Python3_11_7'

/** The API that all requests use but those about another one. */
export const apiVersion = '2024-04-13'

/** What the images of a run are called after its name; without one, the image that most statements are about. */
const suffixes = ['', 'bad', 'base', 'large', 'other'] as const

/** Matches the names of the images that runs make, whichever run. */
export const ownName = new RegExp(`^${imagePrefix}[0-9a-f]{8}(?:${suffixes.join('|')})$`)

/** Milliseconds after which a busy service is asked again: where it does not say when, and at most. */
const [pause, longestPause] = [10_000, 300_000]
/** Milliseconds for which something is watched, and how often the same has to be seen. */
const [longestWatch, settled] = [600_000, 6]
/** How often a request is sent that the service has no time for, and one that another change is in the way of. */
const [tries, conflicts] = [6, 90]

/** What the image is built of: one small package without dependencies. */
const smallRequirements = 'tabulate==0.9.0'
/** What no index has. */
export const missingRequirements = 'this-package-does-not-exist-a7c1==1.0'
/** Half a MiB. */
const largeRequirements = `${'# A comment, as files have them.\n'.repeat(2 ** 14)}${smallRequirements}`

type Sent = () => Promise<Answer>

/** Opens the lab. @param run tells this run's images from those of others: eight hexadecimal digits. */
export function openLab(services: Services, place: Place, run: string): Lab {
  const { clock } = services
  const image = `${imagePrefix}${run}`
  const clusterPath = `/subscriptions/${place.subscription}/resourceGroups/${encodeURIComponent(place.resourceGroup)}/providers/Microsoft.Kusto/clusters/${place.cluster}`
  const imagePath = (name: string) => `${clusterPath}/sandboxCustomImages/${name}`

  const send: Lab['send'] = async (method, target, body) => {
    const isWhole = target.startsWith('https://') || target.includes('api-version=')
    const whole = isWhole ? target : `${target}?api-version=${apiVersion}`
    const request = {
      to: 'arm',
      method,
      target: whole,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    } as const
    for (let sent = 1; ; sent++) {
      const answer = await services.send(request)
      if (![429, 503].includes(answer.status) || sent === tries) return answer
      const asked = Number(answer.headers['retry-after'] ?? '') * 1000 || pause
      await clock.sleep(Math.min(Math.max(asked, 0), longestPause))
    }
  }
  /** A read that gets no answer is none: the next one may. */
  const read = async (target: string): Promise<Answer | undefined> => {
    try {
      return await send('GET', target)
    } catch (error) {
      if (error instanceof Interrupted) throw error
      return undefined
    }
  }
  const put =
    (name: string, properties: object): Sent =>
    () =>
      send('PUT', imagePath(name), { properties: { language: 'Python', ...properties } })
  const upon = (text: string) => ({ languageVersion: '3.11.7', requirementsFileContent: text })

  /** Another change, or the maintenance of the cluster, may be in the way. */
  const whenFree = async (request: Sent): Promise<Answer> => {
    for (let sent = 1; ; sent++) {
      const answer = await request()
      if (answer.status !== 409 || sent === conflicts) return answer
      await clock.sleep(pause)
    }
  }
  const changeOf = (resource: string, request: Sent, meanwhile: readonly Sent[] = []) =>
    follow({ request: () => whenFree(request), read, resource, meanwhile }, clock)
  const watchedChange = async (request: Sent, look: () => Promise<string>) => {
    let ended = false
    const change = changeOf(imagePath(image), request).finally(() => (ended = true))
    const [{ accepted }, seen] = await Promise.all([change, watch(look, () => ended, clock)])
    return { accepted, seen }
  }

  const once = <Result>(work: () => Promise<Result>): (() => Promise<Result>) => {
    let made: Promise<Result> | undefined
    return () => (made ??= work())
  }
  const whole = put(image, upon(smallRequirements))
  const other = put(`${image}other`, upon(smallRequirements))
  const build = once(() => changeOf(imagePath(image), whole, [whole, other]))
  const buildOf = (suffix: (typeof suffixes)[number], properties: object) =>
    once(() => changeOf(imagePath(`${image}${suffix}`), put(`${image}${suffix}`, properties)))
  const failing = buildOf('bad', upon(missingRequirements))
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
    build,
    rebuild: once(async () => {
      await build()
      return changeOf(imagePath(image), whole)
    }),
    based: buildOf('base', { baseImageName: managedImage, requirementsFileContent: smallRequirements }),
    large: buildOf('large', upon(largeRequirements)),
    failing,
    deletion: once(async () => {
      const bad = imagePath(`${image}bad`)
      await failing()
      return changeOf(bad, () => send('DELETE', bad))
    }),
    activation: once(async () => {
      await build()
      const request = () => send('POST', `${clusterPath}/addLanguageExtensions`, switchTo(image))
      return changeOf(clusterPath, request, [other])
    }),
    activeRebuild: look => watchedChange(whole, look),
    activeDeletion: look => watchedChange(() => send('DELETE', imagePath(image)), look),
    watch: look => watch(look, (same, passed) => same === settled || passed > longestWatch, clock),
  }
}

/** Returns the body of a request that has Python queries run on a custom image. */
function switchTo(image: string): object {
  const custom = { languageExtensionImageName: 'PythonCustomImage', languageExtensionCustomImageName: image }
  return { value: [{ languageExtensionName: 'PYTHON', ...custom }] }
}
