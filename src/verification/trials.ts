import type { Failure } from '../failure.js'
import type { QueryTrial } from './judge-query.js'
import type { VerifiedPackage } from './compare-packages.js'

/** Holds what one trial of the active image has shown. */
export type VerificationTrial = {
  /** Package by package; empty where the query itself failed. */
  readonly packages: readonly VerifiedPackage[]
  /** Query by query, in their order; empty where the packages are not as they should be. */
  readonly queries: readonly QueryTrial[]
  /** What is not as it should be. */
  readonly failure: Failure | undefined
}

/** So many answers in a row must be the same where sandboxes of the previous image may be answering. */
const sameInARow = 3
/** After so many trials the last one counts: an image that answers differently each time does so for good. */
const mostTrials = 10

/** Holds what is known of who may answer. */
export type Expected = {
  /** Whether the cluster was switched just now, so that the previous image may be answering. */
  readonly isFresh: boolean
  /** What the previous image has answered to the same query, where that is known. */
  readonly baseline: readonly VerifiedPackage[] | undefined
}

/** Judges whether the last trial counts: it is the new image's, as far as that can be known. */
export function trialStatus(trials: readonly VerificationTrial[], { isFresh, baseline }: Expected): 'settled' | 'open' {
  const last = trials.at(-1)
  if (last === undefined) return 'open'
  // Someone may have switched the cluster just before this run looked: what is bad must be found again.
  if ((!isFresh && last.failure === undefined) || trials.length >= mostTrials) return 'settled'
  // The previous image lacks what is wanted, and so cannot have given a good answer; unless it was given in turn with others.
  // Of the queries, nobody knows which image has answered them.
  const isNew =
    last.failure === undefined &&
    last.queries.length === 0 &&
    baseline !== undefined &&
    !samePackages(last.packages, baseline) &&
    trials.every(each => sameAnswer(each, last) || samePackages(each.packages, baseline))
  const recent = trials.slice(-sameInARow)
  const isSteady = recent.length === sameInARow && recent.every(each => sameAnswer(each, last))
  return isNew || isSteady ? 'settled' : 'open'
}

/** Tells whether two trials have shown the same. */
export function sameAnswer(one: VerificationTrial, other: VerificationTrial): boolean {
  return (
    one.failure?.code === other.failure?.code &&
    samePackages(one.packages, other.packages) &&
    one.queries.length === other.queries.length &&
    one.queries.every(({ problem }, index) => problem === other.queries[index]?.problem)
  )
}

function samePackages(one: readonly VerifiedPackage[], other: readonly VerifiedPackage[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ found, problem }, index) => found === other[index]?.found && problem === other[index]?.problem)
  )
}
