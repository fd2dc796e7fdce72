/**
 * A position in a text. Lines end at LF, as editors and GitHub count them; columns count UTF-16 code units. Both count
 * from 1.
 */
export type Position = { readonly line: number; readonly column: number }

/** A stretch of a text, from `start` up to, but not including, `end`. */
export type Span = { readonly start: Position; readonly end: Position }

/** Finds the position of an offset of a text. */
export type Locate = (offset: number) => Position

/** Indexes the lines of `text`, so that each offset is located in logarithmic time. */
export function locator(text: string): Locate {
  const starts = [0]
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1)
  return offset => {
    const line = lastAtMost(starts, offset)
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 }
  }
}

/** Index of the last of the ascending `values` that is at most `value`; 0 if none is. */
export function lastAtMost(values: readonly number[], value: number): number {
  let low = 0
  let high = values.length
  while (high - low > 1) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? Infinity) <= value) low = middle
    else high = middle
  }
  return low
}
