import type { ArmSettings } from './azure/arm-call.js'
import { createThrottle, documentedLimits, type Limits } from './azure/throttle.js'
import { type Cloud, type CloudName, cloudNamed } from './azure/clouds.js'
import { type Cluster, createCluster, dataHost, type ImageContent, type LanguageExtension } from './azure/cluster.js'
import { armAudience } from './azure/entra.js'
import { createFaultSchedule, type Fault, type FaultHandle, type FaultSchedule } from './azure/faults.js'
import {
  createOperations,
  type Operation,
  type Operations,
  type OperationSettings,
  type Outcome,
} from './azure/operations.js'
import type { SandboxSettings } from './azure/sandboxes.js'
import { createStateHistory, type ReadSettings, type StateHistory } from './azure/state-history.js'
import { createAccessTokens, createPrincipal, type Principal, type Tenant } from './azure/tenant.js'
import type { Chance } from './chance.js'
import type { Clock } from './clock.js'
import { createGitHubApi, type GitHubApi } from './github/github-api.js'
import { createGitHub, type GitHub, signedIdTokens, unsignedIdTokens } from './github/id-tokens.js'
import { answerRequest, knownHosts } from './network/hosts.js'
import type { Incoming, RequestKind, SeenRequest } from './network/messages.js'
import { type Delivery, receive } from './network/receive.js'

/** Says what may be changed while the world runs. */
export type Settings = OperationSettings &
  ArmSettings &
  ReadSettings &
  SandboxSettings & {
    limits: Limits
    /** Names of the files that the package index has, by project. */
    packageFiles: Map<string, readonly string[]>
    /** Milliseconds of the world between each request and any work on it. */
    latencyMs: number
  }

/** Settings of a world in which all goes well. */
function defaultSettings(): Settings {
  return {
    buildSeconds: 2,
    deleteSeconds: 1,
    switchSeconds: 1,
    spread: 0,
    switchOutcomes: [],
    sandboxSeconds: 0,
    formerSandboxSeconds: 0,
    pythonPlugin: 'enabled',
    installed: new Map(),
    queries: new Map(),
    outcomes: [],
    unknownPackages: new Set(['no-such-package']),
    packageFiles: new Map(),
    putHeaders: ['Azure-AsyncOperation'],
    retryAfterSeconds: undefined,
    conflictScope: 'cluster',
    repeatedPut: 'conflict',
    missingClusterCode: 'ParentResourceNotFound',
    systemData: true,
    listPage: undefined,
    imageNames: /^[\w-]{1,260}$/,
    completion: 'nothing',
    lagSeconds: { image: 0, list: 0, cluster: 0, operation: 0 },
    lag: 'drawn',
    limits: structuredClone(documentedLimits),
    latencyMs: 0,
  }
}

/** Says what a service is made of. */
export type ServiceOptions = Partial<Settings> & {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  readonly chance: Chance
  readonly cloud?: CloudName
  readonly cluster?: Partial<Cluster>
  /** Whether ID tokens are signed; checking signatures takes longer than all the rest. */
  readonly signed?: boolean
}

/** Describes a build that another person starts from a laptop. */
type ForeignBuild = {
  readonly image: string
  readonly content: ImageContent
  readonly seconds: number
  readonly outcome?: Outcome
}

/** Describes GitHub, Entra and Azure Resource Manager with a Kusto cluster, without a network around them. */
export type Service = {
  readonly cloud: Cloud
  readonly github: GitHub
  /** GitHub's API, and the comments on the pull request. */
  readonly api: GitHubApi
  readonly entra: { accessTokenSeconds: number }
  readonly tenant: Tenant
  /** Whom the workflow signs in as. */
  readonly principal: Principal
  readonly colleague: Principal
  readonly cluster: Cluster
  readonly operations: Operations
  readonly stateHistory: StateHistory
  readonly settings: Settings
  readonly faults: FaultSchedule
  /** All requests to the hosts, in the order of their coming. */
  readonly requests: SeenRequest[]
  /** Every build, switch and deletion that the service started, whoever asked for it. */
  readonly builds: readonly Operation[]
  readonly switches: readonly Operation[]
  readonly deletions: readonly Operation[]
  /** Requests of these kinds. */
  seen(...kinds: RequestKind[]): SeenRequest[]
  fault(fault: Fault): FaultHandle
  /** Issues a token, for Resource Manager by default, as who signs in by other ways has one. */
  tokenFor(principal: Principal, audience?: string): string
  readonly receive: (incoming: Incoming) => Promise<Delivery>
  startForeignBuild(build: ForeignBuild): Operation
  /** Switches the cluster to another image, as another person does. */
  startForeignSwitch(extension: LanguageExtension, seconds: number): Operation
  /** Lets a foreign host accept connections and answer 200 with `{}`; what it gets is recorded as `foreign`. */
  addForeignHost(host: string): void
  /** Whether there is a host of that name, in small letters. */
  isKnown(host: string): boolean
}

