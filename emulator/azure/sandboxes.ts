import type { Chance } from '../chance.js'
import type { Clock } from '../clock.js'
import { type ActiveImage, activePython, type Cluster, type ImageContent } from './cluster.js'
import type { Operations } from './operations.js'

/** Says how sandboxes are; all of it may be changed while the world runs. */
export type SandboxSettings = {
  /** Seconds after a switch until queries in Python run again. */
  sandboxSeconds: number
  /** Seconds after a switch in which half of the queries still meet a sandbox of the former image, which is a guess. */
  formerSandboxSeconds: number
  /** Whether `python()` may run: it can be disabled on a cluster, and refused by a policy. */
  pythonPlugin: 'enabled' | 'disabled' | 'refused'
  /** What packages are like where that is not as the requirements say, by normalised name, or by image and name: `a/pandas`. */
  readonly installed: Map<string, Installed>
  /** What queries of the user's answer, by their text without white space around it. */
  readonly queries: Map<string, OwnQuery>
}

/** Holds what a query answers: always the same, or by the image in whose sandbox it runs. */
export type OwnQuery = OwnAnswer | ((image: string) => OwnAnswer)

type OwnAnswer =
  | { readonly columns: Readonly<Record<string, string>>; readonly rows: readonly (readonly unknown[])[] }
  | { readonly as: 'error' | 'partial'; readonly error: string }

/** Describes a package in a sandbox: not installed without a version; importing it raises its trouble, if any. */
type Installed = { readonly version?: string; readonly trouble?: string }

/** Describes the sandboxes of a cluster, as far as a query shows them. */
export type Sandboxes = {
  readonly cluster: Cluster
  readonly operations: Operations
  readonly clock: Pick<Clock, 'now'>
  readonly chance: Chance
  readonly settings: SandboxSettings
}

/** Tells what queries in Python do now: run, wait, or nothing at all, for they are not enabled or not allowed. */
export function readinessOf({ cluster, operations, clock, settings }: Sandboxes): Readiness {
  if (activePython(cluster) === undefined) return 'disabled'
  if (settings.pythonPlugin !== 'enabled') return settings.pythonPlugin
  return clock.now() < switchedAt(operations) + settings.sandboxSeconds * 1000 ? 'starting' : 'up'
}

type Readiness = 'up' | 'starting' | 'disabled' | 'refused'

/** Returns the image whose sandbox answers the next query: the active one or, after a switch, the former one. */
export function answeringImage({ cluster, operations, clock, chance, settings }: Sandboxes): ActiveImage {
  const active = activePython(cluster) ?? { image: '', content: undefined }
  const lingers = clock.now() < switchedAt(operations) + settings.formerSandboxSeconds * 1000
  return (lingers && chance.random() < 0.5 ? cluster.formerPython : undefined) ?? active
}

function switchedAt({ all }: Operations): number {
  const switched = all.findLast(
    ({ extensions, finished, outcome }) => extensions !== undefined && finished && outcome.status === 'Succeeded',
  )
  return switched?.to ?? Number.NEGATIVE_INFINITY
}

/** Returns Python's version in an image. */
export function pythonVersion({ image, content }: ActiveImage): string {
  const base = /^Python(\d+)_(\d+)_(\d+)/.exec(content?.baseImageName ?? image)
  return content?.languageVersion ?? base?.slice(1).join('.') ?? '3.10.8'
}

/** Returns a package as Python in an image sees it. */
export function installed({ image, content }: ActiveImage, name: string, settings: SandboxSettings): Installed {
  return settings.installed.get(`${image}/${name}`) ?? settings.installed.get(name) ?? { ...versionIn(content, name) }
}

/** What pip has made of the requirements: the version of a pin, or the lowest of a range. */
function versionIn(content: ImageContent | undefined, name: string): { version: string } | undefined {
  for (const line of (content?.requirementsFileContent ?? '').split('\n')) {
    const [, found = '', version = '1.0.0'] =
      /^\s*([\w.-]+)\s*(?:\[[^\]]*\])?\s*(?:[=~>]=+\s*([\w.!+]*\w))?/.exec(line) ?? []
    if (found.toLowerCase().replace(/[-_.]+/g, '-') === name) return { version }
  }
  return undefined
}
