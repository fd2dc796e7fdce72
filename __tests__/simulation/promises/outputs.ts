import { clusterId, imageId } from '../../../emulator/azure/cluster.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { same } from '../history.js'
import { actionOf, activatedOf, changedOf } from './outputs-of-changes.js'
import { idsOf } from './outputs-of-ids.js'
import { activeOf, previousOf, stateOf } from './outputs-of-readings.js'
import type { Promised } from './promise.js'

/** Whether an image has the form that the action gives to the members of a family. */
function isMemberOf(family: string, image: string): boolean {
  const prefix = family.slice(0, -1)
  return image.startsWith(prefix) && /^\d{8}-\d{6}-[\da-f]{6}$/.test(image.slice(prefix.length))
}

/** Each output says what is so, or nothing. */
export const outputs: Promised = {
  name: 'every output true',
  check: (run, history, finding) => {
    const { plan, startedAt, endedAt, text } = run
    const { broken } = finding
    const given = run.outputs
    const id = given['image-id']
    // Until a member of a family is chosen, there is no name.
    const isChosen = plan.mode === 'delete' || !plan.image.endsWith('*')
    if (given['image-name'] !== (isChosen ? plan.image : undefined)) broken.push(`image-name is ${given['image-name']}`)
    const { 'image-name': wanted = '' } = plan.inputs
    if (plan.mode !== 'delete' && wanted.endsWith('*') && isChosen && !isMemberOf(wanted, plan.image))
      broken.push(`${plan.image} is no member of ${wanted}`)
    if (id !== undefined && !same(id, imageId(history.course.service.cluster, plan.image)))
      broken.push(`image-id is ${id}`)
    const cluster = clusterId(history.course.service.cluster)
    const page = `https://portal.azure.com/#resource${cluster}/overview`
    if (!same(given['portal-url'] ?? '', page)) broken.push(`portal-url is ${given['portal-url']}`)
    if (given['plan'] !== undefined && given['plan'] !== '') broken.push('plan is not empty')
    const took = ((endedAt - startedAt) / 1000).toFixed(1)
    if (Math.abs(Number(given['duration-seconds']) - Number(took)) > 1) {
      broken.push(`duration-seconds is ${given['duration-seconds']}, not ${took}`)
    }
    const digest = given['requirements-sha256'] ?? ''
    if (plan.mode !== 'delete' && digest !== requirementsOf(text).sha256)
      broken.push(`requirements-sha256 is ${digest}`)
    for (const check of [stateOf, activeOf, previousOf, changedOf, actionOf, activatedOf, idsOf])
      check(run, history, finding)
  },
}
