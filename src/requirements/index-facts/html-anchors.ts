/** Holds what stands in a start tag of `<a …>`, by the names of its attributes. */
export type Anchor = ReadonlyMap<string, string>

const ATTRIBUTE = /[\s/]*([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/y

/** As many are read of one tag; those of the simple API have five. */
const MOST_ATTRIBUTES = 20

/**
 * Finds the anchors of a page, from its beginning to its end, once: no text makes it go back. What is no anchor is passed
 * over, comments with all that is in them.
 */
export function* anchorsIn(html: string): Generator<Anchor> {
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at)) {
    if (html.startsWith('<!--', at)) {
      at = html.indexOf('-->', at + '<!--'.length)
      if (at === -1) return
    } else if (/^<a\s/i.test(html.slice(at, at + 3))) {
      const anchor = new Map<string, string>()
      at += 2
      for (let count = 0; count < MOST_ATTRIBUTES; count++) {
        ATTRIBUTE.lastIndex = at
        const match = ATTRIBUTE.exec(html)
        if (match === null) break
        at = ATTRIBUTE.lastIndex
        const [, name = '', double, single, bare] = match
        const key = name.toLowerCase()
        if (!anchor.has(key)) anchor.set(key, withoutReferences(double ?? single ?? bare ?? ''))
      }
      yield anchor
    } else at++
  }
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi

/** A text of HTML as it is meant: `&gt;=3.10` is `>=3.10`. */
function withoutReferences(text: string): string {
  return text.replace(REFERENCE, (_, decimal?: string, hexadecimal?: string, name = '') => {
    if (decimal === undefined && hexadecimal === undefined) return CHARACTERS[String(name).toLowerCase()] ?? ''
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
    return code > 0x10ffff ? '�' : String.fromCodePoint(code).toWellFormed()
  })
}
