import { normalizedName } from '../grammar/named-requirement.js'
import { isVersion } from '../grammar/version.js'

/** Holds one file of a project that pip could install, or build a package from. */
export type DistributionFile = {
  readonly version: string
  /** Of a wheel, such as `cp310-abi3-win_amd64`; undefined for a source distribution. */
  readonly wheelTags: string | undefined
  /** `Requires-Python`, as the index gives it. */
  readonly requiresPython: string | undefined
  /** Why it was yanked, empty where no reason is given; undefined where it was not. */
  readonly yanked: string | undefined
}

/** Of a file, in characters: wheels for many platforms have a hundred and some. */
const LONGEST_NAME = 300

const WHEEL = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-([^-]+-[^-]+-[^-]+)\.whl$/i

const SOURCE = /\.(?:zip|tar\.(?:gz|bz2|xz|lz|lzma)|tgz|tbz|txz|tlz|tar)$/i

/** Reads version and tags from a file's name; undefined for what pip passes over: eggs, installers, other projects. */
export function parseFileName(
  name: string,
  project: string,
): Pick<DistributionFile, 'version' | 'wheelTags'> | undefined {
  if (name.length > LONGEST_NAME) return undefined
  const [, wheelOf = '', wheelVersion = '', tags] = WHEEL.exec(name) ?? []
  if (tags !== undefined) {
    const isOurs = normalizedName(wheelOf) === project && isVersion(wheelVersion)
    return isOurs ? { version: wheelVersion, wheelTags: tags.toLowerCase() } : undefined
  }
  const suffix = SOURCE.exec(name)
  if (suffix === null) return undefined
  // Names of projects hold hyphens, and so do old versions: only the project's own name tells where it ends.
  const stem = name.slice(0, suffix.index)
  for (let hyphen = stem.indexOf('-'); hyphen !== -1; hyphen = stem.indexOf('-', hyphen + 1)) {
    if (normalizedName(stem.slice(0, hyphen)) !== project) continue
    const version = stem.slice(hyphen + 1)
    return isVersion(version) ? { version, wheelTags: undefined } : undefined
  }
  return undefined
}
