/**
 * Outside text as text in GitHub's Markdown: every character of ASCII punctuation becomes a character reference, which
 * CommonMark never takes for structure (section 6.2 of its specification), nor GitHub for a mention, a link or a tag.
 * Control characters and the marks that turn the direction of text are shown as `�`; it stays on one line.
 */
export function escaped(text: string): string {
  return text
    .replace(/[\r\n\t\u2028\u2029]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�')
    .replace(/[!-/:-@[-`{-~]/g, character => `&#${character.charCodeAt(0)};`)
}

/** Outside text in the font of code. */
export function code(text: string): string {
  return text === '' ? '' : `<code>${escaped(text)}</code>`
}

/** Several lines of outside text in the font of code, as they are. */
export function codeBlock(lines: readonly string[]): string {
  return `<pre>${lines.map(line => escaped(line).replace(/^ +/, spaces => '&nbsp;'.repeat(spaces.length))).join('<br>')}</pre>`
}

/** A link. @param url absolute https URL; anything else gives the content alone. */
export function link(content: string, url: string | undefined): string {
  return url === undefined || !/^https:\/\/[^\s"'<>`]+$/.test(url)
    ? content
    : `<a href="${url.replaceAll('&', '&amp;')}">${content}</a>`
}

/** A table. Cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}
