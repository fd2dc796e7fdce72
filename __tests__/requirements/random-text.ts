import * as fc from 'fast-check'
import { CORPUS } from './corpus.js'

/** Pieces that mean something to pip, so that random texts come close to being requirements. */
const PIECES = [
  'numpy Pandas zope.interface a_b 1.0 == >= ~= === != .* , [x] [ ] ( ) ; os_name " \' "nt" @ #egg=a # -- = \\ ! x.whl'.split(
    ' ',
  ),
  'https://example.org/x.zip ${X} ./ --hash=sha256:ab --pre'.split(' '),
  [' in ', ' not in ', ' and ', ' or ', ' @ ', ' # c', '; ', ' -', '-r x', '-e ', '-i ', '\\\n', '\n', '\r\n', '\r'],
  [' ', '\t', '\f', '\v', '\u001c', '\u001f', '\u0085', '\u00a0', '\u2028', '\ufeff', '\ud800', '😀', 'é'],
].flat()

/** Texts, of which many are nearly a requirements file. */
export const text = fc.oneof(
  { weight: 5, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map(pieces => pieces.join('')) },
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom(...CORPUS.map(example => example.text)), { maxLength: 6 })
      .map(lines => lines.join('\n')),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
)
