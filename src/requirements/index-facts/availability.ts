import { compare } from '@renovatebot/pep440'
import { satisfies } from '../evaluate/version-range.js'
import { type Specifier, specifiersOf } from '../grammar/specifier.js'
import { canonicalVersion } from '../grammar/version.js'
import type { DistributionFile } from './distribution-file.js'
import { fitsWindows } from '../evaluate/wheel-tags.js'

/** Holds what an index offers of a requirement for CPython of one version on 64-bit Windows. */
export type Availability = Offer & {
  /** The newest version, whatever is required, of which the target has a wheel. */
  readonly usable: string | undefined
}

/** The best of what there is, `version` being the newest of that kind. */
type Offer =
  /** A wheel for the target. */
  | { readonly kind: 'wheel'; readonly version: string }
  /** No wheel for the target, but a source to build one from. */
  | { readonly kind: 'source'; readonly version: string }
  /** Yanked files alone, which pip takes only where `==` names the version. */
  | { readonly kind: 'yanked'; readonly version: string; readonly reason: string; readonly isPinned: boolean }
  /** Pre-releases alone, which pip and uv take only where the requirement names one. */
  | { readonly kind: 'pre-release'; readonly version: string }
  /** Wheels for other platforms or other versions of Python alone, and no source. */
  | { readonly kind: 'other-wheels'; readonly version: string }
  /** Nothing that supports the target's version of Python. */
  | { readonly kind: 'other-python'; readonly version: string; readonly requiresPython: string }
  /** No version that satisfies the requirement. */
  | { readonly kind: 'no-version' }

/** Holds what a requirement is looked up for. */
export type AvailabilityTarget = {
  /** In full, such as `3.10.8`. */
  readonly pythonVersion: string
  /** Whether pre-releases are taken like others (`--pre`). */
  readonly preReleases: boolean
}

/** Kinds of files, the best first. */
const KINDS = ['wheel', 'source', 'yanked', 'pre-release', 'other-wheels', 'other-python'] as const

type Kind = (typeof KINDS)[number]

const PRE_RELEASE = /[0-9](?:a|b|rc)[0-9]|\.dev/

/** Tells what of a project's files satisfies the specifiers, and whether the target could have it. */
export function availabilityOf(
  files: readonly DistributionFile[],
  specifiers: readonly Specifier[],
  target: AvailabilityTarget,
): Availability {
  const isPinned = specifiers.some(({ operator, version }) => /^={2,3}$/.test(operator) && !version.endsWith('.*'))
  const allowsPre = target.preReleases || specifiers.some(each => each.operator !== '!=' && isPreRelease(each.version))
  const supports = pythonCheck(target.pythonVersion)
  const kindOf = (file: DistributionFile): Kind => {
    if (!supports(file.requiresPython)) return 'other-python'
    const isWheel = file.wheelTags !== undefined
    if (isWheel && !fitsWindows(file.wheelTags, target.pythonVersion)) return 'other-wheels'
    if (!allowsPre && isPreRelease(file.version)) return 'pre-release'
    if (file.yanked !== undefined) return 'yanked'
    return isWheel ? 'wheel' : 'source'
  }

  const newest = new Map<Kind, DistributionFile>()
  let usable: string | undefined
  for (const [version, those] of Map.groupBy(files, file => file.version)) {
    const satisfied = specifiers.every(specifier => satisfies(specifier, version) !== false)
    for (const file of those) {
      const kind = kindOf(file)
      if (kind === 'wheel' && (usable === undefined || isNewer(version, usable))) usable = version
      const known = newest.get(kind)
      if (satisfied && (known === undefined || isNewer(version, known.version))) newest.set(kind, file)
    }
  }

  const best = KINDS.find(kind => newest.has(kind))
  const file = best && newest.get(best)
  if (best === undefined || file === undefined) return { kind: 'no-version', usable }
  const { version } = file
  switch (best) {
    case 'yanked':
      return { kind: best, version, reason: file.yanked ?? '', isPinned, usable }
    case 'other-python':
      return { kind: best, version, requiresPython: file.requiresPython ?? '', usable }
    default:
      return { kind: best, version, usable }
  }
}

function isPreRelease(version: string): boolean {
  return PRE_RELEASE.test(canonicalVersion(version, 'kept') ?? '')
}

function isNewer(version: string, other: string): boolean {
  return version !== other && compare(version, other) > 0
}

/** Answers from memory where it was asked before: the files of a project state few ranges, again and again. */
function pythonCheck(pythonVersion: string): (requiresPython: string | undefined) => boolean {
  const known = new Map<string | undefined, boolean>()
  return requiresPython => {
    const before = known.get(requiresPython)
    if (before !== undefined) return before
    // What cannot be read counts for nothing, as for pip.
    const specifiers = specifiersOf(requiresPython?.trim() ?? '') ?? []
    const supports = specifiers.every(specifier => satisfies(specifier, pythonVersion) !== false)
    known.set(requiresPython, supports)
    return supports
  }
}
