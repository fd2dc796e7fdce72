import { describe, expect, test } from '@jest/globals'
import { selectForDeletion, usageOf } from '../../src/model/retention.js'
import type { CurrentImage } from '../../src/model/image.js'

const image = (name: string, more: Partial<CurrentImage> = {}): CurrentImage => ({
  id: '',
  name,
  state: 'Succeeded',
  language: 'PYTHON',
  languageVersion: '3.10.8',
  baseImageName: undefined,
  requirementsText: '',
  changedAt: undefined,
  ...more,
})
const at = (name: string, changedAt: number, more: Partial<CurrentImage> = {}) => image(name, { changedAt, ...more })

const fates = (images: readonly CurrentImage[], keepLatest: number, ...active: string[]) =>
  selectForDeletion(images, { prefix: 'f-', keepLatest }, active)?.map(({ image: name, why }) => `${name} ${why}`)

test('of images that this action has named, the newest that succeeded stays to go back to', () => {
  const [first, second, third, fourth] = ['4', '3', '2', '1'].map(hour => `f-20261125-0${hour}0000-aaaaaa`) as [
    string,
    string,
    string,
    string,
  ]
  const images = [image(first), image(second, { state: 'Failed' }), image(third), image(fourth)]
  expect(fates(images, 0, first)).toEqual([`${first} active`, `${second} old`, `${third} fallback`, `${fourth} old`])
})

describe('all but the newest are old', () => {
  test.each<[string, CurrentImage[], number, string[]]>([
    [
      'by the dates of the service',
      [at('f-a', 1), at('f-b', 3), at('f-c', 2)],
      1,
      ['f-b latest', 'f-c old', 'f-a old'],
    ],
    [
      'by the numbers in their names',
      [image('f-9'), image('f-10'), image('f-8')],
      2,
      ['f-10 latest', 'f-9 latest', 'f-8 old'],
    ],
    [
      'with more after the number',
      [image('f-20261124-ab'), image('f-20261125-cd')],
      1,
      ['f-20261125-cd latest', 'f-20261124-ab old'],
    ],
    [
      'with numbers longer than those of a double',
      [image('f-9007199254740993'), image('f-9007199254740992')],
      1,
      ['f-9007199254740993 latest', 'f-9007199254740992 old'],
    ],
    ['dates before numbers', [at('f-1', 9), at('f-2', 8)], 1, ['f-1 latest', 'f-2 old']],
    ['whatever case they have', [image('F-1'), image('f-2')], 0, ['f-2 old', 'F-1 old']],
    ['of that family alone', [image('f-1'), image('g-2'), image('f')], 0, ['f-1 old']],
    [
      'two of one day on the same side of the line',
      [image('f-3'), image('f-1-a'), image('f-1-b')],
      1,
      ['f-3 latest', 'f-1-a old', 'f-1-b old'],
    ],
    [
      'by the times in names that this action gives, even of one day',
      [image('f-20261125-080000-aaaaaa'), image('f-20261125-090000-bbbbbb'), image('f-20261125-070000-cccccc')],
      1,
      ['f-20261125-090000-bbbbbb latest', 'f-20261125-080000-aaaaaa old', 'f-20261125-070000-cccccc old'],
    ],
    ['of none there is', [], 3, []],
    ['of fewer than are kept', [image('f-1')], 3, ['f-1 latest']],
  ])('%s', (_, images, keep, expected) => {
    expect(fates(images, keep)).toEqual(expected)
  })

  test.each<[string, CurrentImage[]]>([
    ['digests', [image('f-5f2c9d'), image('f-a00001')]],
    ['digests that begin with a digit', [image('f-12ab'), image('f-34cd')]],
    ['a date that is missing', [at('f-a', 1), image('f-b')]],
    ['a name without a number', [image('f-1'), image('f-')]],
    ['two of one day, where the line is drawn', [image('f-20261125-a'), image('f-20261125-b')]],
    ['two of one moment', [at('f-a', 1), at('f-b', 1), at('f-c', 1)]],
  ])('unless their order is not known: %s', (_, images) => {
    expect(fates(images, 1)).toBeUndefined()
  })
})

describe('what is in use stays', () => {
  test('active, as a base, or being changed', () => {
    const images = [
      image('f-1'),
      image('f-2'),
      image('f-3', { state: 'Running' }),
      image('f-4'),
      image('top', { baseImageName: 'F-2' }),
    ]
    expect(fates(images, 0, 'F-1')).toEqual(['f-4 old', 'f-3 changing', 'f-2 base', 'f-1 active'])
  })

  test('though it is old: the newest are counted without regard to it', () => {
    expect(fates([image('f-1'), image('f-2'), image('f-3')], 1, 'f-1')).toEqual(['f-3 latest', 'f-2 old', 'f-1 active'])
  })

  test('and it is told what for', () => {
    const images = [image('a'), image('b', { baseImageName: 'A' }), image('c', { baseImageName: 'a' })]
    expect(usageOf('a', images, ['other', 'A'])).toEqual({ by: 'active' })
    expect(usageOf('a', images, ['x'])).toEqual({ by: 'base', dependants: ['b', 'c'] })
    expect(usageOf('b', images, [])).toBeUndefined()
  })
})
