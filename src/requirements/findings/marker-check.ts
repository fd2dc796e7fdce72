import type { RequirementEntry } from '../grammar/entry.js'
import type { Span } from '../grammar/position.js'
import { quoted } from '../grammar/parse-error.js'
import { skipSpace, skipSpaceBack } from '../grammar/python-whitespace.js'
import type { EntryCheck } from './diagnostic.js'
import { formatPythonTarget } from '../evaluate/python-target.js'

/** `marker-excludes`: a line that never has an effect on the target. */
export const checkMarker: EntryCheck = ({ entry, applies }, target, tell) => {
  if (applies !== false || (entry.kind !== 'requirement' && entry.kind !== 'path-or-url')) return
  tell('marker-excludes', entry.kind === 'requirement' ? markerSpan(entry) : entry.span, () => {
    const name = entry.normalizedName === undefined ? 'the package' : quoted(entry.normalizedName)
    return `This marker is never true on the target, ${formatPythonTarget(target)}, so ${name} is not installed. Correct the marker or remove the line.`
  })
}

/** The marker with the options after it left out; of an entry over several lines, the whole. */
function markerSpan({ text, span }: RequirementEntry): Span {
  const { start, end } = span
  if (start.line !== end.line) return span
  const semicolon = text.indexOf(';')
  const options = text.indexOf(' -')
  const from = skipSpace(text, semicolon + 1, text.length)
  const until = skipSpaceBack(text, from, options === -1 ? text.length : options)
  if (semicolon === -1 || until <= from) return span
  const at = (index: number) => ({ line: start.line, column: start.column + index })
  return { start: at(from), end: at(until) }
}
