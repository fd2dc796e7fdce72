import type { Tree } from './pip-said.js'

/** Trees of files, and the names of the packages that they ask for. */
export const TREES: readonly (readonly [string, Tree, readonly string[]])[] = [
  ['-r x', { 'requirements.txt': '-r x.txt', 'x.txt': 'a' }, ['a']],
  ['-rx', { 'requirements.txt': '-rx.txt', 'x.txt': 'a' }, ['a']],
  ['-r with spaces', { 'requirements.txt': '  -r   x.txt  ', 'x.txt': 'a' }, ['a']],
  ['--requirement x', { 'requirements.txt': '--requirement x.txt', 'x.txt': 'a' }, ['a']],
  ['--requirement=x', { 'requirements.txt': '--requirement=x.txt', 'x.txt': 'a' }, ['a']],
  ['--requirem x', { 'requirements.txt': '--requirem x.txt', 'x.txt': 'a' }, ['a']],
  ['a quoted path', { 'requirements.txt': '-r "x y.txt"', 'x y.txt': 'a' }, ['a']],
  ['an escaped path', { 'requirements.txt': '-r x\\ y.txt', 'x y.txt': 'a' }, ['a']],
  ['a quoted option', { 'requirements.txt': '-"r" x.txt', 'x.txt': 'a' }, ['a']],
  ['a comment', { 'requirements.txt': '-r x.txt # c', 'x.txt': 'a' }, ['a']],
  ['a comment that is continued', { 'requirements.txt': '-r x.txt # c \\\nb\nc', 'x.txt': 'a' }, ['a', 'c']],
  ['a continued line', { 'requirements.txt': '-r \\\n  x.txt\nb', 'x.txt': 'a' }, ['a', 'b']],
  ['a line continued into a comment', { 'requirements.txt': '-r x.txt\\\n# c\nb', 'x.txt': 'a' }, ['a', 'b']],
  ['CRLF', { 'requirements.txt': '-r x.txt\r\nb\r\n', 'x.txt': 'a\r\n' }, ['a', 'b']],
  ['other line ends', { 'requirements.txt': 'a\f-r x.txt\u2028c', 'x.txt': 'b' }, ['a', 'b', 'c']],
  ['a backslash at the end', { 'requirements.txt': '-r x.txt\nb', 'x.txt': 'a \\' }, ['a', 'b']],
  [
    'a backslash at the end, deeper',
    { 'requirements.txt': '-r x.txt\nb', 'x.txt': '-r y.txt', 'y.txt': 'a\\\n' },
    ['a', 'b'],
  ],
  ['a backslash after a comment', { 'requirements.txt': '-r x.txt\nb', 'x.txt': 'a\n# \\' }, ['a', 'b']],
  ['an empty file', { 'requirements.txt': 'a\n-r x.txt\nb', 'x.txt': '' }, ['a', 'b']],
  ['a byte order mark', { 'requirements.txt': '-r x.txt', 'x.txt': '\ufeffa' }, ['a']],
  ['twice', { 'requirements.txt': '-r x.txt\n-r x.txt', 'x.txt': 'a' }, ['a', 'a']],
  [
    'a diamond',
    { 'requirements.txt': '-r x.txt\n-r y.txt', 'x.txt': '-r z.txt', 'y.txt': '-r z.txt', 'z.txt': 'a' },
    ['a', 'a'],
  ],
  ['a parent directory', { 'requirements.txt': '-r d/x.txt', 'd/x.txt': '-r ../y.txt', 'y.txt': 'a' }, ['a']],
  ['after a package', { 'requirements.txt': 'a -r x.txt', 'x.txt': 'b' }, ['a']],
  ['after -e', { 'requirements.txt': 'a\n-e ./local -r x.txt', 'x.txt': 'b' }, ['a', '']],
  ['in a comment', { 'requirements.txt': 'a # \\\n-r x.txt\nb', 'x.txt': 'c' }, ['a', 'b']],
]
