import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { satisfies, areDisjoint } from '../../../src/requirements/evaluate/version-range.js'
import { type Specifier, specifiersOf } from '../../../src/requirements/grammar/specifier.js'
import { packagingSaid } from '../packaging-said.js'
import { GRID, RELEASES, SPECIFIERS } from '../findings/versions.js'

function parsed(text: string): readonly Specifier[] {
  const specifiers = specifiersOf(text)
  if (specifiers === undefined) throw new Error(text)
  return specifiers
}

describe('specifiers that exclude each other', () => {
  test.each([
    ['==1.0', '==1.1'],
    ['==1.0', '===1.1'],
    ['===1.0', '===1.0.0'],
    ['==1.0', '!=1'],
    ['==1.0', '>1.0'],
    ['==1.0', '<1'],
    ['==1.0.post1', '>1.0'],
    ['==1.0rc1', '<1.0'],
    ['==1.0+cpu', '==1.0+gpu'],
    ['==1.0+cpu', '>1.0'],
    ['==1.0', '==1.1.*'],
    ['==1.0', '~=1.1'],
    ['==1!1.0', '==1.0'],
    ['===junk', '>=0'],
    ['==20240101000000000001', '==20240101000000000002'],
    ['<1', '>=1'],
    ['<1', '>1'],
    ['<=1', '>1'],
    ['>=2', '<1'],
    ['>=1.0.dev0', '<1.0'],
    ['>=1.0rc1', '<1.0'],
    ['>1', '<1.0.post3'],
    ['~=1.2', '>=2'],
    ['~=1.2.3', '>=1.3'],
    ['~=1.2', '<1.2'],
    ['==1.*', '==2.*'],
    ['==1.*', '!=1.*'],
    ['==1.2.*', '>=1.3'],
    ['>=1,<=1', '!=1.0'],
    ['>=1,<2', '>=2,<3'],
    ['<1!0', '>=1!0'],
    ['~=1!2.0', '<3.0'],
  ])('%s and %s', (one, other) => {
    expect(areDisjoint(parsed(one), parsed(other))).toBe(true)
    expect(areDisjoint(parsed(other), parsed(one))).toBe(true)
  })

  test.each([
    ['', ''],
    ['==1.0', ''],
    ['==1.0', '==1.0.0'],
    ['==1.0', '==v1'],
    ['==1.0', '===1.0'],
    ['==1.0', '==1.0+cpu'],
    ['==1.0', '!=1.0+cpu'],
    ['==1.0+CPU', '>=1.0'],
    ['==1.0', '<=1.0'],
    ['==1.0rc1', '<1.0rc2'],
    ['==1.5', '~=1.2'],
    ['==1.5', '==1.*'],
    ['===junk', '===JUNK'],
    ['<=1', '>=1'],
    ['>1', '<1.1'],
    ['>1.0a1', '<1.0rc1'],
    ['~=1.2', '<1.3'],
    ['!=1.*', '!=2.*'],
    ['>=1', '!=1.0'],
    ['<1', '<2'],
    ['>=20240101000000000002', '<20240101000000000001'],
  ])('not %s and %s', (one, other) => {
    expect(areDisjoint(parsed(one), parsed(other))).toBe(false)
    expect(areDisjoint(parsed(other), parsed(one))).toBe(false)
  })

  test('nothing is said of more than a hundred clauses', () => {
    expect(areDisjoint(parsed(`<1${',<1'.repeat(99)}`), parsed('>1'))).toBe(false)
    expect(areDisjoint(parsed(`<1${',<1'.repeat(98)}`), parsed('>1'))).toBe(true)
  })
})

test('nothing is said of versions longer than any', () => {
  expect(areDisjoint(parsed(`==1${'.1'.repeat(200)}`), parsed('==1'))).toBe(false)
})

const publicVersion = fc.constantFrom(...GRID.filter(version => !version.includes('+')))
const clause = fc.oneof(
  fc.tuple(fc.constantFrom('==', '!=', '===', '<', '<=', '>', '>='), publicVersion).map(parts => parts.join('')),
  fc.tuple(fc.constantFrom('==', '!=', '==='), fc.constantFrom(...GRID)).map(parts => parts.join('')),
  fc
    .tuple(fc.constantFrom('==', '!='), fc.constantFrom(...RELEASES))
    .map(([operator, release]) => `${operator}${release}.*`),
  fc
    .constantFrom(...GRID)
    .filter(version => /^(?:\d!)?\d\.\d[^+]*$/.test(version))
    .map(version => `~=${version}`),
)
const clauses = fc.array(clause, { minLength: 1, maxLength: 3 }).map(all => all.join(','))

test('what a version of the grid satisfies is never said to exclude itself', () => {
  fc.assert(
    fc.property(clauses, clauses, (one, other) => {
      const [some, others] = [parsed(one), parsed(other)]
      const possible = GRID.some(version => [...some, ...others].every(each => satisfies(each, version) !== false))
      return !(possible && areDisjoint(some, others))
    }),
    { numRuns: 500 },
  )
})

test('what no version satisfies is mostly found out', () => {
  const pairs = fc.sample(fc.tuple(clauses, clauses), { numRuns: 500, seed: 20 })
  const impossible = pairs.filter(([one, other]) => {
    const all = [...parsed(one), ...parsed(other)]
    return !GRID.some(version => all.every(each => satisfies(each, version) !== false))
  })
  const found = impossible.filter(([one, other]) => areDisjoint(parsed(one), parsed(other)))
  expect(found.length).toBeGreaterThan(impossible.length * 0.9)
})

describe('packaging admits the same', () => {
  test.each(SPECIFIERS)('%s', specifier => {
    const [only] = parsed(specifier)
    const said = packagingSaid.admitted[specifier]?.replaceAll(' ', '') ?? ''
    expect(said).toHaveLength(GRID.length)
    const wrong = GRID.filter(
      (version, index) => (only && satisfies(only, version) === true) !== (said.at(index) === '+'),
    )
    expect(wrong).toEqual([])
  })
})
