import { changesAskedBy, fateOf } from '../history.js'
import { settled } from '../limits.js'
import type { Promised } from './promise.js'

/** Nothing is asked for twice. */
export const repetition: Promised = {
  name: 'no request repeated that may be under way',
  check: (run, history, { broken }) => {
    const own = history.startedBy(run)
    const asked = changesAskedBy(run)
    for (const [index, later] of asked.entries()) {
      for (const former of asked.slice(0, index)) {
        if (former.request.path !== later.request.path || former.request.method !== later.request.method) continue
        const fate = fateOf(former)
        if (fate === 'refused') continue
        const operation = own.find(({ request }) => request === former.request.number)
        const what = `${later.kind} of ${seconds(later.sentAt - run.startedAt)} after that of ${seconds(former.sentAt - run.startedAt)}`
        const ended = operation !== undefined && operation.to <= later.sentAt
        if (ended || (operation === undefined && fate === 'accepted')) continue
        if (fate === 'accepted') broken.push(`${what}, which was under way`)
        else if (later.sentAt - former.sentAt < settled) broken.push(`${what}, whose answer was lost`)
        else if (operation !== undefined && operation.from < later.sentAt) broken.push(`${what}, which was taken`)
      }
    }
  },
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(0)} s`
}
