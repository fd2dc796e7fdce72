import type { Clock } from './clock.js'
import type { Cluster, ImageContent } from './cluster.js'
import type { Operations } from './operations.js'

/** How sandboxes are; all of it may be changed while the world runs. */
export type SandboxSettings = {
  /** Seconds after a switch until queries in Python run again. */
  sandboxSeconds: number
  /** What packages are like where that is not as the requirements say, by normalised name. */
  readonly installed: Map<string, Installed>
}

/** A package in a sandbox: without a version it is not installed; with a trouble, importing it raises that. */
export type Installed = { readonly version?: string; readonly trouble?: string }

/** The sandboxes of a cluster, as far as a query shows them. */
export type Sandboxes = {
  readonly cluster: Cluster
  readonly operations: Operations
  readonly clock: Clock
  readonly settings: SandboxSettings
}

/** What queries in Python do now: run, wait, or nothing at all, for nobody has enabled them. */
export function readinessOf({ cluster, operations, clock, settings }: Sandboxes): 'up' | 'starting' | 'disabled' {
  if (!cluster.languageExtensions.some(({ languageExtensionName: name }) => name === 'PYTHON')) return 'disabled'
  const switched = operations.all.findLast(
    ({ extensions, finished, outcome }) => extensions !== undefined && finished && outcome.status === 'Succeeded',
  )
  if (switched === undefined) return 'up'
  return clock.now() < switched.to + settings.sandboxSeconds * 1000 ? 'starting' : 'up'
}

/** Python's version in the active image. */
export function pythonVersion({ cluster }: Sandboxes): string {
  const { activeContent } = cluster
  if (activeContent?.languageVersion !== undefined) return activeContent.languageVersion
  const managed = activeContent?.baseImageName ?? managedImage(cluster)
  return /^Python(\d+)_(\d+)_(\d+)/.exec(managed)?.slice(1).join('.') ?? '3.10.8'
}

/** A package as Python in the active image sees it. */
export function installed({ cluster, settings }: Sandboxes, name: string): Installed {
  return settings.installed.get(name) ?? { ...versionIn(cluster.activeContent, name) }
}

function managedImage({ languageExtensions }: Cluster): string {
  return languageExtensions.find(each => each.languageExtensionName === 'PYTHON')?.languageExtensionImageName ?? ''
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
