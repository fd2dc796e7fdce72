import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CloudName } from './azure/clouds.js'
import type { Cluster } from './azure/cluster.js'
import { substitute } from './azure/faults.js'
import { machineChance } from './chance.js'
import { type Clock, clockEnv, startClock } from './clock.js'
import { idTokenEnv, signedIdTokens } from './github/id-tokens.js'
import { connectRequest } from './network/messages.js'
import { type ConnectVerdict, startProxy } from './network/proxy.js'
import { createRequestListener } from './network/receive.js'
import { createService, type Service, type Settings } from './service.js'

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
 * Any number of worlds may run at once; each has its own authority, keys, clock and ports. service.ts makes it without a
 * network, on any clock; network/ is how requests get there, and github/runner.ts runs the action as GitHub's runner would.
 */
export type StartedWorld = World & {
  /** The variables that lead a Node process into this world. */
  readonly env: Readonly<Record<string, string>>
  readonly clock: Clock
  /** Ends all listening and cuts all connections. */
  close(): Promise<void>
}

/** Holds a service and all that reaches it, on whatever clock. */
export type World = Service & {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  /** `host:port` of every CONNECT that the proxy did not let through. */
  readonly refusedConnects: readonly string[]
}

/** Starts a world: a running cluster without images, and a workflow that may build them. */
export async function startWorld(options: WorldOptions = {}): Promise<StartedWorld> {
  const { speed = 1, idTokenPermission = true, ...rest } = options
  const clock = startClock(speed)
  const service = createService({ clock, chance: machineChance, ...rest })
  const refusedConnects: string[] = []
  // The first request need not wait for the key.
  await signedIdTokens.publicKeys()

  const judgeConnect = (target: string): ConnectVerdict => {
    const fault = service.faults.take(connectRequest(target, clock.now()))
    fault?.meanwhile?.()
    if (fault?.answer) return { status: substitute(fault.answer).status }
    if (fault?.reset) return 'reset'
    if (fault?.hang) return 'hang'
    const [name = '', port] = target.toLowerCase().split(':')
    if (port === '443' && service.isKnown(name)) return 'accept'
    refusedConnects.push(target)
    return { status: 502 }
  }
  const proxy = await startProxy(judgeConnect, createRequestListener(service.receive))
  const folder = await mkdtemp(join(tmpdir(), 'kusto-world-'))
  const authorityFile = join(folder, 'authority.pem')
  await writeFile(authorityFile, proxy.certificate)

  return Object.assign(service, {
    env: {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: authorityFile,
      ...clockEnv(clock),
      ...(idTokenPermission ? idTokenEnv(service.github) : {}),
    },
    clock,
    refusedConnects,
    async close() {
      await proxy.close()
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    },
  })
}
