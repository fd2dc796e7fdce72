import type { ListedImage } from '../../model/retention.js'
import { isBeingDeleted, statusOf } from '../../model/provisioning-state.js'
import { readImageOnce } from '../read-image.js'
import type { AzureContext } from '../arm.js'
import { accessTo } from '../permissions.js'
import { imageId, resourceUrl, type Target } from '../../model/target.js'
import type { ReadResult } from '../read-resource.js'
import type { ResourceView } from './next-step.js'
import type { ChangeSpec } from './run-change.js'

/**
 * Specifies the deletion of an image.
 * @param onRead is told of each read of the image.
 */
export function deletionSpec(
  target: Target,
  azure: AzureContext,
  onRead: (result: ReadResult<ListedImage>, sentAt: number) => void,
): ChangeSpec<ListedImage> {
  return {
    request: {
      arm: { method: 'DELETE', url: resourceUrl(target, imageId(target)) },
      access: accessTo('deleteImage', target),
      target,
      accepts: ({ status, operationUrl, locationUrl, retryAfter, correlationId }) => {
        const isAccepted = status === 202 || operationUrl !== undefined || locationUrl !== undefined
        return isAccepted ? { operationUrl, locationUrl, retryAfter, correlationId, echo: undefined } : undefined
      },
      isNothingToDo: ({ status, body }) => status === 204 || (status === 404 && body !== undefined),
    },
    read: async () => {
      const sentAt = azure.clock.now()
      const result = await readImageOnce(target, azure)
      onRead(result, sentAt)
      return result
    },
    classify: classifyDeletion,
    stateOf: ({ state }) => state,
  }
}

/** Classifies an image for someone who waits for its deletion. @param before the image before the request. */
function classifyDeletion(image: ListedImage | undefined, before: ListedImage | undefined): ResourceView {
  if (image === undefined) return 'done'
  if (isBeingDeleted(image.state)) return 'under-way'
  const status = statusOf(image.state)
  if (status === 'in-progress') return 'other-under-way'
  const isNew = before?.state !== image.state
  return isNew && (status === 'failed' || status === 'canceled') ? status : 'other'
}
