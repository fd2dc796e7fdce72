import { redactUrls } from '../redact.js'

/** Characters of any one text in a sentence or a cell; in bytes it may be four times as long. */
const textLimit = 2_000

/** What ends a line, and what stands between columns. */
const BREAKS = /[\r\n\t\u2028\u2029]+/g

/** Control characters, and the marks that turn the direction of text. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text between quotes, with what ends a sentence after it, or else a word. */
const TOKENS = /(?<!\S)"[^"]*"[).,;:!?]*(?!\S)|\S+/g

/** A word of some language, a number that is no commit, a dash or a lone `&`: nothing that Markdown or GitHub makes anything of. */
const PLAIN = /^(?:\p{L}\p{M}*(?:[-'’]?\p{L}\p{M}*)*|\d{1,6}(?:[.,]\d{1,6})*%?|[–—→›&]?)$/u

/** Words that GitHub may take for a commit or for a security advisory. */
const REFERENCE = /(?:^|[-'’])(?:[a-f]{7,40}(?![a-z])|ghsa(?![a-z]))/i

/** What may stand before and after a word of a sentence. */
const BEFORE = `("'“‘…`
const AFTER = `)"'”’.,;:!?…`

/**
 * Returns a sentence as GitHub's Markdown, on one line. Words and numbers stand as they are; whatever else is in it
 * becomes code, for it may mean something to Markdown, or be an address, a mention, a reference or a commit. Of those
 * GitHub makes links and notifications after it has decoded references to characters, so these would not help; in code it
 * makes none. It also reads well where nobody draws it, in a mail for one.
 * @param names words that become code too, since they are names.
 */
export function escapeMarkdown(sentence: string, names: readonly string[] = []): string {
  return escapeTokens(showable(sentence), names)
}

/** Returns a line of outside text likewise; of a long one the beginning and the end, with that many characters at least. */
export function escapeLine(line: string, limit: number): string {
  const whole = codeLine(line)
  const isLong = whole.length > 2 * limit
  return escapeTokens(isLong ? `${whole.slice(0, limit)} … ${whole.slice(-limit)}`.toWellFormed() : whole, [])
}

function escapeTokens(line: string, names: readonly string[]): string {
  // A number with a full stop begins a list, where it comes first.
  const shown = (token: string, index: number) =>
    index === 0 && /^\d+[.)]$/.test(token) ? span(token) : escaped(token, names)
  return (line.match(TOKENS) ?? []).map(shown).join(' ')
}

function escaped(token: string, names: readonly string[]): string {
  if (token.length > textLimit + 1) return piecesOf(token).map(span).join(' ')
  const isName = names.includes(trimmed(token).word)
  if (!isName && token.split(/\s+/).every(isPlain)) return token
  // Quotes around code would be one too many.
  const end = token.startsWith('"') ? token.indexOf('"', 1) : -1
  if (end > 1 && trimmed(token.slice(end)).word === '') return span(token.slice(1, end)) + token.slice(end + 1)
  const { before, word, after } = trimmed(token)
  return before + span(word) + after
}

/** Pieces that are short enough for a span of code. */
function piecesOf(text: string): readonly string[] {
  const pieces = Array.from({ length: Math.ceil(text.length / textLimit) }, (_, index) => index * textLimit)
  return pieces.map(start => text.slice(start, start + textLimit).toWellFormed())
}

function isPlain(text: string): boolean {
  const { word } = trimmed(text)
  return PLAIN.test(word) && !REFERENCE.test(word)
}

function trimmed(text: string): { before: string; word: string; after: string } {
  let [start, end] = [0, text.length]
  while (start < end && BEFORE.includes(text.charAt(start))) start++
  // A bracket that the word opens is its own.
  const ends = text.includes('(', start) ? AFTER.replace(')', '') : AFTER
  while (end > start && ends.includes(text.charAt(end - 1))) end--
  return { before: text.slice(0, start), word: text.slice(start, end), after: text.slice(end) }
}

/** Returns outside text as code, on one line. */
export function code(text: string): string {
  return span(showable(text))
}

/** Between runs of backticks that are none of the text's own; the text is short enough to leave a length for them. */
function span(text: string): string {
  if (text === '') return ''
  const lengths = new Set(Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  let length = 1
  while (lengths.has(length)) length++
  const fence = '`'.repeat(length)
  // Of a space at both ends Markdown makes none.
  const pad = /^`|`$|^ [^]* $/.test(text) ? ' ' : ''
  return fence + pad + text + pad + fence
}

/** Returns several lines of outside text as code, as they are. */
export function codeBlock(lines: readonly string[]): string {
  // Of a fence Markdown counts 255 characters at most.
  const shown = lines.map(line => codeLine(line).replace(/`{99}/g, '$&\u200b'))
  const runs = shown.flatMap(line => Array.from(line.matchAll(/`+/g), ([run]) => run.length))
  const longest = runs.reduce((most, length) => Math.max(most, length), 2)
  const fence = '`'.repeat(longest + 1)
  return [fence, ...shown, fence].join('\n')
}

/** Returns a line without passwords and without what is not seen. */
function codeLine(line: string): string {
  return redactUrls(line).replace(BREAKS, ' ').replace(CONTROLS, '�').toWellFormed()
}

/** A text that is not too long for a sentence or a cell, on one line, with nothing that is not seen. */
function showable(text: string): string {
  const line = codeLine(text)
  return line.length > textLimit ? `${line.slice(0, textLimit).toWellFormed()}…` : line
}

/** Returns a link. @param url absolute https URL; anything else gives the content alone. */
export function link(content: string, url: string | undefined): string {
  if (content === '' || url === undefined || !/^https:\/\/[^\s"<>`|\\]+$/.test(url)) return content
  const entities = /[&'()*]/g
  return `[${content}](${url.replace(entities, character => (character === '&' ? '&amp;' : percentEncoded(character)))})`
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}

/** Returns a table. Cells are Markdown already; in them pipes stand in code alone. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

/** Cells end at a pipe, in code too, unless a backslash precedes it; of two backslashes not everybody makes the same. */
function cell(markdown: string): string {
  return markdown.replace(/\\(?=\|)/g, '\\\u200b').replaceAll('|', '\\|')
}
