import { memberTime } from '../../../src/model/image-family.js'
import type { ActionRun } from '../run-action.js'
import { margin } from './margin.js'

/** Tells whether an image is one of the run's family that was named after the run had named its own. */
export function isNewer(image: string | undefined, { plan, exchanges }: ActionRun): boolean {
  const named = exchanges.find(({ kind, reply }) => kind === 'list-images' && reply?.status === 200)
  const { 'image-name': family = '' } = plan.inputs
  if (named === undefined || image === undefined || !family.endsWith('*')) return false
  const time = memberTime({ prefix: family.slice(0, -1) }, image)
  const own = new Date(named.request.at + margin).toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')
  return time !== undefined && time > Number(own)
}
