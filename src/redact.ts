/** Begins a URL, slashes included; where some are left out, what follows is a password nevertheless. */
const MARKS = /https?:\/*|:\/\/+|\?|\s/giu

/** What precedes a path and may be no password: a host, perhaps with a port. `…` stands in texts of our own. */
const HOST = /[\p{L}\p{N}._…-]+(?<port>:\d{1,5})?(?![^\s/?#"'`<>()[\]{},;|\\])/uy

const WORD = /\S*/y

/** Where a line begins, or a word that is a URL. */
const EACH = /(?<=\n)|(?<=\s)(?=[a-z][\w+.-]{0,20}:\/\/)/iu

/** What is no part of a query: which package the file holds, and its hash. */
const FRAGMENT = /#(?:egg|sha256|sha384|sha512)=[\w.-]+$/u

/** What was redacted before, with what ends a sentence after it. */
const REDACTED = /\*\*\*(?=[:,;.!)\]"'`]*(?:\s|$)|#(?:egg|sha256|sha384|sha512)=)/y

/** A query of Resource Manager that holds no more than the version of its API, as `withoutQuery` leaves it. */
const VERSION = /(?:api-version=[\w.-]+)?(?:&?…)?(?=[:,;)"']*(?:\s|$))/y

/**
 * Returns a text without what may be a password in the URLs of it: what precedes the host, and the query, which in
 * Azure's own storage URLs is a signature. A bare `git@` is no secret, and part of many a URL.
 *
 * Call it before the text is cut, for half a URL does not show what is the password in it.
 */
export function redactUrls(text: string): string {
  if (!hasUrl(text)) return text
  return text
    .split(EACH)
    .map(part => redacted(part, false, lastAtIn(part)))
    .join('')
}

/** Index of the last `@` that something follows. */
function lastAtIn(text: string): number {
  let at = text.lastIndexOf('@')
  while (at > 0 && text.charAt(at + 1).trim() === '') at = text.lastIndexOf('@', at - 1)
  return at
}

/**
 * Does as {@link redactUrls} does with one line of a requirements file, or of a piece of one. People write passwords with spaces,
 * semicolons and whatever else no URL may hold, so here a query ends with the line.
 * @param comment what follows on the line: a password may go on in it.
 */
export function redactLine(line: string, comment = ''): string {
  return hasUrl(line) ? redacted(line, true, (line + comment).lastIndexOf('@')) : line
}

function hasUrl(text: string): boolean {
  return text.includes('://') || /https?:/i.test(text)
}

/**
 * Reads the line once, from left to right.
 * @param toEnd whether a URL ends with the line; else it ends at white space.
 * @param lastAt index of the last `@`, which may stand behind the end of the line.
 */
function redacted(line: string, toEnd: boolean, lastAt: number): string {
  let shown = ''
  let copied = 0
  let inUrl = false
  const hide = (from: number, mask: string, to: number) => {
    shown += line.slice(copied, from) + mask
    MARKS.lastIndex = copied = to
  }
  const endOfUrl = (from: number) => {
    if (toEnd) return line.length
    WORD.lastIndex = from
    return from + (WORD.exec(line)?.[0].length ?? 0)
  }
  MARKS.lastIndex = 0
  for (let mark = MARKS.exec(line); mark !== null; mark = MARKS.exec(line)) {
    const [text] = mark
    const next = mark.index + text.length
    if (text === '?') {
      if (!inUrl || (!toEnd && (isVersionAt(line, next) || isRedactedAt(line, next)))) continue
      const end = endOfUrl(next)
      hide(next, `***${FRAGMENT.exec(line.slice(next, end))?.[0] ?? ''}`, end)
      continue
    }
    if (text.trim() === '') {
      inUrl &&= toEnd
      continue
    }
    const isBare = line.charAt(next).trim() === ''
    if (isBare && !toEnd) continue
    inUrl = true
    // What was redacted already is a part of a longer text now, in which other marks follow.
    if (!toEnd && (line.startsWith('***@', next) || isRedactedAt(line, next))) continue
    const start = line.startsWith('git@', next) ? next + 'git@'.length : next
    const host = hostAt(line, start)
    if (lastAt >= start && host !== 'certain') {
      // A question mark may be a part of the password, or the `@` a part of the query that begins with it.
      const query = line.indexOf('?', start)
      const isHostNext = lastAt < line.length && (query === -1 || query > lastAt)
      if (isHostNext) hide(start, '***@', lastAt + 1)
      else hide(start, '***', endOfUrl(lastAt + 1))
    } else if (host === undefined && !isBare) {
      hide(start, '***', endOfUrl(start))
    }
  }
  return shown + line.slice(copied)
}

/**
 * Whether a host stands there. It is certain where dots are in it and a path or nothing follows: with a port it may be a
 * user and the digits that a password begins with, and without dots it may be a token.
 */
function hostAt(line: string, start: number): 'certain' | 'likely' | undefined {
  HOST.lastIndex = start
  const match = HOST.exec(line)
  if (match === null) return undefined
  const [host] = match
  const after = line.charAt(start + host.length)
  return match.groups?.['port'] === undefined && /\w\.\w/.test(host) && (after.trim() === '' || after === '/')
    ? 'certain'
    : 'likely'
}

function isRedactedAt(line: string, start: number): boolean {
  REDACTED.lastIndex = start
  return REDACTED.test(line)
}

function isVersionAt(line: string, start: number): boolean {
  VERSION.lastIndex = start
  return VERSION.test(line)
}
