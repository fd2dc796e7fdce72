import type { Entry, PathOrUrlEntry, RequirementEntry } from './entry.js'
import { isSliceOver, type SlicedWork } from '../../time-slice.js'
import { canonicalMarker } from './marker.js'
import type { Option } from './option.js'
import { shellQuoted } from './shell-words.js'
import { canonicalSpecifier } from './specifier.js'

/**
 * Returns one text for all requirements that mean the same: a line an entry, each once, sorted by code unit. Comments,
 * blank lines, order, white space and the spelling of names and versions make no difference; markers, extras, options,
 * URLs and hashes do.
 */
export function* canonicalForm(entries: Iterable<Entry>): SlicedWork<string> {
  const lines = new Set<string>()
  let count = 0
  for (const entry of entries) {
    lines.add(canonicalLine(entry))
    if (isSliceOver(++count)) yield
  }
  return [...lines].sort().join('\n')
}

/** Returns the texts sorted by code unit, each once. */
export function unique(texts: readonly string[]): readonly string[] {
  return texts.length < 2 ? texts : [...new Set(texts)].sort()
}

/** The canonical text of one entry: a line that pip reads as it reads the entry, unless it would reject that. */
function canonicalLine(entry: Entry): string {
  switch (entry.kind) {
    case 'requirement':
      return withOptions(canonicalRequirement(entry), entry.options)
    case 'path-or-url':
      return withOptions(canonicalLocation(entry), entry.options)
    case 'option':
      // `--` stands for a line on which pip finds no option, but nothing wrong either.
      return withOptions('', entry.options).trimStart() || '--'
    case 'invalid':
      // The mark keeps it apart from a valid line, which it may look like once white space is collapsed.
      return `! ${entry.text.replace(/\s+/g, ' ')}`
  }
}

function canonicalRequirement({ normalizedName, extras, specifiers, url, marker }: RequirementEntry): string {
  let line = parsable(normalizedName)
  if (extras.length > 0) line += `[${extras.map(parsable).join(',')}]`
  line += unique(specifiers.map(canonicalSpecifier)).join(',')
  // Without spaces: after one, a URL that starts with `#` or `-` would be a comment or an option.
  if (url !== undefined) line += `@${url}`
  if (marker !== undefined) line += `; ${canonicalMarker(marker)}`
  return line
}

/** A normalised name that pip reads again: a name may end in an underscore, but not in the hyphen that is made of it. */
function parsable(name: string): string {
  return name.endsWith('-') ? `${name.slice(0, -1)}_` : name
}

function canonicalLocation({ target, editable, marker }: PathOrUrlEntry): string {
  if (editable) return `--editable=${shellQuoted(target)}`
  return marker === undefined ? target : `${target}; ${canonicalMarker(marker)}`
}

/** Options follow in one order, each once: hashes are alternatives, and settings are read by key. */
function withOptions(line: string, options: readonly Option[]): string {
  const printed = options.map(({ name, value }) => (value === undefined ? name : `${name}=${shellQuoted(value)}`))
  const whole = printed.length === 0 ? line : [line, ...unique(printed)].join(' ')
  // A space keeps a backslash, at the end of a Windows path, from continuing the line.
  return whole.endsWith('\\') ? `${whole} ` : whole
}
