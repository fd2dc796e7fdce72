import { type AzureContext, connectArm } from '../../src/azure/arm.js'
import { clouds, imageId, resourceUrl, type Target } from '../../src/model/target.js'
import { buildSpec } from '../../src/azure/change/change-specs.js'
import { newChange } from '../../src/azure/change/change.js'
import { type ChangeProgress, runChange } from '../../src/azure/change/run-change.js'
import { readImage } from '../../src/azure/read-resource.js'
import type { Clock } from '../../src/clock.js'
import { type CurrentImage, type DesiredImage, requestBody } from '../../src/model/image.js'
import type { Reply, Send } from '../../src/network/transport.js'
import { requirementsOf } from '../../src/requirements/requirements.js'

/** What a client has to do its work with. */
export type Equipment = {
  readonly send: Send
  readonly clock: Clock
  readonly random: () => number
  readonly signal: AbortSignal
}

/** Somebody who wants an image built: looks, submits, follows. Resolves when it knows that the build has succeeded. */
export type Client = {
  readonly name: string
  readonly run: (image: string, equipment: Equipment) => Promise<void>
}

const cloud = clouds[0]!
const desired: DesiredImage = {
  language: 'Python',
  foundation: { languageVersion: '3.10.8' },
  requirements: requirementsOf('pandas==2.2.2'),
}

/** This action: the code of src/azure, from the first look to the end. */
export const thisAction: Client = {
  name: 'this action',
  run: async (image, { send, clock, random, signal }) => {
    const credential = { token: () => Promise.resolve('token') }
    const arm = connectArm({ origin: cloud.resourceManager, send, credential, clock, newId: () => 'id' })
    const azure: AzureContext = { arm, clock, random, signal, deadline: Infinity }
    const target = targetOf(image)
    const change = newChange<CurrentImage>('build')
    const spec = buildSpec(desired, target, azure, () => undefined)
    let result: Awaited<ReturnType<typeof runChange<CurrentImage>>>
    do {
      const before = { sentAt: clock.now(), resource: await readImage(target, azure) }
      if (before.resource !== undefined) throw new Error(`${image} is there already`)
      result = await runChange(change, before, spec, { azure, pollInterval: undefined, progress, waits: true })
    } while (result === 'decide-again')
    if (typeof result === 'string' || result.as !== 'succeeded') throw new Error(`${image}: ${JSON.stringify(result)}`)
  },
}

/** A client that asks at fixed intervals and waits out a `Retry-After`, as Azure's libraries do. */
export function fixedInterval(seconds: number): Client {
  return {
    name: `every ${seconds} s`,
    run: async (image, { send, clock, signal }) => {
      const url = resourceUrl(targetOf(image), imageId(targetOf(image)))
      const ask = async (method: 'GET' | 'PUT', to: string): Promise<Reply> => {
        const body = method === 'PUT' ? { body: requestBody(desired) } : {}
        for (;;) {
          const reply = await send({ method, url: to, headers: {}, ...body }, signal)
          if (reply.status !== 429) return reply
          await clock.sleep(reply.retryAfter ?? 0, signal)
        }
      }
      await ask('GET', url)
      const accepted = await ask('PUT', url)
      const operation = accepted.header('azure-asyncoperation') ?? ''
      for (let status = 'Running'; status === 'Running';) {
        await clock.sleep(seconds * 1000, signal)
        status = (JSON.parse((await ask('GET', operation)).text) as { status: string }).status
      }
      await ask('GET', url)
    },
  }
}

function targetOf(image: string): Target {
  return { cloud, subscription: 's', resourceGroup: 'g', cluster: 'c', image, apiVersion: '2024-04-13' }
}

const silent = (): void => undefined

const progress: ChangeProgress = {
  accepted: silent,
  answerLost: silent,
  answerSettled: silent,
  obstacle: silent,
  state: silent,
  unreadable: silent,
  closed: why => {
    throw new Error(`the operation was given up: ${why}`)
  },
}
