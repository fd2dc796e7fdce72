import { installed } from '../../../emulator/azure/sandboxes.js'
import { formerName } from '../contents.js'
import { activeIn, changesAskedBy, type History, same } from '../history.js'
import type { ActionRun } from '../run-action.js'
import type { ClusterSnapshot } from '../../../emulator/azure/state-history.js'
import type { Promised } from './promise.js'

/** What is told of the active image is told of the active image, and who only verifies changes nothing. */
export const verification: Promised = {
  name: 'nothing verified that is not active',
  check: (run, history, { broken }) => {
    const { plan, outputs } = run
    for (const { kind } of plan.mode === 'verify' ? changesAskedBy(run) : []) broken.push(`it has asked for a ${kind}`)
    const verified = outputs['verified']
    if (verified === undefined || verified === '') return
    const span = history.knownFrom(run, 'query')
    const seen = span === undefined ? [] : history.during(span).filter(snapshot => same(activeIn(snapshot), plan.image))
    if (seen.length === 0) return void broken.push(`${plan.image} was not active when it was verified`)
    // That someone has just switched is not visible yet: what answers then is the image that they switched to.
    const answering = verified === 'true' && span !== undefined ? history.during(span) : seen
    if (!answering.some(sight => isSound(sight, run, history) === (verified === 'true'))) {
      broken.push(`verified is ${verified}, and that is not so`)
    }
    // Whoever found a flaw may have gone back since.
    const last = history.knownFrom(run, 'cluster')
    const stayed = last !== undefined && history.during(last).some(snapshot => same(activeIn(snapshot), plan.image))
    if (verified === 'true' && !stayed) broken.push(`${plan.image} was not active any more when it was last looked at`)
  },
}

/** Whether all that the run asks for is in the active image, and can be imported. */
function isSound(snapshot: ClusterSnapshot, { text, plan }: ActionRun, { course }: History): boolean {
  const { settings } = course.service
  if (settings.pythonPlugin !== 'enabled') return false
  const isTested = plan.inputs['verify-queries'] !== undefined && course.schedule.failingQuery
  if (isTested && !same(activeIn(snapshot), formerName)) return false
  const active = { image: activeIn(snapshot) ?? '', content: snapshot.cluster.activeContent }
  return (
    text.split('\n').every(line => {
      const [name = '', version] = line.split('==')
      const found = installed(active, name, settings)
      return found.trouble === undefined && found.version === version
    }) &&
    (plan.mode === 'verify' || plan.inputs['verify'] === 'true')
  )
}
