import { describe, expect, test } from '@jest/globals'
import { decide } from '../../src/model/decide.js'
import { type CurrentImage, type DesiredImage, differences, imageFrom, requestBody } from '../../src/model/image.js'
import { noRequirements, requirementsOf } from '../../src/requirements/requirements.js'

const onVersion: DesiredImage = {
  language: 'Python',
  foundation: { languageVersion: '3.10.8' },
  requirements: requirementsOf('NumPy == 1.26.4\npandas>=2,<3'),
}
const onBase: DesiredImage = { ...onVersion, foundation: { baseImageName: 'Python3_10_8' } }

const current: CurrentImage = {
  id: '/subscriptions/…',
  name: 'forecasting',
  changedAt: undefined,
  state: 'Succeeded',
  language: 'PYTHON',
  languageVersion: '3.10.8',
  baseImageName: undefined,
  requirementsText: '# pinned\npandas <3, >=2\n\nnumpy==1.26.4\n',
}

describe('differences', () => {
  test.each<[string, DesiredImage, Partial<CurrentImage>, string[]]>([
    ['none, by meaning', onVersion, {}, []],
    ['a base filled in by the service', onVersion, { baseImageName: 'Python3_10_8' }, []],
    ['a version filled in by the service', onBase, { baseImageName: 'python3_10_8', languageVersion: '3.10.8' }, []],
    ['another version', onVersion, { languageVersion: '3.11.7' }, ['language-version']],
    ['no version shown', onVersion, { languageVersion: undefined }, []],
    [
      'a managed base of another version shown alone',
      onVersion,
      { languageVersion: undefined, baseImageName: 'Python3_11_7' },
      ['language-version'],
    ],
    ['a version completed by the service', { ...onVersion, foundation: { languageVersion: '3.10' } }, {}, []],
    [
      'a version that only begins alike',
      { ...onVersion, foundation: { languageVersion: '3.1' } },
      {},
      ['language-version'],
    ],
    ['the same version upon an image of someone', onVersion, { baseImageName: 'common' }, ['base-image']],
    ['another base', onBase, { baseImageName: 'Python3_11_7' }, ['base-image']],
    ['from a version to a base', onBase, {}, ['base-image']],
    ['another language', onVersion, { language: 'R' }, ['language']],
    ['no language shown', onVersion, { language: undefined }, ['language']],
    ['another pin', onVersion, { requirementsText: 'pandas>=2,<3\nnumpy==1.26.3' }, ['requirements']],
    [
      'a marker',
      onVersion,
      { requirementsText: 'pandas>=2,<3\nnumpy==1.26.4; python_version<"3.11"' },
      ['requirements'],
    ],
    ['no requirements at all', onVersion, { requirementsText: '' }, ['requirements']],
    ['everything', onBase, { language: 'R', requirementsText: '' }, ['language', 'base-image', 'requirements']],
  ])('%s', (_, desired, change, expected) => {
    expect(differences(desired, { ...current, ...change })).toEqual(expected)
  })

  test('an image without packages equals one whose file holds comments only', () => {
    const desired = { ...onVersion, requirements: noRequirements }
    expect(differences(desired, { ...current, requirementsText: '# nothing\n' })).toEqual([])
  })
})

describe('decide', () => {
  const failed = { ...current, state: 'Failed' }
  const other = { ...current, requirementsText: 'scipy' }
  const otherFailed = { ...other, state: 'Canceled' }
  test.each<[string, CurrentImage | undefined, boolean, boolean, string, string[]]>([
    ['no image', undefined, false, false, 'create', ['new']],
    ['no image, forced', undefined, true, false, 'create', ['new']],
    ['no image any more after waiting', undefined, false, true, 'create', ['new']],
    ['equal', current, false, false, 'none', []],
    ['equal after waiting', current, false, true, 'attach', []],
    ['equal, forced', current, true, false, 'rebuild', ['forced']],
    ['equal after waiting, forced', current, true, true, 'attach', []],
    ['different', other, false, false, 'update', ['requirements']],
    ['different after waiting', other, false, true, 'update', ['requirements']],
    ['different, forced', other, true, true, 'update', ['requirements', 'forced']],
    ['failed', failed, false, false, 'rebuild', ['last-build-failed']],
    ['failed while waiting', failed, false, true, 'rebuild', ['last-build-failed']],
    ['failed and different', otherFailed, false, false, 'update', ['requirements', 'last-build-failed']],
  ])('%s', (_, image, force, watched, action, reasons) => {
    expect(decide(onVersion, image, { force, watched })).toEqual({ action, reasons })
  })
})

describe('requestBody', () => {
  // The documented examples of the service, to the byte.
  const requests = requirementsOf('Requests')
  test.each([
    [
      { languageVersion: '3.10.8' },
      '{"properties":{"language":"Python","languageVersion":"3.10.8","requirementsFileContent":"Requests"}}',
    ],
    [
      { baseImageName: 'customImage1' },
      '{"properties":{"language":"Python","baseImageName":"customImage1","requirementsFileContent":"Requests"}}',
    ],
    [
      { baseImageName: 'Python3_10_8' },
      '{"properties":{"language":"Python","baseImageName":"Python3_10_8","requirementsFileContent":"Requests"}}',
    ],
  ])('%j', (foundation, expected) => {
    expect(requestBody({ language: 'Python', foundation, requirements: requests })).toBe(expected)
  })

  test('an image without packages leaves the property out', () => {
    const body = requestBody({ ...onVersion, requirements: noRequirements })
    expect(body).toBe('{"properties":{"language":"Python","languageVersion":"3.10.8"}}')
  })
})

describe('imageFrom', () => {
  test.each([undefined, null, '', [], {}, { properties: null }, { properties: [] }, '<html>'])(
    '%j holds no image',
    body => {
      expect(imageFrom(body)).toBeUndefined()
    },
  )

  test('a finished resource without a state has succeeded, and null is absent', () => {
    const image = imageFrom({ id: 'x', properties: { language: 'PYTHON', baseImageName: null } })
    expect(image).toMatchObject({ state: 'Succeeded', baseImageName: undefined, requirementsText: '' })
  })
})
