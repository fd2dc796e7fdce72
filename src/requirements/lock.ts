import type { Origin } from './file/origin.js'
import { requirementOf } from './grammar/requirement-text.js'
import type { Requirements } from './requirements.js'

/** Tells whether pip verifies the requirements by hashes, for which every version is pinned already. */
export function isHashed({ entries }: Requirements): boolean {
  return entries.some(
    entry =>
      entry.kind !== 'invalid' && entry.options.some(({ name }) => name === '--hash' || name === '--require-hashes'),
  )
}

/** Returns the versions that requirements pin, by normalised name: of a locked image, all that it has. */
export function pinnedVersions({ entries }: Requirements): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(entry => {
      if (entry.kind !== 'requirement' || entry.specifiers.length !== 1) return []
      const [{ operator, version } = { operator: '', version: '' }] = entry.specifiers
      return operator === '==' && !version.endsWith('.*') ? [[entry.normalizedName, version] as const] : []
    }),
  )
}

/**
 * Returns the lines of requirements that pin each of the packages, each with the place of the line that leads to it; before
 * them the options of the file, but for `--pre`, which pinned versions do not need.
 * @param lines the line of the text that leads to each package.
 * @throws {Error} when a name or a version would not be one requirement.
 */
export function lockedLines(
  { text, entries, origins }: Requirements,
  packages: readonly { readonly name: string; readonly version: string }[],
  lines: ReadonlyMap<string, number>,
): readonly { readonly text: string; readonly origin: Origin }[] {
  const first = origins[0] ?? { file: '', line: 1 }
  const originOf = (line: number | undefined) => (line === undefined ? undefined : origins[line - 1]) ?? first
  const options = entries.flatMap(entry => {
    if (entry.kind !== 'option' || entry.options.some(({ name }) => name === '--pre')) return []
    return [{ text: entry.text, origin: originOf(entry.span.start.line) }]
  })
  const pins = packages.map(({ name, version }) => {
    const pin = `${name}==${version}`
    const requirement = requirementOf(pin)
    if ('fault' in requirement || requirement.specifiers.length !== 1) throw new Error(`not a pinned package: ${pin}`)
    return { text: pin, origin: originOf(lines.get(name)) }
  })
  return text === '' ? [] : [...options, ...pins]
}
