import { deletionSpec } from '../azure/change/change-specs.js'
import { newChange } from '../azure/change/change.js'
import { runChange } from '../azure/change/run-change.js'
import { readImageOnce, type ReadResult } from '../azure/read-resource.js'
import { type IdleWatch, waitUntilIdle } from '../azure/change/wait-until-idle.js'
import { deletionFailure, imageInUse } from '../failures/deletion-failures.js'
import { type ListedImage, type Retention, usageOf } from '../model/retention.js'
import { sameName } from '../format.js'
import { statusOf } from '../model/provisioning-state.js'
import { listedImageConfirmed, listedImageRead, noteRetained } from '../run-state.js'
import type { DeleteContext } from './context.js'
import { oldOnes, takeInventory } from './plan-deletion.js'
import { createProgress, givesUpAt } from './progress.js'

/**
 * Deletes an image, and follows that to its end. Right before each request, what is in use is read again: also after a
 * build of the image was waited for, which may have been put to use meanwhile.
 * @throws {Failure} when it is in use, or cannot be deleted.
 */
export async function deleteImage(image: string, context: DeleteContext): Promise<void> {
  const { inputs, state, runtime, phase, azure } = context
  const target = { ...context.target, image }
  const change = newChange<ListedImage>('deletion', image)
  state.changes.deletions.push(change)
  const progress = createProgress('deletion', runtime, azure.deadline)
  for (;;) {
    const { images, active, sentAt } = await takeInventory(context)
    const present = images.find(({ name }) => sameName(name, image))
    if (present === undefined) {
      runtime.log.line(`Image ${image} no longer exists.`)
      return notePresence(undefined)
    }
    notePresence(present)
    const usage = usageOf(image, images, active)
    if (usage !== undefined) throw imageInUse(image, usage, target)
    if (inputs.family !== undefined && !isStillOld(oldOnes(images, inputs.family, active, context.target))) {
      runtime.log.line(`Image ${image} stays: it is now one of the newest.`)
      noteRetained(state, image)
      return
    }
    const isGone = await phase('Delete the image', async () => {
      if (statusOf(present.state) === 'in-progress') {
        await waitForImage(present)
        return false
      }
      runtime.log.line(`Deleting image ${image}.`)
      const options = { azure, pollInterval: inputs.pollInterval, progress, waits: true }
      const before = { sentAt, resource: present }
      const result = await runChange(change, before, deletionSpec(target, azure, noteRead), options)
      if (result === 'decide-again' || result === 'accepted') return false
      if (result.as === 'gone') runtime.log.line(`Image ${image} no longer existed.`)
      else if (result.as === 'succeeded') runtime.log.line('Deleted.', 'good')
      else throw deletionFailure(result, target, state)
      return true
    })
    if (isGone) return notePresence(undefined)
  }

  /** Others may have deleted newer ones since. */
  function isStillOld(retention: readonly Retention[]): boolean {
    return retention.some(each => sameName(each.image, image) && (each.isDeleted || each.why === 'changing'))
  }

  async function waitForImage(present: ListedImage): Promise<void> {
    runtime.log.line(
      `Image ${image} is being changed (${present.state}). Waiting for it to finish; ${givesUpAt(azure.deadline, azure.clock)}.`,
    )
    waitFor(present.state)
    const watch: IdleWatch<ListedImage> = {
      read: () => readImageOnce(target, azure),
      onRead: (result, sentAt) => {
        noteRead(result, sentAt)
        if (result.seen === 'resource') waitFor(result.resource.state)
      },
      busyState: ({ state: word }) => (statusOf(word) === 'in-progress' ? word : undefined),
      progress,
      pollInterval: inputs.pollInterval,
    }
    notePresence((await waitUntilIdle(watch, azure)).resource)
    delete state.waitingFor
  }

  function waitFor(word: string): void {
    state.waitingFor = { for: 'image', image, state: word, isSame: false }
  }

  function noteRead(result: ReadResult<ListedImage>, sentAt: number): void {
    if (inputs.family === undefined) listedImageRead(state, result, sentAt)
  }

  /** Of a family, no single image's state is reported. */
  function notePresence(resource: ListedImage | undefined): void {
    if (inputs.family === undefined) listedImageConfirmed(state, { sentAt: azure.clock.now(), resource })
  }
}
