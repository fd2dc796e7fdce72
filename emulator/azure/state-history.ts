import { isDeepStrictEqual } from 'node:util'
import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import type { Cluster, Image } from './cluster.js'

/** Names what is read of a cluster, each of which may be late by itself. */
export type Readable = 'image' | 'list' | 'cluster' | 'operation'

/** Says how reads are; all of it may be changed while the world runs. */
export type ReadSettings = {
  /** Seconds by which a read may be late: what it shows was true then. How late real ones are, nobody has measured. */
  readonly lagSeconds: Record<Readable, number>
  /** Whether each read is late by up to so many seconds, or all by just so many. */
  lag: 'drawn' | 'fixed'
}

/** Holds what the service showed of a cluster from a time on. */
export type ClusterSnapshot = {
  readonly from: number
  readonly cluster: Pick<Cluster, 'state' | 'provisioningState' | 'languageExtensions' | 'activeContent'>
  readonly images: readonly Image[]
}

/** Holds what a cluster showed, and when. */
export type StateHistory = {
  readonly all: readonly ClusterSnapshot[]
  /** Records what is there from this moment on, unless that is nothing new. */
  readonly record: (at: number) => void
  /** The moment that a read of this shows. */
  readonly timeShown: (what: Readable) => number
  /** What a read of this shows. */
  readonly read: (what: Readable) => ClusterSnapshot
}

/** Creates a history that begins with the first record: what was there then has been there always. */
export function createStateHistory(
  cluster: Cluster,
  settings: ReadSettings,
  clock: Pick<Clock, 'now'>,
  chance: Chance,
): StateHistory {
  const all: ClusterSnapshot[] = []
  const record = (at: number): void => {
    const last = all.at(-1)
    const shown = shownNow(cluster)
    if (last === undefined) all.push({ from: Number.NEGATIVE_INFINITY, ...shown })
    else if (!isDeepStrictEqual({ ...last, ...shown }, last)) all.push({ from: at, ...shown })
  }
  const timeShown = (what: Readable): number => {
    const most = settings.lagSeconds[what] * 1000
    if (most === 0) return clock.now()
    return clock.now() - (settings.lag === 'fixed' ? most : most * chance.random())
  }
  return {
    all,
    record,
    timeShown,
    read(what) {
      record(clock.now())
      const moment = timeShown(what)
      return all.findLast(({ from }) => from <= moment)!
    },
  }
}

function shownNow(cluster: Cluster): Omit<ClusterSnapshot, 'from'> {
  const { state, provisioningState, languageExtensions, activeContent } = cluster
  return {
    cluster: { state, provisioningState, languageExtensions: [...languageExtensions], activeContent },
    images: cluster.images.all().map(image => ({ ...image })),
  }
}
