import { describe, expect, test } from '@jest/globals'
import { specifiersOf } from '../../../src/requirements/grammar/specifier.js'
import { type Availability, availabilityOf } from '../../../src/requirements/index-facts/availability.js'
import { availabilityAdvice } from '../../../src/requirements/index-facts/availability-advice.js'
import { type DistributionFile, parseFileName } from '../../../src/requirements/index-facts/distribution-file.js'
import { parseProjectPage } from '../../../src/requirements/index-facts/project-page.js'
import { ALSO_AS_HTML, AVAILABILITY_CASES } from './cases.js'
import { indexPagesSaid } from './index-pages-said.js'

function recordedFiles(project: string): readonly DistributionFile[] {
  const { json } = indexPagesSaid.pages[project]!
  return parseProjectPage(JSON.stringify(json), 'application/vnd.pypi.simple.v1+json', project)!
}

function split(requirement: string): readonly [string, string] {
  const [, name = '', specifiers = ''] = /^([a-z0-9-]+)(.*)$/.exec(requirement)!
  return [name, specifiers]
}

describe('of real pages', () => {
  test.each(AVAILABILITY_CASES)('%s for %s: %s, usable %s', (requirement, pythonVersion, kind, usable) => {
    const [name, specifiers] = split(requirement)
    const target = { pythonVersion, preReleases: false }
    const availability = availabilityOf(recordedFiles(name), specifiersOf(specifiers)!, target)
    expect(availability).toMatchObject({ kind, usable })

    // pip takes wheels alone here.
    const installs = indexPagesSaid.installs[`${requirement} on ${pythonVersion}`]
    expect(kind === 'wheel' || (availability.kind === 'yanked' && availability.isPinned)).toBe(installs)

    const words = availabilityAdvice(name, specifiers, availability, pythonVersion)
    expect(words === undefined).toBe(kind === 'wheel')
    if (usable !== undefined && words !== undefined) expect(words.remedy).toContain(`"${name}==${usable}"`)
  })

  test.each(ALSO_AS_HTML)('%s says the same in both forms', project => {
    const html = parseProjectPage(indexPagesSaid.pages[project]!.html.join('\n'), 'text/html; charset=UTF-8', project)!
    const inOrder = (files: readonly DistributionFile[]) => files.map(file => JSON.stringify(file)).sort()
    expect(inOrder(html)).toEqual(inOrder(recordedFiles(project)))
    expect(html.length).toBeGreaterThan(0)
  })
})

type Row = readonly [string, string, string, Availability['kind'], string | undefined]

/** `version wheelTags? [requires-python] !yanked`, a file each. */
const ROWS: readonly Row[] = [
  ['nothing at all', '', '', 'no-version', undefined],
  ['another version', '1 py3-none-any', '==2', 'no-version', undefined],
  ['the better of two files', '1 cp310-cp310-win32; 1', '==1', 'source', '1'],
  ['the better of two versions', '2 cp312-cp312-win_amd64; 1 py3-none-any', '', 'wheel', '1'],
  ['the newest', '1.9 py3-none-any; 1.10 py3-none-any; 1.2 py3-none-any', '', 'wheel', '1.10'],
  ['a source that supports another Python', '1 [>=3.12]', '==1', 'other-python', '1'],
  ['a Python that is too new', '1 py3-none-any [<3.10]', '', 'other-python', '1'],
  ['a patch version', '1 py3-none-any [>=3.10.9]', '', 'other-python', '1'],
  ['an excluded minor version', '1 py3-none-any [!=3.10.*]', '', 'other-python', '1'],
  ['a Requires-Python that cannot be read', '1 py3-none-any [>=3.6.*]; 2 py3-none-any [spam]', '', 'wheel', '2'],
  ['a source for this Python and a wheel for another', '1 cp312-cp312-win_amd64 [>=3.12]; 1', '', 'source', '1'],
  ['wheels for others before another Python', '1 cp39-cp39-win_amd64; 2 [>=3.12]', '', 'other-wheels', '1'],
  ['yanked ones with another left', '2 py3-none-any !bad; 1 py3-none-any', '', 'wheel', '1'],
  ['yanked ones alone', '2 py3-none-any !bad', '>=2', 'yanked', '2'],
  ['a yanked one with a source left', '2 py3-none-any !bad; 1', '', 'source', '1'],
  ['a yanked file with another of the version', '2 py3-none-any !; 2 cp310-cp310-win_amd64', '==2', 'wheel', '2'],
  ['pre-releases alone', '2.0rc1 py3-none-any', '', 'pre-release', '2.0rc1'],
  ['development releases alone', '2.0.dev1 py3-none-any', '>1', 'pre-release', '2.0.dev1'],
  ['a pre-release that is named', '2.0rc1 py3-none-any', '>=2.0rc1', 'wheel', '2.0rc1'],
  ['a pre-release that is left out', '2.0rc1 py3-none-any', '!=2.0rc2', 'pre-release', '2.0rc1'],
  ['a pre-release for another platform', '2.0rc1 cp310-cp310-win32', '', 'other-wheels', '2.0rc1'],
  ['a pre-release with a final one', '2.0rc1 py3-none-any; 1 py3-none-any', '', 'wheel', '1'],
  ['a post-release', '1.0.post1 py3-none-any', '==1.0.post1', 'wheel', '1.0.post1'],
  ['a local version', '1.0+cu118 py3-none-any', '==1.0', 'wheel', '1.0+cu118'],
  ['another spelling', '1.0.0 py3-none-any', '==1', 'wheel', '1.0.0'],
  ['an arbitrary version', '1.0 py3-none-any !', '===1.0', 'yanked', '1.0'],
]

