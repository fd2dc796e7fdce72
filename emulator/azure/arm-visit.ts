import type { AccessTokens } from './access-tokens.js'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import type { Cloud } from './clouds.js'
import type { Cluster, Completion } from './cluster.js'
import type { SeenRequest } from '../network/messages.js'
import type { Operations } from './operations.js'
import type { Principal, Tenant } from './principals.js'
import type { Sights } from './sights.js'
import type { Throttle } from './throttle.js'

/** Azure Resource Manager with the Kusto resource provider behind it. */
export type Arm = {
  readonly cloud: Cloud
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly cluster: Cluster
  readonly operations: Operations
  readonly sights: Sights
  readonly throttle: Throttle
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly settings: ArmSettings
}

/** How ARM treats requests; all of it may be changed while the world runs. */
export type ArmSettings = {
  /** Which URLs of the operation an accepted PUT names: the first alone in recorded traffic, both in newer descriptions. */
  putHeaders: ('Azure-AsyncOperation' | 'Location')[]
  /** A `Retry-After` on accepted changes and unfinished polls; the real service sends none. */
  retryAfterSeconds: number | undefined
  /** Whether a change excludes others of the same image only, or all others of the cluster. */
  conflictScope: 'image' | 'cluster'
  /** What a PUT meets while the same principal's build of this image is under way: a conflict, or a second operation that fails fast. */
  repeatedPut: 'conflict' | 'second-operation'
  /** What it adds to an image of itself. */
  completion: Completion
  /** How many images a page of the list holds; all of them by default. */
  listPage: number | undefined
  /** How the service says that an image's cluster does not exist. */
  missingClusterCode: 'ParentResourceNotFound' | 'ResourceNotFound'
}

/** The parts of a resource's path, as the client spelled them. */
export type Place = {
  readonly subscription: string
  readonly group?: string
  readonly cluster?: string
  readonly image?: string
  readonly operation?: string
  /** What a role would have to be granted on. */
  readonly scope: string
}

/** A request that passed the front door. */
export type Visit = {
  readonly arm: Arm
  readonly request: SeenRequest
  readonly principal: Principal
  readonly place: Place
}
