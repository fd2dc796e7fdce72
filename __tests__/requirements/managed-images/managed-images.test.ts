import { describe, expect, test } from '@jest/globals'
import { markerEnvironment } from '../../../src/requirements/evaluate/evaluate-marker.js'
import { windowsCPython } from '../../../src/requirements/evaluate/python-target.js'
import { normalizedName } from '../../../src/requirements/grammar/named-requirement.js'
import { isVersion } from '../../../src/requirements/grammar/version.js'
import { baseConflictAdvice, baseConflicts } from '../../../src/requirements/managed-images/base-conflicts.js'
import { type ManagedImageContents, managedImageNamed } from '../../../src/requirements/managed-images/managed-image.js'
import { offeredNote, offeredVersions } from '../../../src/requirements/managed-images/offered.js'
import { splitByOrigin } from '../../../src/requirements/managed-images/base-conflicts.js'
import { requirementsOf } from '../../../src/requirements/requirements.js'

const onPython = (pythonVersion: string) => markerEnvironment({ pythonVersion, platform: windowsCPython })

async function imageNamed(name: string): Promise<ManagedImageContents> {
  const image = await managedImageNamed(name)
  expect(image?.name).toBe(name)
  return image!
}

const packagesIn = (text: string) =>
  text.split(' ').flatMap(each => {
    const [name = '', version = ''] = each.split('==')
    return name === '' ? [] : { name, version }
  })

describe('contents', () => {
  test.each([
    ['Python3_10_8', 146, 'numpy 1.23.4', '3.10.8'],
    ['Python3_10_8_DL', 175, 'numpy 1.23.4', '3.10.8'],
    ['Python3_11_7', 131, 'numpy 1.26.4', '3.11.7'],
    ['Python3_11_7_DL', 189, 'numpy 1.26.4', '3.11.7'],
  ])('%s has %i packages, %s among them', async (name, size, one, pythonVersion) => {
    const { packages, requiresOf } = await imageNamed(name)
    expect(packages.size).toBe(size)
    expect([...packages].map(each => each.join(' '))).toContain(one)
    for (const [project, version] of packages) {
      expect(project).toBe(normalizedName(project))
      expect(isVersion(version)).toBe(true)
      for (const requirement of requiresOf(project, version) ?? []) {
        const [entry] = requirementsOf(requirement).entries
        if (entry?.kind !== 'requirement') throw new Error(requirement)
        expect(entry.specifiers.length).toBeGreaterThan(0)
        expect(requirement).not.toContain('extra')
      }
    }
    // What it has itself is no news.
    expect(baseConflicts({ packages, requiresOf }, [], onPython(pythonVersion))).toEqual({ conflicts: [], unknown: [] })
  })

  test('are found whatever the case, and only of images that are known', async () => {
    expect((await managedImageNamed('PYTHON3_11_7_dl'))?.name).toBe('Python3_11_7_DL')
    for (const name of ['Python3_6_5', 'Python3_9_7', 'Python3_12_4', 'team', '__proto__', 'constructor', '']) {
      expect(await managedImageNamed(name)).toBeUndefined()
    }
  })

  test('tell what is required, and what is not known', async () => {
    const { requiresOf } = await imageNamed('Python3_10_8')
    expect(requiresOf('scipy', '1.9.3')).toEqual(['numpy<1.26.0,>=1.18.5'])
    expect(requiresOf('pytz', '1')).toBeUndefined()
    expect(requiresOf('six', '1.16.0')).toEqual([])
    expect(requiresOf('flashtext', '2.7')).toBeUndefined()
    expect(requiresOf('constructor', '1')).toBeUndefined()
  })
})

