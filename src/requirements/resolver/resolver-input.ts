import type { Entry, RequirementEntry } from '../grammar/entry.js'
import { markerEnvironment, evaluateMarker } from '../evaluate/evaluate-marker.js'
import { windowsCPython } from '../evaluate/python-target.js'
import { canonicalMarker } from '../grammar/marker.js'
import { isDefaultIndex, type Option, type OptionName } from '../grammar/option.js'
import { requirementsOf, type Requirements } from '../requirements.js'

/** Holds what a tool is given to resolve. */
export type ResolverInput = {
  /** Names, extras, specifiers and markers only, each requirement on the line on which the file has it. */
  readonly text: string
  /** The requirements in it. */
  readonly entries: readonly RequirementEntry[]
  /** `--pre`. */
  readonly preReleases: boolean
  /** The line that names an index which is not asked; undefined where there is none. */
  readonly otherIndexLine: number | undefined
}

/** Says why requirements are given to no tool. */
export type RefusedInput = { readonly refused: string }

/**
 * Options that change nothing of what is asked here: only wheels are looked at, whatever the file says of building, and
 * nothing is installed whose hash could be compared.
 */
const PASSED_OVER: ReadonlySet<OptionName> = new Set<OptionName>([
  '--hash',
  '--require-hashes',
  '--no-require-hashes',
  '--prefer-binary',
  '--only-binary',
  '--no-binary',
  '--use-feature',
  '--config-settings',
])

/**
 * Options that have pip ask another index. No tool is sent there; the file gets this far only where the finding about them
 * is ignored.
 */
const OTHER_INDEX: ReadonlySet<OptionName> = new Set<OptionName>(['--index-url', '--extra-index-url', '--trusted-host'])

/** What `===` compares with, without anything that a tool could take for a comment, a quote or a variable. */
const PLAIN = /^[A-Za-z0-9.!+_-]+$/

/**
 * Returns the requirements as a text that a tool may be given, or why there is none.
 *
 * A file may come from a stranger, and much of the format makes a tool read other files, ask other hosts or run the code
 * of a package. So the file's own text is given to no tool: the text is written anew from the parts that were understood.
 * Lines that name a place refuse the whole, for without them something else would be resolved.
 *
 * @param without requirements to leave out
 */
export function resolverInputOf(
  requirements: Requirements,
  pythonVersion: string,
  without: ReadonlySet<Entry> = new Set(),
): ResolverInput | RefusedInput {
  for (const entry of requirements.entries) {
    const refusal = refusalOf(entry)
    if (refusal !== undefined) return { refused: `line ${entry.span.start.line} ${refusal}` }
  }
  const environment = markerEnvironment({ pythonVersion, platform: windowsCPython })
  const entries: RequirementEntry[] = []
  const lines: string[] = []
  for (const entry of requirements.entries) {
    if (entry.kind !== 'requirement' || without.has(entry)) continue
    // pip evaluates markers for the machine that it runs on; what is known of the target is decided here.
    const applies = entry.marker === undefined ? true : evaluateMarker(entry.marker, environment)
    if (applies === false) continue
    const { line } = entry.span.start
    while (lines.length < line - 1) lines.push('')
    lines.push(written(entry, applies === undefined))
    entries.push(entry)
  }
  const text = lines.map(line => `${line}\n`).join('')
  if (!isPlain(text, entries)) return { refused: 'the file cannot be written in a plain form' }
  const options = requirements.entries.flatMap(entry => (entry.kind === 'invalid' ? [] : entry.options))
  const otherIndex = requirements.entries.find(entry => entry.kind !== 'invalid' && entry.options.some(isOtherIndex))
  return {
    text,
    entries,
    preReleases: options.some(({ name }) => name === '--pre'),
    otherIndexLine: otherIndex?.span.start.line,
  }
}

function isOtherIndex(option: Option): boolean {
  return OTHER_INDEX.has(option.name) && !isDefaultIndex(option)
}

function refusalOf(entry: Entry): string | undefined {
  // pip puts the runner's environment in the place of such names: https://pip.pypa.io/en/stable/reference/requirements-file-format/#using-environment-variables
  if (entry.text.includes('${')) return 'holds an environment variable'
  switch (entry.kind) {
    case 'invalid':
      return 'is not understood'
    case 'path-or-url':
      return entry.isUrl ? 'names a URL' : 'names a path'
    case 'option':
      return refusalOfOptions(entry.options)
    case 'requirement':
      if (entry.url !== undefined) return 'names a URL'
      if (entry.specifiers.some(({ version }) => !PLAIN.test(version.replace(/\.\*$/, ''))))
        return 'holds an odd version'
      return refusalOfOptions(entry.options)
  }
}

function refusalOfOptions(options: readonly Option[]): string | undefined {
  const refusal = options.find(({ name }) => !PASSED_OVER.has(name) && !OTHER_INDEX.has(name) && name !== '--pre')
  return refusal && `holds the option ${refusal.name}`
}

function written({ name, extras, specifiers, marker }: RequirementEntry, withMarker: boolean): string {
  const extrasPart = extras.length === 0 ? '' : `[${extras.join(',')}]`
  const markerPart = marker === undefined || !withMarker ? '' : ` ; ${canonicalMarker(marker)}`
  return `${name}${extrasPart}${specifiers.map(each => each.operator + each.version).join(',')}${markerPart}`
}

/** Tells whether the text, read again, is nothing but those requirements: the proof of what was written. */
function isPlain(text: string, entries: readonly RequirementEntry[]): boolean {
  const again = requirementsOf(text).entries
  return (
    again.length === entries.length &&
    again.every(
      (entry, index) =>
        entry.kind === 'requirement' &&
        entry.url === undefined &&
        entry.options.length === 0 &&
        entry.normalizedName === entries[index]?.normalizedName &&
        entry.span.start.line === entries[index]?.span.start.line,
    )
  )
}
