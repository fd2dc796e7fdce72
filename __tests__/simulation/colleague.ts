import { pythonOn } from '../../emulator/azure/cluster.js'
import type { SeenRequest } from '../../emulator/network/messages.js'
import type { Service } from '../../emulator/service.js'
import { NoResponseError } from '../../src/network/transport.js'
import { connect } from './connection.js'
import { contentOf } from './contents.js'
import type { Draw } from './draw.js'
import type { Stage } from './run-action.js'
import type { Deed } from './schedule.js'

const never = new AbortController().signal

/** Does what the colleague does, at its time; what the service refuses is not done. */
export async function actAsColleague(deeds: readonly Deed[], stage: Stage, draw: Draw): Promise<void> {
  const { service, clock, tell } = stage
  const token = service.tokenFor(service.colleague)
  const send = connect({ ...stage, random: draw.random }, 'colleague', () => undefined)
  await Promise.all(
    deeds.map(async deed => {
      if (deed.after !== undefined) await requested(deed.after, service)
      await clock.sleep(deed.at * 1000, never)
      const { method, path, body } = requestFor(deed)
      const { subscriptionId, resourceGroup, name } = service.cluster
      const cluster = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Kusto/clusters/${name}`
      const url = `https://${service.cloud.armHost}${cluster}/${path}?api-version=2024-04-13`
      const headers = { Authorization: `Bearer ${token}`, 'User-Agent': 'portal' }
      const request = { method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const reply = await send(request, never).catch((error: unknown) => {
        if (error instanceof NoResponseError) return { status: undefined }
        throw error
      })
      tell('colleague', `${deed.what} ${deed.image}: ${reply.status ?? 'no answer'}`)
    }),
  )
}

/** Resolves when the action asks for this; never if it does not. */
function requested({ kind, skip }: NonNullable<Deed['after']>, { faults }: Service): Promise<void> {
  return new Promise(resolve => {
    const isOfAction = ({ headers }: SeenRequest) => headers['actor'] !== 'colleague'
    faults.add({ on: kind, skip, when: isOfAction, meanwhile: resolve })
  })
}

function requestFor({ what, image, file, base }: Deed): {
  method: 'PUT' | 'POST' | 'DELETE'
  path: string
  body: object | undefined
} {
  switch (what) {
    case 'build': {
      const { languageVersion, ...rest } = contentOf(file)
      const founded = base === undefined ? { languageVersion } : { baseImageName: base }
      return { method: 'PUT', path: `sandboxCustomImages/${image}`, body: { properties: { ...rest, ...founded } } }
    }
    case 'switch':
      return { method: 'POST', path: 'addLanguageExtensions', body: { value: [pythonOn(image)] } }
    case 'delete':
      return { method: 'DELETE', path: `sandboxCustomImages/${image}`, body: undefined }
  }
}
