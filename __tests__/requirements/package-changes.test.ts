import { describe, expect, test } from '@jest/globals'
import { runAtOnce } from '../../src/time-slice.js'
import { comparePackages } from '../../src/requirements/package-changes.js'
import { noRequirements, requirementsOf } from '../../src/requirements/requirements.js'

const changes = (from: string, to: string) => runAtOnce(comparePackages(requirementsOf(from), requirementsOf(to)))
const NONE = { added: [], removed: [], changed: [] }

describe('what makes a change', () => {
  test('added, removed and changed, sorted by normalised names', () => {
    expect(changes('X<2\nprophet==1.1.5\nsame==1', 'Same==1.0\nzope.interface\nnumpy==1.26.4\nprophet==1.1.6')).toEqual(
      {
        added: [
          { name: 'numpy', to: '==1.26.4' },
          { name: 'zope-interface', to: '*' },
        ],
        removed: [{ name: 'x', from: '<2' }],
        changed: [{ name: 'prophet', from: '==1.1.5', to: '==1.1.6' }],
      },
    )
  })

  test.each([
    ['numpy', 'numpy==1', '*', '==1'],
    ['numpy>=1,<2', 'numpy', '>=1,<2', '*'],
    ['numpy==2.30.0', 'numpy==2.31.0', '==2.30.0', '==2.31.0'],
    ['numpy==1', 'numpy[B,a]==1', '==1', '[a,b]==1'],
    ['numpy', 'numpy; os_name=="nt"', '*', '*; os_name == "nt"'],
    ['numpy==1', 'numpy @ https://x.org/numpy.zip', '==1', '@ https://x.org/numpy.zip'],
    [
      'numpy[a] @ https://x.org/n.zip',
      'git+https://x.org/n#egg=numpy',
      '[a] @ https://x.org/n.zip',
      '@ git+https://x.org/n#egg=numpy',
    ],
    ['numpy==1', 'numpy==1\nnumpy<2', '==1', '<2 + ==1'],
    ['numpy==1\n numpy==1.0', 'numpy==2', '==1', '==2'],
    [
      '-e git+https://x.org/n#egg=numpy',
      'git+https://x.org/n#egg=numpy',
      '(editable) @ git+https://x.org/n#egg=numpy',
      '@ git+https://x.org/n#egg=numpy',
    ],
    [
      'numpy @ https://me:one@x.org/n.zip?sig=one#sha256=a',
      'numpy @ https://me:two@x.org/n.zip?sig=two#sha256=a',
      '@ https://***@x.org/n.zip?***#sha256=a',
      '@ https://***@x.org/n.zip?***#sha256=a',
    ],
    ['numpy @ git+ssh://git@x.org/n', 'numpy', '@ git+ssh://git@x.org/n', '*'],
  ])('%j → %j', (before, after, from, to) => {
    expect(changes(before, after)).toEqual({ ...NONE, changed: [{ name: 'numpy', from, to }] })
  })

  test('a package by a URL that does not tell its name', () => {
    expect(changes('', 'https://me:secret@x.org/a.zip; os_name == "nt"\n./local')).toEqual({
      ...NONE,
      added: [
        { name: './local', to: '*' },
        { name: 'https://***@x.org/a.zip', to: '*; os_name == "nt"' },
      ],
    })
  })
})

test.each([
  ['', ''],
  ['NumPy == 1.0\npandas', '# sorted\npandas\nnumpy==1.0.0'],
  ['a>=1,<2', 'a<2,>=1'],
  ['a==1', 'a==1\na==1'],
  ['a==1', 'a==1 --hash=sha256:ab'],
  ['--pre\na', 'a'],
  ['a\nb=', 'a\nc='],
])('%j and %j ask for the same packages', (from, to) => {
  expect(changes(from, to)).toEqual(NONE)
})

test('everything is new where there was nothing', () => {
  expect(runAtOnce(comparePackages(noRequirements, requirementsOf('a==1')))).toEqual({
    ...NONE,
    added: [{ name: 'a', to: '==1' }],
  })
})
