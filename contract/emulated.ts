import type { Clock } from '../src/clock.js'
import { chanceFrom } from '../emulator/chance.js'
import { dataHost } from '../emulator/azure/cluster.js'
import { createService, type Service, type ServiceOptions } from '../emulator/service.js'
import { imagePrefix, missingRequirements } from './lab.js'
import { wrongQuery } from './statements/reads.js'
import { packagesQuery, versionQuery } from './statements/use.js'
import { answerOf, type Place, type Services } from './services.js'

const never = new AbortController().signal

/** Returns the emulator's services and the cluster that they have. @param clock simulated time. */
export function emulatedServices(
  clock: Clock,
  random: () => number,
  settings: Partial<ServiceOptions> = {},
): { readonly services: Services; readonly place: Place; readonly service: Service } {
  const service = createService({
    clock: { now: clock.time, sleep: ms => clock.sleep(ms, never) },
    chance: chanceFrom(random),
    signed: false,
    buildSeconds: 360,
    switchSeconds: 1000,
    deleteSeconds: 20,
    unknownPackages: new Set([missingRequirements.replace(/==.*/, '')]),
    ...settings,
  })
  // What the program of the statement finds in the sandboxes of an image.
  service.settings.queries.set(versionQuery.trim(), image => ({
    columns: { version: 'string' },
    rows: [[image.startsWith(imagePrefix) ? '0.9.0' : '']],
  }))
  service.settings.queries.set(packagesQuery.trim(), {
    columns: { versions: 'string' },
    rows: [['numpy 1.26.4, pandas 2.2.2']],
  })
  const words = "SEM0100: 'where' operator: Failed to resolve column named 'missing'. [line:position=2:9]"
  service.settings.queries.set(wrongQuery, { as: 'error', error: `Semantic error: ${words}` })
  const { cluster, cloud } = service
  const hosts = { arm: cloud.armHost, data: dataHost(cluster) }
  const tokens = {
    arm: service.tokenFor(service.principal),
    data: service.tokenFor(service.principal, `https://${hosts.data}`),
  }
  const send: Services['send'] = async ({ to, method, target, body = '' }) => {
    const path = target.replace(/^https:\/\/[^/]+/, '')
    const headers = { authorization: `Bearer ${tokens[to]}`, 'content-type': 'application/json' }
    const delivery = await service.receive({ host: hosts[to], method, target: path, headers, body })
    if (delivery.as !== 'answer') throw new Error('no answer came')
    const { status, headers: given, body: text } = delivery.answer
    return answerOf(status, given, text)
  }
  const { subscriptionId: subscription, resourceGroup, name } = cluster
  return {
    services: { send, clock: { now: clock.now, sleep: ms => clock.sleep(ms, never) } },
    service,
    place: { subscription, resourceGroup, cluster: name, database: 'telemetry' },
  }
}
