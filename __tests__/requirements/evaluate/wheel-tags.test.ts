import { expect, test } from '@jest/globals'
import { fitsWindows } from '../../../src/requirements/evaluate/wheel-tags.js'
import { TAGS, TAG_VERSIONS } from '../index-facts/cases.js'
import { indexPagesSaid } from '../index-facts/index-pages-said.js'

test.each(TAGS)('takes %s where packaging does', tags => {
  expect(TAG_VERSIONS.map(version => fitsWindows(tags, version))).toEqual(indexPagesSaid.tags[tags])
})

test.each([
  '',
  '-',
  '--',
  'cp310',
  'cp310-cp310',
  '..-..-win_amd64',
  'cp3999999999999-abi3-win_amd64',
  'cp03-abi3-any',
])('takes %j nowhere', tags => {
  expect(fitsWindows(tags, '3.10.8')).toBe(false)
})
