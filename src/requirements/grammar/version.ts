import { VERSION_PATTERN } from '@renovatebot/pep440/lib/version.js'

const VERSION = new RegExp(`^${VERSION_PATTERN}$`, 'i')

// What nearly all versions are. The whole pattern takes milliseconds to compile, which most runs are spared.
const PLAIN = /^[0-9]+(?:\.[0-9]+)*$/

// And what nearly all of those are: their one spelling already, but for zeros at the end.
const CANONICAL = /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))*$/

// Spellings that PEP 440 treats alike: https://peps.python.org/pep-0440/#pre-release-spelling
const PRE_RELEASE: Readonly<Record<string, string>> = { alpha: 'a', beta: 'b', c: 'rc', pre: 'rc', preview: 'rc' }

/** Tells whether `text`, without spaces around it, is a version by PEP 440. */
export function isVersion(text: string): boolean {
  return PLAIN.test(text) || VERSION.test(text)
}

/**
 * Returns the one spelling of a version that equals it, or undefined where `text` is not a version by PEP 440: what
 * `canonicalize_version` of Python's `packaging` gives. The release keeps its trailing zeros only where
 * `trailingZeros` says so: `1.0` and `1` are the same version, but `~=1.0` and `~=1` are not the same range.
 *
 * Numbers stay strings: versions made of dates and times have more digits than a double holds, and two that differ in
 * the last one must not become the same.
 */
export function canonicalVersion(text: string, trailingZeros: 'kept' | 'stripped'): string | undefined {
  if (CANONICAL.test(text) && (trailingZeros === 'kept' || !text.endsWith('.0'))) return text
  const groups: Readonly<Record<string, string | undefined>> | undefined = PLAIN.test(text)
    ? { release: text }
    : VERSION.exec(text)?.groups
  if (groups === undefined) return undefined

  const epoch = number(groups['epoch'])
  const release = (groups['release'] ?? '').split('.').map(number)
  if (trailingZeros === 'stripped') while (release.length > 1 && release.at(-1) === '0') release.pop()

  let version = epoch === '0' ? '' : `${epoch}!`
  version += release.join('.')
  const pre = groups['pre_l']?.toLowerCase()
  if (pre !== undefined) version += (PRE_RELEASE[pre] ?? pre) + number(groups['pre_n'])
  if (groups['post'] !== undefined) version += `.post${number(groups['post_n1'] ?? groups['post_n2'])}`
  if (groups['dev'] !== undefined) version += `.dev${number(groups['dev_n'])}`
  const local = groups['local']?.toLowerCase().split(/[-_.]/)
  if (local !== undefined) version += `+${local.map(part => (/^[0-9]+$/.test(part) ? number(part) : part)).join('.')}`
  return version
}

/** A number without leading zeros; 0 where it was left out, as in `1.0a`. */
function number(digits: string | undefined): string {
  return digits?.replace(/^0+(?=[0-9])/, '') ?? '0'
}
