import { inOneGo } from '../../long-work.js'
import { type Changes, changesBetween, type Said } from '../changes.js'
import { canonicalVersion } from '../version.js'
import type { ResolvedPackage } from './resolution.js'

/** Compares what is installed with what would be, by name. Spellings of one version make no difference. */
export function resolutionChanges(from: readonly ResolvedPackage[], to: readonly ResolvedPackage[]): Changes {
  return inOneGo(changesBetween(versionsOf(from), versionsOf(to)))
}

function versionsOf(packages: readonly ResolvedPackage[]): ReadonlyMap<string, Said> {
  return new Map(
    packages.map(({ name, version }) => [
      name,
      { exact: canonicalVersion(version, 'stripped') ?? version, shown: version },
    ]),
  )
}
