import { type CurrentImage, type DesiredImage, differences, imageFrom, requestBody } from '../../model/image.js'
import { isBeingDeleted, statusOf } from '../../model/provisioning-state.js'
import { readImageOnce } from '../read-image.js'
import type { AzureContext } from '../arm.js'
import { accessTo } from '../permissions.js'
import type { ReadResult } from '../read-resource.js'
import { imageId, resourceUrl, type Target } from '../../model/target.js'
import type { ResourceView } from './next-step.js'
import type { ChangeSpec } from './run-change.js'

/**
 * Specifies the build of an image: a PUT of what it is to hold.
 * @param onRead is told of each read of the image.
 */
export function buildSpec(
  desired: DesiredImage,
  target: Target,
  azure: AzureContext,
  onRead: (result: ReadResult<CurrentImage>, sentAt: number) => void,
): ChangeSpec<CurrentImage> {
  return {
    request: {
      arm: { method: 'PUT', url: resourceUrl(target, imageId(target)), body: requestBody(desired) },
      access: accessTo('buildImage', target),
      target,
      accepts: ({ operationUrl, locationUrl, retryAfter, correlationId, body }) => {
        const image = imageFrom(body)
        if (operationUrl === undefined && locationUrl === undefined && image === undefined) return undefined
        return { operationUrl, locationUrl, retryAfter, correlationId, echo: image }
      },
    },
    read: async () => {
      const sentAt = azure.clock.now()
      const result = await readImageOnce(target, azure)
      onRead(result, sentAt)
      return result
    },
    classify: image => classifyImage(desired, image),
    stateOf: ({ state }) => state,
  }
}

/** Classifies an image for someone who waits for a build of it. */
export function classifyImage(desired: DesiredImage, image: CurrentImage | undefined): ResourceView {
  if (image === undefined) return 'absent'
  const matches = differences(desired, image).length === 0
  const status = statusOf(image.state)
  if (status === 'in-progress') return matches && !isBeingDeleted(image.state) ? 'under-way' : 'other-under-way'
  if (!matches) return 'other'
  return status === 'succeeded' ? 'done' : status
}
