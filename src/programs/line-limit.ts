/** More than any line that is read: the longest is a package of uv's with all that ask for it, some 100 KiB at most. */
const LIMIT = 1024 * 1024

/**
 * Cuts lines of more than 1 MiB characters. A regular expression remembers where it could have taken another turn for each
 * character of a line, and V8 throws a `RangeError` where that is more than 64 MiB: `kMaximumStackSize` in
 * https://github.com/v8/v8/blob/main/src/regexp/regexp-stack.h
 */
export function cutLongLines(text: string): string {
  if (text.length <= LIMIT) return text
  return text
    .split('\n')
    .map(line => line.slice(0, LIMIT))
    .join('\n')
}
