import { createHmac } from 'node:crypto'
import { type ArmError, unknownPackageError } from './arm-errors.js'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { type Cluster, type ImageContent, type LanguageExtension, setExtension } from './cluster.js'

/** Says how an operation ends. */
export type Outcome = { readonly status: 'Succeeded' | 'Failed' | 'Canceled'; readonly error?: ArmError }

/** Says what a change does. The name of the last one is a guess. */
type OperationKind =
  | 'SandboxCustomImageCreateOrUpdateCommand'
  | 'SandboxCustomImageDeleteCommand'
  | 'ClusterLanguageExtensionsAddCommand'

/** Describes a change of an image, or of the cluster itself, that the service accepted. */
export type Operation = {
  readonly id: string
  readonly kind: OperationKind
  /** Empty for a change of the cluster. */
  readonly image: string
  /** What is built. */
  readonly content?: ImageContent
  /** What the cluster is switched to. */
  readonly extensions?: readonly LanguageExtension[]
  /** Client ID of who started it, who alone may read it. */
  readonly by: string
  /** Number of the request that asked for it. */
  readonly request?: number
  /** Start and end on the world's clock; the end may be moved while it lasts. */
  readonly from: number
  to: number
  /** How it will end, unless changed meanwhile. */
  outcome: Outcome
  finished: boolean
  /** Whether it touches the image: a second operation beside a first one fails without doing so. */
  readonly holdsImage: boolean
  /** Path and query of its two URLs, signatures included. */
  readonly statusTarget: string
  readonly resultTarget: string
}

/** Says how the service runs its operations; all of it may be changed while the world runs. */
export type OperationSettings = {
  /** Seconds of the world that a build takes. Real ones took 330 to 390. */
  buildSeconds: number
  deleteSeconds: number
  /** Seconds that a switch takes. Real ones took 16 minutes and more. */
  switchSeconds: number
  /** Which part of these times one may take longer or shorter, by chance. */
  spread: number
  /** How the next switches end, in order; they succeed once the list is used up. */
  switchOutcomes: Outcome[]
  /** How the next builds end, in order; the content decides once the list is used up. */
  outcomes: Outcome[]
  /** Packages that pip does not find. */
  readonly unknownPackages: Set<string>
}

/** Describes the operations of a cluster, past and present. */
export type Operations = {
  readonly all: Operation[]
  start(change: Pick<Operation, 'kind' | 'image' | 'by'> & Partial<Operation>): Operation
  /** The unfinished operation that holds an image (or this image). */
  underWay(imageName?: string): Operation | undefined
  /** Lets operations end whose time has come. */
  settle(): void
}

/** Holds what the operations of a cluster work with. */
type OperationContext = {
  readonly cluster: Cluster
  readonly settings: OperationSettings
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  /** Records what the cluster shows from a time on. */
  readonly record: (at: number) => void
}

/** Creates the operations of a cluster; they end when `settle` is called after their time, not by timers. */
export function createOperations({ cluster, settings, clock, chance, record }: OperationContext): Operations {
  const all: Operation[] = []
  const sign = createUrlSigner(cluster, clock, chance)
  return {
    all,
    start(change) {
      const id = chance.newId()
      const from = clock.now()
      const seconds = secondsOf(change.kind, settings) * (1 + settings.spread * (2 * chance.random() - 1))
      const operation: Operation = {
        id,
        from,
        to: from + seconds * 1000,
        outcome: change.outcome ?? outcomeOf(change, settings),
        finished: false,
        holdsImage: true,
        statusTarget: sign(id, ''),
        resultTarget: sign(id, '&operationResultResponseType=Location'),
        ...change,
      }
      all.push(operation)
      if (operation.holdsImage) {
        record(from)
        begin(cluster, operation)
        record(from)
      }
      return operation
    },
    underWay: imageName =>
      all.find(
        ({ finished, holdsImage, image }) =>
          !finished && holdsImage && (imageName === undefined || image.toLowerCase() === imageName.toLowerCase()),
      ),
    settle() {
      const due = all.filter(({ finished, to }) => !finished && to <= clock.now())
      for (const operation of due.sort((one, other) => one.to - other.to)) {
        operation.finished = true
        if (!operation.holdsImage) continue
        end(cluster, operation)
        record(operation.to)
      }
    },
  }
}

function secondsOf(kind: OperationKind, { buildSeconds, switchSeconds, deleteSeconds }: OperationSettings): number {
  if (kind === 'ClusterLanguageExtensionsAddCommand') return switchSeconds
  return kind === 'SandboxCustomImageCreateOrUpdateCommand' ? buildSeconds : deleteSeconds
}

function begin(cluster: Cluster, operation: Operation): void {
  if (operation.extensions) {
    cluster.state = 'Updating'
    cluster.provisioningState = 'Running'
    return
  }
  const image = cluster.images.get(operation.image)
  if (operation.content) {
    cluster.images.set(operation.image, operation.content, image ? 'Running' : 'Creating')
  } else if (image) {
    image.provisioningState = 'Deleting'
  }
}

function end(cluster: Cluster, { kind, image: name, outcome, extensions }: Operation): void {
  if (extensions) {
    cluster.state = 'Running'
    cluster.provisioningState = outcome.status
    if (outcome.status === 'Succeeded') for (const extension of extensions) setExtension(cluster, extension)
    return
  }
  const image = cluster.images.get(name)
  if (kind === 'SandboxCustomImageDeleteCommand' && outcome.status === 'Succeeded') {
    cluster.images.delete(name)
  } else if (image) {
    image.provisioningState = outcome.status
  }
}

function outcomeOf({ content, extensions }: Partial<Operation>, settings: OperationSettings): Outcome {
  if (extensions) return settings.switchOutcomes.shift() ?? { status: 'Succeeded' }
  if (!content) return { status: 'Succeeded' }
  const planned = settings.outcomes.shift()
  if (planned) return planned
  for (const line of (content.requirementsFileContent ?? '').split('\n')) {
    const requirement = line.replace(/(^|\s)#.*/, '').trim()
    const name = /^[\w.-]+/.exec(requirement)?.[0] ?? ''
    if (settings.unknownPackages.has(name)) return { status: 'Failed', error: unknownPackageError(requirement) }
  }
  return { status: 'Succeeded' }
}

/** Signs operation URLs as the service does: with about 3 KB of certificate and signature, all of it part of the URL. */
function createUrlSigner(
  cluster: Cluster,
  clock: Pick<Clock, 'now'>,
  { bytes }: Chance,
): (operationId: string, more: string) => string {
  const key = bytes(32)
  const certificate = `MIIHhzCCBm-${bytes(1600).toString('base64url')}`
  const location = encodeURIComponent(cluster.location)
  const folder = `/subscriptions/${cluster.subscriptionId}/providers/Microsoft.Kusto/locations/${location}/operationResults`
  return (operationId, more) => {
    const ticks = String(621_355_968_000_000_000n + BigInt(Math.floor(clock.now())) * 10_000n)
    const signed = `${folder}/${operationId}?api-version=2024-04-13${more}&t=${ticks}&c=${certificate}`
    const signature = bytes(512).toString('base64url')
    const hash = createHmac('sha256', key).update(signed).update(signature).digest('base64url')
    return `${signed}&s=${signature}&h=${hash}`
  }
}
