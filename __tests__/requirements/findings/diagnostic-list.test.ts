import { expect, test } from '@jest/globals'
import { checkEntries } from '../../../src/requirements/findings/check-entries.js'
import { comparePackages } from '../../../src/requirements/package-changes.js'
import { type SlicedWork, runInSlices } from '../../../src/time-slice.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'
import { PYTHON_3_10, findingsOf } from './checked.js'

const numberOf = (text: string) => {
  const findings = findingsOf(requirementsOf(text), PYTHON_3_10)
  return { count: (id: string) => findings.filter(each => each.id === id).length, findings }
}

test('of findings that are alike ten thousand are told, and a last one says how many more there are', () => {
  expect(numberOf('a=\n'.repeat(10_001)).count('syntax')).toBe(10_001)
  const { count, findings } = numberOf('a=\n'.repeat(30_000))
  expect(count('syntax')).toBe(10_001)
  expect(findings.at(-1)).toMatchObject({ severity: 'error', line: 10_001 })
  expect(findings.at(-1)?.problem).toContain('20000 more')
})

test('however many warnings there are, an error of the same kind is told', () => {
  const text = `${'--pre\n'.repeat(20_000)}--index-url https://x.org`
  expect(numberOf(text).findings.filter(({ severity }) => severity === 'error')).toMatchObject([
    { id: 'unsupported-option', line: 20_001 },
  ])
})

test('a message that nobody will read is not made', () => {
  const { findings } = numberOf('a\n'.repeat(30_000))
  expect(findings.map(({ id }) => id).filter(id => id === 'duplicate')).toHaveLength(10_001)
})

const requirements = requirementsOf('a==1\n'.repeat(100_000))

test.each<[string, () => SlicedWork<unknown>]>([
  ['checking', () => checkEntries(requirements, PYTHON_3_10)],
  ['comparing', () => comparePackages(requirements, requirements)],
])('%s gives way, and ends as soon as the run does', async (_, work) => {
  let turns = 0
  const giveWay = () => (++turns === 3 ? Promise.reject(new Error('stopped')) : Promise.resolve())
  await expect(runInSlices(work(), giveWay)).rejects.toThrow('stopped')
  expect(turns).toBe(3)
})
