import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccessTokens } from './access-tokens.js'
import { createAuthority } from './authority.js'
import { clockEnv, startClock } from './clock.js'
import type { Clock } from './clock.js'
import { cloudNamed } from './clouds.js'
import type { Cloud, CloudName } from './clouds.js'
import { createCluster, dataHost } from './cluster.js'
import type { Cluster, ImageContent, LanguageExtension } from './cluster.js'
import { createFaultSchedule, substitute } from './faults.js'
import type { Fault, FaultHandle } from './faults.js'
import { armAudience } from './entra.js'
import { createGitHubApi } from './github-api.js'
import type { GitHubApi } from './github-api.js'
import { createGitHub, idTokenEnv, prepareIssuer } from './github.js'
import type { GitHub } from './github.js'
import { answerRequest, knownHosts, requestKind } from './hosts.js'
import { connectRequest } from './messages.js'
import type { RequestKind, SeenRequest } from './messages.js'
import { buildsOf, createOperations } from './operations.js'
import type { Operation, Outcome } from './operations.js'
import { createPrincipal } from './principals.js'
import type { Principal, Tenant } from './principals.js'
import { startProxy } from './proxy.js'
import type { ConnectVerdict } from './proxy.js'
import { createRequestListener } from './server.js'
import { defaultSettings } from './settings.js'
import type { Settings } from './settings.js'
import { createThrottle } from './throttle.js'

/** How a world starts. */
export type WorldOptions = Partial<Settings> & {
  /** How many times faster than the real clock its clock runs. */
  readonly speed?: number
  readonly cloud?: CloudName
  /** Whether the job may ask for an ID token; without it, the two variables are missing. */
  readonly idTokenPermission?: boolean
  readonly cluster?: Partial<Cluster>
}

/** A change that another person made from a laptop. */
export type ForeignBuild = {
  readonly image: string
  readonly content: ImageContent
  readonly seconds: number
  readonly outcome?: Outcome
}

/**
 * GitHub, Entra and Azure Resource Manager with a Kusto cluster, as one process on loopback.
 *
 *     const world = await startWorld({ buildSeconds: 300, speed: 100 })
 *     world.cluster.images.set('forecast', { language: 'Python', languageVersion: '3.10.8' })
 *     world.fault({ on: 'poll', skip: 1, times: 2, answer: { status: 503 } })
 *     const step = await runStep({ world, inputs: { … }, files: { 'requirements.txt': 'pandas' } })
 *     world.seen('put-image').length, world.builds, world.refusedConnects, …
 *     await world.close()
 *
 * Any number of worlds may run at once; each has its own authority, keys, clock and ports. In which file what lies:
 *
 * - runner.ts: `runStep` runs the action in a world as GitHub's runner would, and reports what became of it.
 * - faults.ts: what `fault` may do to a request; messages.ts: the kinds of requests, and how one is recorded.
 * - clock.ts, fast-clock.ts: the world's time, and how a child process comes to live on it (`env` has what it needs);
 *   time-leap.ts: how its time limit passes at once.
 * - github.ts, entra.ts, principals.ts: ID tokens, their exchange, who may do what; github-api.ts: comments.
 * - arm.ts, arm-routes.ts, arm-visit.ts, throttle.ts: the front door; `ArmSettings` says how it may be set.
 * - sandbox-images.ts, operations.ts, operation-results.ts, cluster.ts: images and their builds; `OperationSettings`
 *   says how long they take and how they end. arm-errors.ts has the errors for `outcomes`.
 * - data-endpoint.ts, query-tables.ts, sandboxes.ts: queries, and what Python in a sandbox sees of the active image.
 * - proxy.ts, server.ts, authority.ts, hosts.ts: how connections and requests come in.
 */
export type World = {
  /** The variables that lead a Node process into this world. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
  readonly cloud: Cloud
  readonly github: GitHub
  /** GitHub's API, and the comments on the pull request. */
  readonly api: GitHubApi
  readonly entra: { accessTokenSeconds: number }
  readonly tenant: Tenant
  /** Whom the workflow signs in as. */
  readonly principal: Principal
  readonly cluster: Cluster
  readonly settings: Settings
  /** All requests to the hosts behind the proxy, in the order of their coming. */
  readonly requests: readonly SeenRequest[]
  /** `host:port` of every CONNECT that the proxy did not let through. */
  readonly refusedConnects: readonly string[]
  /** Every build that the service started, whoever asked for it. */
  readonly builds: readonly Operation[]
  /** Requests of these kinds. */
  seen(...kinds: RequestKind[]): SeenRequest[]
  fault(fault: Fault): FaultHandle
  /** Lets a foreign host accept connections and answer 200 with `{}`; what it gets is recorded as `foreign`. */
  addForeignHost(host: string): void
  startForeignBuild(build: ForeignBuild): Operation
  /** Switches the cluster to another image, as another person does. */
  startForeignSwitch(extension: LanguageExtension, seconds: number): Operation
  /** Every switch that the service started, whoever asked for it. */
  readonly switches: readonly Operation[]
  /** Every deletion that the service started. */
  readonly deletions: readonly Operation[]
  /** Ends all listening and cuts all connections. */
  close(): Promise<void>
}

