/** A list in words. @param most so many are told; how many more there are is said. */
export function joinList(words: readonly string[], most = words.length): string {
  const rest = words.length - most
  const told = rest > 0 ? [...words.slice(0, most), `${rest} more`] : words
  return told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`
}

/** A text of at most so many characters, and a mark where something was cut off. */
export function truncate(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).toWellFormed()}…` : text
}

/** A number of things, in words. */
export function pluralize(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`
}

/** A duration as a person says it; milliseconds. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
