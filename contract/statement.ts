import type { Lab } from './lab.js'

/** Says what was seen of a statement. */
export type Verdict = {
  readonly as: 'holds' | 'differs' | 'unknown'
  /** What was seen, in a clause. */
  readonly seen: string
}

/** Holds a statement about the services: what this action and its emulator take for a fact. */
export type Statement = {
  readonly id: string
  readonly fact: string
  /** Where the fact comes from. */
  readonly source: string
  readonly confidence: 'documented' | 'recorded' | 'reported' | 'guess'
  /**
   * What it takes: reads alone; builds of an image of its own; a switch of the cluster; or a rebuild or a deletion of the active
   * image. The last two run only when they are named, on a cluster that is declared disposable.
   */
  readonly needs: 'read' | 'build' | 'switch' | 'disposable'
  readonly check: (lab: Lab) => Promise<Verdict>
}

/** Returns the verdict of a condition. @param seen what was seen, in a clause. */
export function verdict(holds: boolean, seen: string): Verdict {
  return { as: holds ? 'holds' : 'differs', seen }
}

/** Returns that nobody can tell, and why, in a clause. */
export function unknown(seen: string): Verdict {
  return { as: 'unknown', seen }
}
