import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cloud, CloudName } from './azure/clouds.js'
import type { Cluster, LanguageExtension } from './azure/cluster.js'
import { type Fault, type FaultHandle, substitute } from './azure/faults.js'
import type { Operation } from './azure/operations.js'
import type { Principal, Tenant } from './azure/tenant.js'
import { machineChance } from './chance.js'
import { type Clock, clockEnv, startClock } from './clock.js'
import type { GitHubApi } from './github/github-api.js'
import { type GitHub, idTokenEnv, signedIdTokens } from './github/id-tokens.js'
import { connectRequest, type RequestKind, type SeenRequest } from './network/messages.js'
import { type ConnectVerdict, createAuthority, startProxy } from './network/proxy.js'
import { createRequestListener } from './network/receive.js'
import { createService, createWorld, type ForeignBuild, type Settings } from './service.js'

/** Says how a world starts. */
export type WorldOptions = Partial<Settings> & {
  /** How many times faster than the real clock its clock runs. */
  readonly speed?: number
  readonly cloud?: CloudName
  /** Whether the job may ask for an ID token; without it, the two variables are missing. */
  readonly idTokenPermission?: boolean
  readonly cluster?: Partial<Cluster>
}

/**
 * Describes GitHub, Entra and Azure Resource Manager with a Kusto cluster, as one process on loopback.
 *
 *     const world = await startWorld({ buildSeconds: 300, speed: 100 })
 *     world.cluster.images.set('forecast', { language: 'Python', languageVersion: '3.10.8' })
 *     world.fault({ on: 'poll', skip: 1, times: 2, answer: { status: 503 } })
 *     const step = await runStep({ world, inputs: { … }, files: { 'requirements.txt': 'pandas' } })
 *     world.seen('put-image').length, world.builds, world.refusedConnects, …
 *     await world.close()
 *
 * Any number of worlds may run at once; each has its own authority, keys, clock and ports. service.ts makes GitHub, Entra
 * and Azure without a network, on any clock; network/ is how requests get there, and azure/faults.ts what `fault` may do to
 * one; `Settings` says how the services may be set. github/runner.ts runs the action in a world as GitHub's runner would;
 * clock.ts and fast-clock.ts have a child process live on the world's time, and time-leap.ts lets its time limit pass.
 */
export type StartedWorld = World & {
  /** The variables that lead a Node process into this world. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
  /** Ends all listening and cuts all connections. */
  close(): Promise<void>
}

/** Holds a service and all that reaches it, on whatever clock. */
export type World = {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
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
  readonly requests: SeenRequest[]
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
}

/** Starts a world: a running cluster without images, and a workflow that may build them. */
export async function startWorld(options: WorldOptions = {}): Promise<StartedWorld> {
  const { speed = 1, idTokenPermission = true, ...rest } = options
  const clock = startClock(speed)
  const service = createService({ clock, chance: machineChance, ...rest })
  const { world, isKnown } = createWorld(service, clock)
  const authority = await createAuthority()
  // The first request need not wait for the key.
  await signedIdTokens().publicKeys()

  const judgeConnect = (target: string): ConnectVerdict => {
    const fault = service.faults.take(connectRequest(target, clock.now()))
    fault?.meanwhile?.()
    if (fault?.answer) return { status: substitute(fault.answer).status }
    if (fault?.reset) return 'reset'
    if (fault?.hang) return 'hang'
    const [name = '', port] = target.toLowerCase().split(':')
    if (port === '443' && isKnown(name)) return 'accept'
    world.refusedConnects.push(target)
    return { status: 502 }
  }
  const proxy = await startProxy(authority, judgeConnect, createRequestListener(service.receive))
  const folder = await mkdtemp(join(tmpdir(), 'kusto-world-'))
  const authorityFile = join(folder, 'authority.pem')
  await writeFile(authorityFile, authority.certificate)

  return Object.assign(world, {
    env: {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authorityFile,
      ...clockEnv(clock),
      ...(idTokenPermission ? idTokenEnv(service.github) : {}),
    },
    clock,
    async close() {
      await proxy.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  })
}
