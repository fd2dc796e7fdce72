/**
 * Holds a position in a text. Lines end at LF, as editors and GitHub count them; columns count UTF-16 code units. Both
 * count from 1.
 * @internal
 */
export type Position = { readonly line: number; readonly column: number }

/** Holds a stretch of a text, from `start` up to, but not including, `end`. */
export type Span = { readonly start: Position; readonly end: Position }

/** Finds the position of an offset of a text. */
export type Locate = (offset: number) => Position

/** Indexes the lines of `text`, so that each offset is located in logarithmic time, or at once near the last one. */
export function locator(text: string): Locate {
  const starts = [0]
  for (let feed = text.indexOf('\n'); feed !== -1; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1)
  const isOn = (line: number, offset: number) =>
    (starts[line] ?? Infinity) <= offset && offset < (starts[line + 1] ?? Infinity)
  let last = 0
  return offset => {
    if (!isOn(last, offset)) last = isOn(last + 1, offset) ? last + 1 : lastAtMost(starts, offset)
    return { line: last + 1, column: offset - (starts[last] ?? 0) + 1 }
  }
}

/** Returns the index of the last of the ascending `values` that is at most `value`; 0 if none is. */
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
