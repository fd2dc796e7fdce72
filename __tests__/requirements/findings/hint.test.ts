import { describe, expect, test } from '@jest/globals'
import { hintFor } from '../../../src/requirements/findings/hint.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { CORPUS } from '../corpus.js'

describe('what is meant', () => {
  test.each([
    ['plotly>=5.24.0<6', 'missing-comma', 'plotly>=5.24.0,<6'],
    ['plotly >= 5.24.0 < 6', 'missing-comma', 'plotly >= 5.24.0,< 6'],
    ['numpy>=1.26.*!=1.26.3<2; os_name == "nt"', undefined, undefined],
    [
      'numpy>=1.26!=1.26.3<2; python_version >= "3.9"',
      'missing-comma',
      'numpy>=1.26,!=1.26.3,<2; python_version >= "3.9"',
    ],
    ['scipy[all]~=1.11!=1.11.2', 'missing-comma', 'scipy[all]~=1.11,!=1.11.2'],
    ['numpy=="1.26.4"', 'quoted-version', 'numpy==1.26.4'],
    ["numpy >= '1.26', < '2' ; os_name == 'nt'", 'quoted-version', "numpy >=1.26, <2 ; os_name == 'nt'"],
    ['"numpy==1.26.4"', 'quoted-line', 'numpy==1.26.4'],
    ["'numpy>=1.26',", 'quoted-line', 'numpy>=1.26'],
    ['numpy==1.26.4#the base', 'comment-without-space', 'numpy==1.26.4  #the base'],
    ['numpy#the base', 'comment-without-space', 'numpy  #the base'],
    ['numpy=1.26', undefined, undefined],
    ['???', undefined, undefined],
    ['-r base.txt', undefined, undefined],
    ['https://example.org/x.zip#egg=x', undefined, undefined],
    [`${'a'.repeat(2000)}>=1<2`, undefined, undefined],
  ])('%s', (line, kind, corrected) => {
    const hint = hintFor(line)
    expect([hint?.kind, hint?.corrected]).toEqual([kind, corrected])
    if (corrected !== undefined) {
      expect(requirementsOf(line).entries[0]?.kind).toBe('invalid')
      expect(requirementsOf(corrected).entries[0]?.kind).toBe('requirement')
    }
  })
})

test('a line that pip reads needs none', () => {
  const read = CORPUS.filter(({ kinds }) => kinds.length === 1 && kinds[0] === 'requirement').map(({ text }) => text)
  expect(read.filter(text => hintFor(text) !== undefined)).toEqual([])
})
