import { historyOf } from './history.js'
import { attribution } from './promises/attribution.js'
import { goingBack } from './promises/going-back.js'
import { outputs } from './promises/outputs.js'
import type { Promised } from './promises/promise.js'
import { reason } from './promises/reason.js'
import { repetition } from './promises/repetition.js'
import { success } from './promises/success.js'
import { time } from './promises/time.js'
import { use } from './promises/use.js'
import { verification } from './promises/verification.js'
import type { Course } from './simulate.js'

/** All that is promised. */
const promises: readonly Promised[] = [
  success,
  repetition,
  attribution,
  goingBack,
  use,
  verification,
  outputs,
  reason,
  time,
]

/** How a promise was broken, or what began too late for it. */
export type Judgement = { readonly promise: string; readonly run: string; readonly what: string }

/** Holds a course against all promises. */
export function judge(course: Course): { readonly broken: readonly Judgement[]; readonly later: readonly Judgement[] } {
  const history = historyOf(course)
  const broken: Judgement[] = []
  const later: Judgement[] = []
  for (const run of course.runs) {
    for (const { name, check } of promises) {
      const finding = { broken: [] as string[], later: [] as string[] }
      check(run, history, finding)
      const judged = (what: string): Judgement => ({ promise: name, run: run.plan.name, what })
      // What is repeated is told once.
      broken.push(...[...new Set(finding.broken)].map(judged))
      later.push(...[...new Set(finding.later)].map(judged))
    }
  }
  return { broken, later }
}
