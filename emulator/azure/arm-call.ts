import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import type { SeenRequest } from '../network/messages.js'
import type { Cloud } from './clouds.js'
import type { Cluster, Completion } from './cluster.js'
import type { Operations } from './operations.js'
import type { StateHistory } from './state-history.js'
import type { AccessTokens, Principal, Tenant } from './tenant.js'
import type { Throttle } from './throttle.js'

/** Holds Azure Resource Manager with the Kusto resource provider behind it. */
export type Arm = {
  readonly cloud: Cloud
  readonly tenant: Tenant
  readonly tokens: AccessTokens
  readonly cluster: Cluster
  readonly operations: Operations
  readonly stateHistory: StateHistory
  readonly throttle: Throttle
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly settings: ArmSettings
}

/** Says how ARM treats requests; all of it may be changed while the world runs. */
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
  /** Which names of images the service allows; what it does allow is not documented. */
  imageNames: RegExp
  /** Whether images have dates with the API version 2025-02-14; with the one before, they have none. */
  systemData: boolean
  /** How many images a page of the list holds; all of them by default. */
  listPage: number | undefined
  /** How the service says that an image's cluster does not exist. */
  missingClusterCode: 'ParentResourceNotFound' | 'ResourceNotFound'
}

/** Describes the parts of a resource's path, as the client spelled them. */
export type ResourcePath = {
  readonly subscription: string
  readonly group?: string
  readonly cluster?: string
  readonly image?: string
  readonly operation?: string
  /** What a role would have to be granted on. */
  readonly scope: string
}

/** Holds a request that ARM has authenticated and authorized. */
export type ArmCall = {
  readonly arm: Arm
  readonly request: SeenRequest
  readonly principal: Principal
  readonly resource: ResourcePath
}
