import { connectArm } from '../../src/azure/arm.js'
import { clouds } from '../../src/azure/cloud.js'
import { imageSubject, requestBuild } from '../../src/azure/build.js'
import { follow } from '../../src/azure/follow.js'
import type { Watcher } from '../../src/azure/follow.js'
import { look } from '../../src/azure/look.js'
import type { Means } from '../../src/azure/means.js'
import { startPace } from '../../src/azure/pace.js'
import { imageId, resourceUrl } from '../../src/azure/target.js'
import type { Target } from '../../src/azure/target.js'
import type { Clock } from '../../src/clock.js'
import { requestBody } from '../../src/image/image.js'
import type { DesiredImage } from '../../src/image/image.js'
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
    const arm = connectArm({ origin: cloud.resourceManager, send, credential, newId: () => 'id' })
    const means: Means = { arm, clock, random, signal }
    const target = targetOf(image)
    if ((await look(target, means)) !== undefined) throw new Error(`${image} is there already`)
    const submission = await requestBuild(desired, target, means)
    if (submission.as !== 'accepted') throw new Error(`${image}: the submission ended as ${submission.as}`)
    const end = await follow(submission.change, imageSubject(desired, target, means), {
      means,
      pace: startPace(means, undefined),
      watcher: silent,
    })
    if (end.as !== 'succeeded') throw new Error(`${image}: the build ended as ${end.as}`)
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

const silent: Watcher<unknown> = {
  state: () => undefined,
  resource: () => undefined,
  trouble: () => undefined,
  turn: why => {
    throw new Error(`the operation was given up: ${why}`)
  },
}
