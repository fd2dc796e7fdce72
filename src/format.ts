/** Returns a list in words. @param most how many are named; of the rest, the number is. */
export function joinList(words: readonly string[], most = words.length, joint: 'and' | 'or' = 'and'): string {
  const rest = words.length - most
  const named = rest > 0 ? [...words.slice(0, most), `${rest} more`] : words
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} ${joint} ${named.at(-1)}`
}

/** Returns a text of at most so many characters, and a mark where something was cut off. */
export function truncate(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}

/** Returns a text as one word of a POSIX shell. */
export function shellQuote(text: string): string {
  return /^[\w.@:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}

/** Returns a number of things, in words. */
export function pluralize(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** Returns a duration as a person says it. @param ms milliseconds */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  const [large, small] =
    minutes < 60 ? [`${minutes} min`, seconds % 60] : [`${Math.floor(minutes / 60)} h`, minutes % 60]
  return small === 0 ? large : `${large} ${small} ${minutes < 60 ? 's' : 'min'}`
}

/** Tells whether two names are the same: Azure's know no case. */
export function sameName(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase()
}
