import { runAtOnce } from '../../time-slice.js'
import { type Changes, compareMaps, type PackageSpec } from '../compare-maps.js'
import { canonicalVersion } from '../grammar/version.js'
import type { ResolvedPackage } from './resolution.js'

/** Compares what is installed with what would be, by name. Spellings of one version make no difference. */
export function versionChanges(from: readonly ResolvedPackage[], to: readonly ResolvedPackage[]): Changes {
  return runAtOnce(compareMaps(versionsOf(from), versionsOf(to)))
}

function versionsOf(packages: readonly ResolvedPackage[]): ReadonlyMap<string, PackageSpec> {
  return new Map(
    packages.map(({ name, version }) => [
      name,
      { exact: canonicalVersion(version, 'stripped') ?? version, shown: version },
    ]),
  )
}
