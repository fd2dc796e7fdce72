import { describe, expect, test } from '@jest/globals'
import { requirementsOf } from '../../src/requirements/requirements.js'

const SIZE = 1024 * 1024

function filled(piece: string, start = '', end = ''): string {
  return start + piece.repeat(Math.floor((SIZE - start.length - end.length) / piece.length)) + end
}

/**
 * Texts of 1 MiB, each of which takes a step for every character. Were one of them to take as many for each character
 * as the text has, that would be 10^12 of them: the test would not come to an end at all, so nothing needs to be timed.
 */
const TEXTS: Readonly<Record<string, string>> = {
  'white space': filled(' '),
  'white space before a comment': filled(' ', 'a', '#'),
  'white space within a line': filled(' ', 'a', 'b'),
  'number signs': filled('a#'),
  comments: filled(' #'),
  backslashes: filled('\\'),
  'continuation lines': filled('\\\n'),
  'continuation lines with text': filled('a\\\n'),
  'continued comments': filled('#\\\n'),
  'line ends': filled('\f'),
  'a name': filled('a-'),
  'full stops': filled('.'),
  'a version': filled('1.', 'a==', '0'),
  'a version that is none': filled('1.', 'a==', 'x'),
  digits: filled('1', 'a=='),
  'an epoch': filled('1', 'a==', '!'),
  'a prefix': filled('1.', 'a==', '*'),
  'a local version': filled('a.', 'a==1+'),
  specifiers: filled('>=1,', 'a'),
  'specifiers in parentheses': filled('>=1 , ', 'a ('),
  'arbitrary versions': filled('===1,', 'a'),
  parentheses: filled('(', 'a'),
  extras: filled('b,', 'a['),
  brackets: filled('[', 'a'),
  'brackets before an archive': filled('[', 'a', '.zip'),
  'pairs of brackets': filled('[a]', 'a'),
  'nested markers': filled('(', 'a;'),
  markers: filled('os_name=="a" and ', 'a;', 'os_name=="a"'),
  'marker quotes': filled('"', 'a;'),
  'marker words': filled('a', 'a;'),
  semicolons: filled(';', 'https://'),
  'at signs': filled('@'),
  fragments: filled('#egg=', 'https://x/'),
  'the name of a wheel': filled('-a', 'a', '.whl'),
  slashes: filled('/'),
  options: filled('--pre '),
  hashes: filled('--hash=sha256:a ', 'a '),
  'continued hashes': filled('--hash=sha256:a \\\n', 'a \\\n'),
  dashes: filled(' -'),
  'ignored words': filled(' x', '--pre'),
  'words after a double dash': filled(' x', '--'),
  'double dashes': filled('-- ', '--pre '),
  'dashes for option names': filled('--p ', '--pre '),
  'one-letter lines': filled('a\n'),
  quotes: filled('\\"', '-i "'),
  'quoted number signs': filled(' #', "-i '", "'"),
  'escaped number signs': filled('\\ \\#', '-i '),
  'invalid lines': filled('=\n'),
  requirements: filled('numpy==1.0\n'),
}

describe('1 MiB of', () => {
  test.each(Object.entries(TEXTS))('%s', (_, text) => {
    expect(requirementsOf(text).canonical.length).toBeLessThanOrEqual(4 * SIZE)
  })
})

test('100,000 lines are 100,000 entries', () => {
  const lines = Array.from({ length: 100_000 }, (_, n) => `package-${n}==1.${n} ; python_version < "3.12" # ${n}`)
  const { entries, canonical } = requirementsOf(lines.join('\n'))
  expect(entries).toHaveLength(100_000)
  expect(entries.at(-1)).toMatchObject({ span: { start: { line: 100_000, column: 1 } }, name: 'package-99999' })
  expect(canonical.split('\n')).toHaveLength(100_000)
})