describe('what breaks', () => {
  test('numpy==1.26.4 on Python3_10_8 breaks scipy 1.9.3, which needs numpy<1.26.0', async () => {
    const base = await imageNamed('Python3_10_8')
    const { conflicts, unknown } = baseConflicts(base, packagesIn('numpy==1.26.4'), onPython('3.10.8'))
    expect(conflicts).toHaveLength(1)
    expect(conflicts[0]).toMatchObject({ name: 'numpy', version: '1.26.4', baseVersion: '1.23.4' })
    expect(conflicts[0]!.broken).toContainEqual({
      name: 'scipy',
      version: '1.9.3',
      requirement: 'numpy<1.26.0,>=1.18.5',
    })
    expect(unknown.map(({ name }) => name)).toEqual([
      'databricks-cli',
      'flashtext',
      'intervaltree',
      'pyfpgrowth',
      'tornado',
    ])
    const { problem } = baseConflictAdvice(conflicts[0]!, base.name, 'prophet')
    for (const part of [
      'numpy 1.26.4',
      'numpy 1.23.4',
      'Python3_10_8',
      'scipy 1.9.3',
      'numpy<1.26.0',
      'prophet needs',
    ]) {
      expect(problem).toContain(part)
    }
  })

  const packages = new Map(Object.entries({ a: '1', b: '1', c: '1' }))
  const requiring =
    (...requires: readonly string[]): ManagedImageContents['requiresOf'] =>
    name =>
      name === 'a' ? requires : name === 'c' ? undefined : []

  test.each([
    ['b==2', ['b<2'], 'a: b<2'],
    ['b==2', ['b<2 ; python_version >= "3.10"'], 'a: b<2'],
    ['b==2', ['B<2,>=1', 'b!=2'], 'a: B<2,>=1, a: b!=2'],
    ['d==2', ['d<2'], 'a: d<2'],
    ['b==2', ['b<2; python_version < "3.10"'], ''],
    ['b==2', ['b<2; extra == "x"'], ''],
    ['b==2', ['b<2; platform_release == "10"'], ''],
    ['b==2', ['b>=1'], ''],
    ['b==2', ['b'], ''],
    ['b==2', ['b<0.9'], ''],
    ['b==1.0', ['b<2'], ''],
    ['b==2 a==2', ['b<2'], ''],
    ['b==2 a==1', ['b<2'], ''],
    ['e==2', ['b<2'], ''],
    ['b==2', ['; spam', '', 'b<<2', 'b<2; spam == "x"'], ''],
    ['b==spam', ['b<2'], ''],
  ])('%s where a requires %j: %s', (resolved, requires, expected) => {
    const base = { packages, requiresOf: requiring(...requires) }
    const { conflicts } = baseConflicts(base, packagesIn(resolved), onPython('3.10.8'))
    const broken = conflicts.flatMap(each => each.broken.map(({ name, requirement }) => `${name}: ${requirement}`))
    expect(broken.map(each => each.trim()).join(', ')).toBe(expected)
  })

  test.each([
    ['b==2', ['c']],
    ['b==2 c==1', []],
    ['b==1', []],
    ['b==1.0', []],
    ['d==1', []],
  ])('%s leaves unknown: %j', (resolved, expected) => {
    const { unknown } = baseConflicts({ packages, requiresOf: requiring() }, packagesIn(resolved), onPython('3.10.8'))
    expect(unknown.map(({ name }) => name)).toEqual(expected)
  })
})

test('tells where each package comes from', () => {
  const base = new Map(Object.entries({ a: '1.0', b: '1', c: '1' }))
  expect(splitByOrigin(base, packagesIn('a==1 b==2 d==3'))).toEqual([
    { name: 'a', version: '1', origin: 'base' },
    { name: 'b', version: '2', origin: 'replaced', baseVersion: '1' },
    { name: 'd', version: '3', origin: 'installed' },
  ])
})

describe('what is offered', () => {
  const on = (day: string) => Date.parse(`${day}T12:00:00Z`)

  test.each([
    ['language', '3.12.4', 'not-offered', ['3.11.7', '3.10.8', 'Python 3.10.']],
    ['language', '3.11', 'not-offered', ['3.11.7', '3.10.8']],
    ['language', '3.6.5', 'not-offered', ['3.11.7', '3.10.8']],
    [
      'base',
      'Python3_11_8',
      'not-offered',
      ['Python3_11_7', 'Python3_11_7_DL', 'Python3_10_8', 'Python3_6_5', 'Python 3.10 and 3.6.'],
    ],
    ['base', 'python3_12', 'not-offered', ['Python3_11_7']],
    ['base', 'Python3_6_5_DL', 'not-offered', ['Python3_11_7']],
    ['language', '3.10.8', 'support-ended', ['3.11.7']],
    ['base', 'python3_10_8_dl', 'support-ended', ['Python3_11_7']],
    ['base', 'Python3_6_5', 'support-ended', ['Python3_11_7', '3.6']],
  ] as const)('%s %s: %s', (input, name, kind, named) => {
    const foundation = input === 'language' ? { languageVersion: name } : { baseImageName: name }
    const note = offeredNote(foundation, on('2026-11-26'))
    expect(note?.kind).toBe(kind)
    for (const each of named) expect(note?.message).toContain(each)
  })

  test.each([
    { languageVersion: '3.11.7' },
    { baseImageName: 'PYTHON3_11_7' },
    { baseImageName: 'team' },
    { baseImageName: 'R' },
  ])('%j: nothing to know', foundation => {
    expect(offeredNote(foundation, on('2026-11-26'))).toBeUndefined()
  })

  test('support ends on a day', () => {
    expect(offeredNote({ languageVersion: '3.10.8' }, on('2026-10-31'))).toBeUndefined()
    expect(offeredNote({ languageVersion: '3.10.8' }, on('2026-11-01'))?.kind).toBe('support-ended')
    expect(offeredNote({ languageVersion: '3.11.7' }, on('2027-11-01'))?.kind).toBe('support-ended')
    expect(offeredVersions.every(({ supportEnds }) => !Number.isNaN(on(supportEnds)))).toBe(true)
  })
})
