import { activeIn, imageIn, isBuild, isWanted, same } from '../history.js'
import type { Promised } from './promise.js'

/** A run that ends well has what it was to make. */
export const success: Promised = {
  name: 'success only of this content and when the service has built it',
  check: (run, history, { broken }) => {
    const { plan, exitCode, outputs } = run
    if (exitCode !== 0) return
    if (plan.mode === 'delete') {
      if (plan.inputs['keep-latest'] !== undefined) return
      const span = history.knownFrom(run, 'image')
      const gone = span && history.during(span).some(snapshot => imageIn(snapshot, plan.image) === undefined)
      if (gone !== true) broken.push(`${plan.image} was there all the time`)
      return
    }
    if (plan.mode === 'verify') {
      if (outputs['verified'] !== 'true') broken.push('it was not verified')
      return
    }
    const span = history.knownFrom(run, 'image')
    const isThere = (wanted: boolean) =>
      span !== undefined &&
      history.during(span).some(snapshot => {
        const image = imageIn(snapshot, plan.image)
        return (
          image !== undefined && isWanted(run, image.content) && (!wanted || image.provisioningState === 'Succeeded')
        )
      })
    const waits = plan.inputs['wait'] !== 'false'
    // Who does not wait is told that it was accepted, and no more.
    if (!waits && outputs['state'] !== 'Succeeded') return
    if (!isThere(waits)) broken.push(`${plan.image} never was ${waits ? 'built ' : ''}as wanted`)
    const ownBuilds = history.startedBy(run).filter(isBuild)
    if (plan.inputs['force'] === 'true' && waits && ownBuilds.length === 0) {
      const others = history.startedByOthers(run).filter(isBuild)
      const watched = others.some(({ image, to }) => same(image, plan.image) && to > run.startedAt - history.lag)
      if (!watched) broken.push('force had nothing built')
    }
    if (plan.inputs['activate'] !== 'true') return
    const seen = history.knownFrom(run, 'cluster')
    const rebuilt = outputs['changed'] === 'true' || outputs['action'] === 'attach'
    const isActive = (snapshot: ReturnType<typeof history.at>) =>
      same(activeIn(snapshot), plan.image) && (!rebuilt || isWanted(run, snapshot.cluster.activeContent))
    if (seen === undefined || !history.during(seen).some(isActive)) broken.push(`${plan.image} was not active`)
    if (plan.inputs['verify'] === 'true' && outputs['verified'] !== 'true') broken.push('it was not verified')
  },
}