/** Creates a running cluster without images, and a workflow that may build them, with no time or chance of its own. */
export function createService(options: ServiceOptions): Service {
  const { clock, chance, cloud: cloudName = 'AzureCloud', cluster: clusterOptions, signed = true, ...rest } = options
  const cloud = cloudNamed(cloudName)
  const settings = { ...defaultSettings(), ...rest }
  const github = createGitHub(chance)
  const api = createGitHubApi(github.repository, chance)
  const trust = { issuer: github.issuer, subject: github.subject, audience: cloud.exchangeAudience }
  const principal = createPrincipal('5b2d9a31-7f4e-4c0b-9a63-0d1e8c7f2b94', chance, trust)
  const colleague = createPrincipal('04b07795-8ddb-461a-bbee-02f9e1bf7b46', chance)
  const tenant: Tenant = {
    id: '8f0c5b6e-2a4d-4a55-8d2e-6a9f3c1d7e10',
    name: 'Contoso',
    domains: ['contoso.onmicrosoft.com', 'contoso.com'],
    principals: [principal, colleague],
  }
  const idTokens = signed ? signedIdTokens : unsignedIdTokens
  const tokens = createAccessTokens(tenant.id, clock, chance)
  const cluster = createCluster({ dataDomain: cloud.dataDomain, ...clusterOptions })
  cluster.databases.get('telemetry')?.add(principal.clientId)
  const audiences = [armAudience(cloud), `https://${dataHost(cluster)}`]
  const entra = { cloud, tenant, tokens, services: audiences, idTokens, clock, chance, accessTokenSeconds: 3600 }
  const stateHistory = createStateHistory(cluster, settings, clock, chance)
  const operations = createOperations({ cluster, settings, clock, chance, record: stateHistory.record })
  const throttle = createThrottle(() => settings.limits, clock)
  const shared = { tenant, tokens, cluster, operations, clock, chance, settings }
  const hosts = {
    github: { github, idTokens, clock, chance },
    api,
    entra,
    arm: { ...shared, cloud, throttle, stateHistory },
    data: shared,
    packageFiles: settings.packageFiles,
  }
  const faults = createFaultSchedule()
  const requests: SeenRequest[] = []
  const answer = (request: SeenRequest) => answerRequest(hosts, request)
  const foreignHosts = new Set<string>()
  const settled = (): Operations => {
    operations.settle()
    return operations
  }
  const started = (kind: Operation['kind']) => settled().all.filter(each => each.kind === kind)

  return {
    cloud,
    github,
    api,
    entra,
    tenant,
    principal,
    colleague,
    get cluster() {
      operations.settle()
      return cluster
    },
    operations,
    stateHistory,
    settings,
    faults,
    requests,
    get builds() {
      return started('SandboxCustomImageCreateOrUpdateCommand')
    },
    get switches() {
      return started('ClusterLanguageExtensionsAddCommand')
    },
    get deletions() {
      return started('SandboxCustomImageDeleteCommand')
    },
    seen: (...kinds) => requests.filter(request => kinds.includes(request.kind)),
    fault: fault => faults.add(fault),
    tokenFor: (holder, audience = armAudience(cloud)) => tokens.issue(holder, audience, 1_000_000),
    receive: incoming => receive(incoming, { clock, faults, requests, settings, answer }),
    startForeignBuild({ seconds, ...change }) {
      const to = clock.now() + seconds * 1000
      const kind = 'SandboxCustomImageCreateOrUpdateCommand'
      return settled().start({ kind, by: colleague.clientId, to, ...change })
    },
    startForeignSwitch: (extension, seconds) =>
      settled().start({
        kind: 'ClusterLanguageExtensionsAddCommand',
        image: '',
        extensions: [extension],
        outcome: { status: 'Succeeded' },
        by: colleague.clientId,
        to: clock.now() + seconds * 1000,
      }),
    addForeignHost: host => void foreignHosts.add(host.toLowerCase()),
    isKnown: host => knownHosts.has(host) || foreignHosts.has(host) || host === dataHost(cluster),
  }
}
