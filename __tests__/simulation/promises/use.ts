import type { ClusterSnapshot } from '../../../emulator/azure/state-history.js'
import { allActiveIn, changesAskedBy, imageIn, same, switchedTo } from '../history.js'
import { margin } from './margin.js'
import type { Promised } from './promise.js'

/** What is in use stays. */
export const use: Promised = {
  name: 'nothing in use deleted',
  check: (run, history, { broken, later }) => {
    const { plan } = run
    for (const { request, kind } of changesAskedBy(run)) {
      if (kind !== 'delete-image' || !request.processed) continue
      const image = decodeURIComponent(request.path.slice(request.path.lastIndexOf('/') + 1))
      if (plan.mode !== 'delete' || !isMeant(image, plan.image)) broken.push(`${image} was to be deleted by nobody`)
      const before = history.during({ from: request.at - history.lag - margin, to: request.at })
      const uses: [string, (snapshot: ClusterSnapshot) => boolean][] = [
        ['active', snapshot => allActiveIn(snapshot).some(each => same(each, image))],
        ['a base', snapshot => snapshot.images.some(({ content }) => same(content.baseImageName, image))],
      ]
      for (const [what, holds] of uses) {
        if (before.every(holds)) broken.push(`${image} was ${what}`)
        else if (holds(history.at(request.at))) later.push(`${image} became ${what} right before it was deleted`)
      }
      for (const operation of [...history.startedBy(run), ...history.startedByOthers(run)]) {
        if (!same(switchedTo(operation), image) || operation.from > request.at || operation.to <= request.at) continue
        const since = request.at - operation.from
        if (since > history.lag + margin) broken.push(`the cluster was being switched to ${image}`)
        else later.push(`someone began to switch to ${image} right before it was deleted`)
      }
      const count = Number(plan.inputs['keep-latest'] ?? 0)
      const isNewest = (snapshot: ClusterSnapshot) => newest(snapshot, plan.image, count).includes(image.toLowerCase())
      if (before.every(isNewest)) broken.push(`${image} was one of the newest`)
    }
  },
}

function isMeant(image: string, wanted: string): boolean {
  return wanted.endsWith('*') ? image.toLowerCase().startsWith(wanted.slice(0, -1)) : same(image, wanted)
}

/** The newest of a family, by the numbers in their names, or where all have dates by those. */
function newest(snapshot: ClusterSnapshot, family: string, count: number): string[] {
  const names = snapshot.images.map(({ name }) => name.toLowerCase()).filter(name => isMeant(name, family))
  const dates = names.map(name => imageIn(snapshot, name)?.changedAt?.getTime())
  const forms = names.map(name => /-(\d{8})-(\d{6})-[\da-f]{6,64}$/.exec(name))
  if (forms.every(form => form !== null)) return names.sort((one, other) => (one < other ? 1 : -1)).slice(0, count)
  const age = dates.every(date => date !== undefined)
    ? (name: string) => imageIn(snapshot, name)?.changedAt?.getTime() ?? 0
    : (name: string) => Number(/\d+/.exec(name)?.[0] ?? 0)
  return names.sort((one, other) => age(other) - age(one)).slice(0, count)
}
