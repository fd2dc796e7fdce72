import type { Operation } from '../../../emulator/azure/operations.js'
import { activeIn, allActiveIn, changesAskedBy, same, switchedTo } from '../history.js'
import { margin } from './margin.js'
import { isNewer } from './newer-member.js'
import type { Promised } from './promise.js'

/**
 * A switch back goes to what the faulty image replaced, and only while that is active. Of a family, a newer image stays
 * active.
 */
export const goingBack: Promised = {
  name: 'never back to a wrong image',
  check: (run, history, { broken, later }) => {
    const { plan } = run
    for (const { request, kind } of changesAskedBy(run)) {
      const to = kind === 'switch' ? targetOf(request.body) : undefined
      if (to === undefined) continue
      if (same(to, plan.image)) {
        const before = history.during({ from: request.at - history.lag - margin, to: request.at })
        if (before.every(snapshot => !same(activeIn(snapshot), to) && isNewer(activeIn(snapshot), run)))
          broken.push(`it switched to ${to}, and ${activeIn(before.at(-1)!)} is newer`)
        continue
      }
      if (plan.inputs['rollback'] === 'false') broken.push(`it went back to ${to}, and rollback is false`)
      const forth = byEnd(history.course.service.operations.all).findLast(
        each =>
          same(switchedTo(each), plan.image) &&
          each.outcome.status === 'Succeeded' &&
          each.to <= request.at &&
          // A switch in place has replaced nothing, but for a second entry.
          allActiveIn(history.at(each.from)).some(active => !same(active, plan.image)),
      )
      if (forth === undefined) {
        broken.push(`it went back to ${to}, and nobody had switched to ${plan.image}`)
        continue
      }
      // What its own switch replaced, be the image switched to again by someone else.
      const own = history.startedBy(run).filter(each => same(switchedTo(each), plan.image) && each.to <= request.at)
      const replaced = [forth, ...own].flatMap(each => {
        const asked = history.requestOf(each)?.at ?? each.from
        return history.during({ from: asked - history.lag, to: each.to - 1 }).flatMap(allActiveIn)
      })
      if (!replaced.some(each => same(each, to))) broken.push(`it went back to ${to}, not to ${replaced.at(-1)}`)
      const visible = history.during({ from: request.at - history.lag - margin, to: request.at })
      if (visible.every(snapshot => !same(activeIn(snapshot), plan.image))) {
        broken.push(`it went back to ${to} while ${visible.map(activeIn).at(-1)} was active`)
      } else if (!same(activeIn(history.at(request.at)), plan.image)) {
        later.push('someone switched right before it went back')
      }
    }
  },
}

function byEnd(operations: readonly Operation[]): Operation[] {
  return operations.toSorted((one, other) => one.to - other.to)
}

function targetOf(body: string): string {
  const [extension] = (JSON.parse(body) as { value: { [name: string]: string }[] }).value
  return extension?.['languageExtensionCustomImageName'] ?? extension?.['languageExtensionImageName'] ?? ''
}