/** Starts a world: a running cluster without images, and a workflow that may build them. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const {
    speed = 1,
    cloud: cloudName = 'AzureCloud',
    idTokenPermission = true,
    cluster: clusterOptions,
    ...rest
  } = options
  const clock = startClock(speed)
  const cloud = cloudNamed(cloudName)
  const settings = { ...defaultSettings(), ...rest }
  const github = createGitHub()
  const api = createGitHubApi(github.repository)
  const trust = { issuer: github.issuer, subject: github.subject, audience: cloud.exchangeAudience }
  const principal = createPrincipal('5b2d9a31-7f4e-4c0b-9a63-0d1e8c7f2b94', trust)
  const colleague = createPrincipal('04b07795-8ddb-461a-bbee-02f9e1bf7b46')
  const tenant: Tenant = {
    id: '8f0c5b6e-2a4d-4a55-8d2e-6a9f3c1d7e10',
    name: 'Contoso',
    domains: ['contoso.onmicrosoft.com', 'contoso.com'],
    principals: [principal, colleague],
  }
  const tokens = createAccessTokens(tenant, clock)
  const cluster = createCluster({ dataDomain: cloud.dataDomain, ...clusterOptions })
  cluster.databases.get('telemetry')?.add(principal.clientId)
  const services = [armAudience(cloud), `https://${dataHost(cluster)}`]
  const entra = { cloud, tenant, tokens, services, accessTokenSeconds: 3600 }
  const operations = createOperations(cluster, settings, clock)
  const throttle = createThrottle(
    () => settings.limits,
    () => clock.now(),
  )
  const arm = { cloud, tenant, tokens, cluster, operations, throttle, clock, settings }
  const data = { tenant, tokens, cluster, operations, clock, settings }

  const foreignHosts = new Set<string>()
  const requests: SeenRequest[] = []
  const refusedConnects: string[] = []
  const faults = createFaultSchedule()
  const authority = await createAuthority()

  const judgeConnect = (target: string): ConnectVerdict => {
    const fault = faults.take(connectRequest(target, clock.now()))
    fault?.meanwhile?.()
    if (fault?.answer) return { status: substitute(fault.answer).status }
    if (fault?.reset) return 'reset'
    if (fault?.hang) return 'hang'
    const [host = '', port] = target.toLowerCase().split(':')
    const known = knownHosts.has(host) || foreignHosts.has(host) || host === dataHost(cluster)
    if (port === '443' && known) return 'accept'
    refusedConnects.push(target)
    return { status: 502 }
  }
  const listener = createRequestListener({
    clock,
    faults,
    requests,
    latencyMs: () => settings.latencyMs,
    kindOf: requestKind,
    answer: request => answerRequest({ github, api, entra, arm, data }, request),
  })
  await prepareIssuer()
  const proxy = await startProxy(authority, judgeConnect, listener)
  const folder = await mkdtemp(join(tmpdir(), 'kusto-world-'))
  const authorityFile = join(folder, 'authority.pem')
  await writeFile(authorityFile, authority.certificate)

  return {
    env: {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authorityFile,
      ...clockEnv(clock),
      ...(idTokenPermission ? idTokenEnv(github) : {}),
    },
    clock,
    cloud,
    github,
    api,
    entra,
    tenant,
    principal,
    get cluster() {
      operations.settle()
      return cluster
    },
    settings,
    requests,
    refusedConnects,
    get builds() {
      operations.settle()
      return buildsOf(operations)
    },
    seen: (...kinds) => requests.filter(request => kinds.includes(request.kind)),
    fault: fault => faults.add(fault),
    addForeignHost: host => void foreignHosts.add(host.toLowerCase()),
    startForeignBuild({ seconds, ...change }) {
      operations.settle()
      const to = clock.now() + seconds * 1000
      return operations.start({
        kind: 'SandboxCustomImageCreateOrUpdateCommand',
        by: colleague.clientId,
        to,
        ...change,
      })
    },
    startForeignSwitch(extension, seconds) {
      operations.settle()
      return operations.start({
        kind: 'ClusterLanguageExtensionsAddCommand',
        image: '',
        extensions: [extension],
        outcome: { status: 'Succeeded' },
        by: colleague.clientId,
        to: clock.now() + seconds * 1000,
      })
    },
    get switches() {
      operations.settle()
      return operations.all.filter(({ extensions }) => extensions !== undefined)
    },
    get deletions() {
      operations.settle()
      return operations.all.filter(({ kind }) => kind === 'SandboxCustomImageDeleteCommand')
    },
    async close() {
      await proxy.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  }
}
