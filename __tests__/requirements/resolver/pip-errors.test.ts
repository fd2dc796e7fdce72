import { describe, expect, test } from '@jest/globals'
import { type BlamedLine, blamedLines } from '../../../src/requirements/resolver/pip-errors.js'
import { readRequirements, requirementsOf } from '../../../src/requirements/requirements.js'
import { memoryFiles } from '../memory-files.js'

const TREE = {
  'requirements.txt': [
    '# comment',
    'numpy==1.26.4',
    '  Scikit_Learn>=1 # pinned later',
    '-r more.txt',
    'pandas==1; python_version < "3.11"',
    'pandas==2; python_version >= "3.11"',
  ].join('\n'),
  'more.txt': [
    '',
    'zope.interface',
    'foo=1',
    'prophet \\',
    '  >=1',
    './local',
    'https://example.org/x.zip#egg=egged',
  ].join('\n'),
}
// Lines of the inlined text, as pip counts them: 5 zope.interface, 6 foo=1, 7 and 8 prophet, 11 and 12 pandas.

async function blame(message: string): Promise<readonly string[]> {
  const requirements = await readRequirements('requirements.txt', memoryFiles(TREE))
  return blamedLines(message, requirements).map(described)
}

function described({ file, line, column, endColumn, cause }: BlamedLine): string {
  return `${file}:${line}:${column}-${endColumn} ${cause}`
}

const NUMPY = 'requirements.txt:2:1-6'
const SCIKIT = 'requirements.txt:3:3-15'
const ZOPE = 'more.txt:2:1-15'
const FOO = 'more.txt:3:1-6'
const PROPHET = 'more.txt:4:1-8'
const OLD_PANDAS = 'requirements.txt:5:1-7'
const NEW_PANDAS = 'requirements.txt:6:1-7'

describe('the line that pip names is found', () => {
  test.each([
    [
      'ERROR: Could not find a version that satisfies the requirement numpy==1.26.4 (from versions: 1.0, 2.0)\nERROR: No matching distribution found for numpy==1.26.4',
      [`${NUMPY} not-found`],
    ],
    ['No matching distribution found for scikit-learn>=1', [`${SCIKIT} not-found`]],
    ['No matching distribution found for SCIKIT.learn', [`${SCIKIT} not-found`]],
    ['[BadRequest] pip: No matching distribution found for zope.interface.', [`${ZOPE} not-found`]],
    ['No matching distribution found for numpy==1.26.4 (from -r /tmp/r.txt (line 2))', [`${NUMPY} not-found`]],
    ['Failed building wheel for prophet', [`${PROPHET} not-built`]],
    ["ERROR: Failed to build 'prophet' when getting requirements to build wheel", [`${PROPHET} not-built`]],
    [
      'ERROR: Failed to build installable wheels for some pyproject.toml based projects (prophet, zope-interface)',
      [`${PROPHET} not-built`, `${ZOPE} not-built`],
    ],
    [
      'Could not build wheels for prophet, numpy, which is required to install pyproject.toml-based projects',
      [`${PROPHET} not-built`, `${NUMPY} not-built`],
    ],
    [
      'ERROR: Cannot install numpy==1.26.4 and prophet>=1 because these package versions have conflicting dependencies.',
      [`${NUMPY} conflict`, `${PROPHET} conflict`],
    ],
    [
      'Cannot install -r requirements.txt (line 7), numpy<2,>=1 and zope.interface because these package versions have conflicting dependencies',
      [`${PROPHET} conflict`, `${NUMPY} conflict`, `${ZOPE} conflict`],
    ],
    [
      'The conflict is caused by:\n    The user requested numpy==1.26.4\n    prophet 1.1 depends on numpy<1\n    other 1 depends on numpy',
      [`${NUMPY} conflict`, `${PROPHET} conflict`],
    ],
    ['The user requested (constraint) numpy<1', [`${NUMPY} conflict`]],
    ["ERROR: Package 'numpy' requires a different Python: 3.8.0 not in '>=3.9'", [`${NUMPY} other-python`]],
    ["ERROR: Invalid requirement: 'foo=1': Expected end or semicolon", [`${FOO} syntax`]],
    ["ERROR: Invalid requirement: 'foo=1' (from line 6 of r.txt)\nHint: = is not a valid operator.", [`${FOO} syntax`]],
    ["Invalid requirement: 'something else' (from line 6 of r.txt)", [`${FOO} syntax`]],
    ['No matching distribution found for egged', ['more.txt:7:1-36 not-found']],
  ])('%s', async (message, places) => {
    expect(await blame(message)).toEqual(places)
  })
})

describe('of several lines with one name', () => {
  test.each([
    ['that of the line number', 'No matching distribution found for pandas (from -r r.txt (line 12))', [NEW_PANDAS]],
    ['that of the specifier', 'No matching distribution found for pandas==1.0', [OLD_PANDAS]],
    ['all, where nothing tells them apart', 'Failed building wheel for pandas', [OLD_PANDAS, NEW_PANDAS]],
  ])('%s', async (_, message, places) => {
    expect((await blame(message)).map(place => place.split(' ')[0])).toEqual(places)
  })
})

describe('a package that the file does not name', () => {
  test.each([
    ['is blamed on what asked for it', 'No matching distribution found for bar>=9 (from numpy)', [NUMPY]],
    [
      'is blamed on the line that led to it',
      'No matching distribution found for bar (from baz->-r r.txt (line 3))',
      [SCIKIT],
    ],
    ['is blamed on nothing else', 'No matching distribution found for bar>=9', []],
    [
      'is not one of its versions',
      'Could not find a version that satisfies the requirement bar (from versions: numpy, 1)',
      [],
    ],
  ])('%s', async (_, message, places) => {
    expect((await blame(message)).map(place => place.split(' ')[0])).toEqual(places)
  })
})

test('each place is given once, with the first reason, in the order of the text', async () => {
  const message = [
    'Failed building wheel for prophet',
    'No matching distribution found for prophet',
    'Failed building wheel for numpy',
    'Failed building wheel for numpy',
  ].join('\r\n')
  expect(await blame(message)).toEqual([`${PROPHET} not-built`, `${NUMPY} not-built`])
})

test.each([
  '',
  'numpy',
  'The service is busy.',
  'No matching distribution found for',
  'Cannot install because they',
  'ResolutionImpossible',
])('nothing is blamed for %j', async message => {
  expect(await blame(message)).toEqual([])
})

test('what does not come from the workspace has no place to blame', () => {
  expect(blamedLines('Failed building wheel for numpy', requirementsOf('numpy'))).toEqual([])
})

test('a hostile text comes to an end', async () => {
  const starts = [
    'Cannot install ',
    'Could not build wheels for ',
    'Failed to build ',
    'Failed to build installable wheels for some (',
    'The user requested (from versions: ',
    'Package ',
    'a depends on\n',
    ' \t',
    'numpy and ',
    "Invalid requirement: '",
  ]
  for (const start of starts) expect(await blame(start.repeat((4 << 20) / start.length))).toEqual([])
})

test.each([
  [
    'The user requested numpy==1.26.4\n  prophet 1.1 depends on numpy<1',
    /^prophet 1\.1 needs numpy<1, but .* numpy==1\.26\.4\./,
  ],
  ['  a 1 depends on core<2\n  prophet 1.1 depends on core>=2', /^prophet 1\.1 needs core>=2, but a 1 needs core<2\./],
])('a conflict of two is said with both: %j', async (chain, said) => {
  const requirements = await readRequirements('requirements.txt', memoryFiles(TREE))
  const [first] = blamedLines(chain, requirements)
  expect(first?.reason).toMatch(said)
})
