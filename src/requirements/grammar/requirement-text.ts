import { type Entry, entryOf, type RequirementEntry } from './entry.js'
import { logicalLines } from './logical-line.js'
import { locator } from './position.js'

/** Whatever ends a line, to anyone, and what no requirement holds. */
const CONTROL = /[\0-\x08\n-\x1f\x7f\x85\u2028\u2029]/ // eslint-disable-line no-control-regex

/** What pip puts the value of an environment variable in the place of, in a requirements file, and there alone. */
const VARIABLE = /\$\{[A-Z0-9_]+\}/

/**
 * Reads a text that is to be one requirement by PEP 508, as in `pyproject.toml`, and that means the same as a line of a
 * requirements file. Returns why it is not otherwise, as a sentence: a text that pip would take for an option, a comment or two lines
 * must not become a line.
 */
export function requirementOf(text: string): RequirementEntry | { readonly fault: string } {
  if (CONTROL.test(text)) return { fault: 'It holds a line end or another control character.' }
  if (VARIABLE.test(text)) return { fault: 'It holds ${…}, which pip replaces in a requirements file, but not here.' }
  const [entry] = entriesOf(text)
  if (entry === undefined) return { fault: 'It is empty.' }
  if (entry.kind === 'invalid') return { fault: entry.problem }
  if (entry.kind !== 'requirement') return { fault: 'It does not start with the name of a package.' }
  if (entry.text !== text.trim()) return { fault: 'It holds a comment.' }
  return entry.options.length + entry.ignored.length > 0 ? { fault: 'It holds an option.' } : entry
}

/** Returns the entries of a text. */
export function entriesOf(text: string): readonly Entry[] {
  const locate = locator(text)
  return Array.from(logicalLines(text), line => entryOf(line, locate))
}