function filesOf(text: string): readonly DistributionFile[] {
  const parts = text.split('; ').filter(part => part !== '')
  return parts.map(part => {
    const words = part.split(' ')
    const found = (prefix: string) => words.find(word => word.startsWith(prefix))?.slice(1)
    return {
      version: words[0]!,
      wheelTags: words.slice(1).find(word => /^\w/.test(word)),
      requiresPython: found('[')?.slice(0, -1),
      yanked: found('!'),
    }
  })
}

test.each(ROWS)('%s', (_, files, specifiers, kind, version) => {
  const target = { pythonVersion: '3.10.8', preReleases: false }
  const availability = availabilityOf(filesOf(files), specifiersOf(specifiers)!, target)
  expect(availability).toMatchObject({ kind, ...(version === undefined ? {} : { version }) })
  const severity = availabilityAdvice('x', specifiers, availability, '3.10.8')?.severity
  const isWarning =
    kind === 'source' || kind === 'pre-release' || (availability.kind === 'yanked' && availability.isPinned)
  expect(severity).toBe(kind === 'wheel' ? undefined : isWarning ? 'warning' : 'error')
})

test.each([
  ['==2.1', true],
  ['===2.1', true],
  ['>=2,==2.1', true],
  ['==2.*', false],
  ['~=2.1', false],
  ['>=2.1,<=2.1', false],
  ['', false],
])('a yanked version is pinned by %j: %s', (specifiers, isPinned) => {
  const target = { pythonVersion: '3.10.8', preReleases: false }
  const availability = availabilityOf(filesOf('2.1 py3-none-any !bad'), specifiersOf(specifiers)!, target)
  expect(availability).toMatchObject({ kind: 'yanked', reason: 'bad', isPinned })
})

test('takes pre-releases with --pre, and offers none of its own accord', () => {
  const files = filesOf('2.0rc1 py3-none-any; 1 py3-none-any; 3 py3-none-any !')
  const target = { pythonVersion: '3.10.8', preReleases: true }
  expect(availabilityOf(files, [], target)).toMatchObject({ kind: 'wheel', version: '2.0rc1' })
  expect(availabilityOf(files, [], { ...target, preReleases: false }).usable).toBe('1')
})

test.each([
  ['numpy-1.26.4-cp310-cp310-win_amd64.whl', 'numpy', '1.26.4', 'cp310-cp310-win_amd64'],
  ['triton-2.1.0-0-cp39-cp39-linux_x86_64.whl', 'triton', '2.1.0', 'cp39-cp39-linux_x86_64'],
  ['Zope.Interface-5.0-PY3-None-Any.whl', 'zope-interface', '5.0', 'py3-none-any'],
  ['torch-2.0+cu118-cp310-cp310-win_amd64.whl', 'torch', '2.0+cu118', 'cp310-cp310-win_amd64'],
  ['scikit-learn-1.0.tar.gz', 'scikit-learn', '1.0', undefined],
  ['scikit_learn-1.0.zip', 'scikit-learn', '1.0', undefined],
  ['a-b-1-2-1.0-1.tgz', 'a-b-1-2', '1.0-1', undefined],
])('reads %s', (file, project, version, wheelTags) => {
  expect(parseFileName(file, project)).toEqual({ version, wheelTags })
})

test.each([
  'numpy-1.0.win32-py2.7.exe',
  'numpy-1.0-py2.7.egg',
  'numpy-1.0.win32-py2.7.zip',
  'numpy-ext-1.0.tar.gz',
  'other-1.0-py3-none-any.whl',
  'numpy-spam-py3-none-any.whl',
  'numpy-1.0-py3-none.whl',
  'numpy.tar.gz',
  '',
  '.whl',
  `numpy-1.0-${'py3.'.repeat(100)}-none-any.whl`,
])('passes over %s', file => {
  expect(parseFileName(file, 'numpy')).toBeUndefined()
})
