import { dataHost } from './azure/cluster.js'
import { knownHosts } from './network/hosts.js'
import { buildsOf } from './azure/operations.js'
import type { Service } from './service.js'
import type { World } from './world.js'

/** A world as it is made: its owner notes what led nowhere. */
type Surroundings = {
  readonly world: Omit<World, 'refusedConnects'> & { readonly refusedConnects: string[] }
  /** Whether there is a host of that name in it, in small letters. */
  readonly isKnown: (host: string) => boolean
}

/** Makes the world around a service; how requests get to the service is its owner's concern. */
export function around(service: Service, clock: World['clock']): Surroundings {
  const { cloud, github, api, entra, tenant, principal, settings, faults, requests, operations } = service
  const host = dataHost(service.cluster)
  const foreignHosts = new Set<string>()
  return {
    isKnown: name => knownHosts.has(name) || foreignHosts.has(name) || name === host,
    world: {
      clock,
      cloud,
      github,
      api,
      entra,
      tenant,
      principal,
      get cluster() {
        return service.cluster
      },
      settings,
      requests,
      refusedConnects: [],
      get builds() {
        operations.settle()
        return buildsOf(operations)
      },
      seen: (...kinds) => requests.filter(request => kinds.includes(request.kind)),
      fault: fault => faults.add(fault),
      addForeignHost: foreign => void foreignHosts.add(foreign.toLowerCase()),
      startForeignBuild: service.startForeignBuild,
      startForeignSwitch: service.startForeignSwitch,
      get switches() {
        operations.settle()
        return operations.all.filter(({ extensions }) => extensions !== undefined)
      },
      get deletions() {
        operations.settle()
        return operations.all.filter(({ kind }) => kind === 'SandboxCustomImageDeleteCommand')
      },
    },
  }
}
