import { canonicalVersion } from '../version.js'
import type { ResolutionChanges, ResolvedPackage } from './resolution.js'

/** Compares what is installed with what would be, sorted by name. Spellings of one version make no difference. */
export function resolutionChanges(from: readonly ResolvedPackage[], to: readonly ResolvedPackage[]): ResolutionChanges {
  const before = versionsOf(from)
  const after = versionsOf(to)
  const added: ResolutionChanges['added'][number][] = []
  const removed: ResolutionChanges['removed'][number][] = []
  const changed: ResolutionChanges['changed'][number][] = []
  for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const [was, is] = [before.get(name), after.get(name)]
    if (is === undefined) {
      if (was !== undefined) removed.push({ name, from: was })
    } else if (was === undefined) {
      added.push({ name, to: is })
    } else if (inOneSpelling(was) !== inOneSpelling(is)) {
      changed.push({ name, from: was, to: is })
    }
  }
  return { added, removed, changed }
}

function versionsOf(packages: readonly ResolvedPackage[]): ReadonlyMap<string, string> {
  return new Map(packages.map(({ name, version }) => [name, version]))
}

function inOneSpelling(version: string): string {
  return canonicalVersion(version, 'stripped') ?? version
}
