import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../src/requirements/entry.js'
import { canonicalMarker } from '../../src/requirements/marker.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { canonicalSpecifier } from '../../src/requirements/specifier.js'
import { type Case, CORPUS } from './corpus.js'
import { type PipPackage, pipSaid } from './pip-said.js'

describe('each line of the corpus is what it is', () => {
  test.each(CORPUS.map(example => [JSON.stringify(example.text), example] as const))('%s', (_, { text, kinds }) => {
    expect(requirementsOf(text).entries.map(({ kind }) => kind)).toEqual(kinds)
  })
})

const comparable = CORPUS.filter(({ incomparable }) => incomparable === undefined)
describe('the newest pip, with the newest packaging, says the same', () => {
  test.each(comparable.map(({ text }) => [JSON.stringify(text), text] as const))('%s', (_, text) => {
    const said = pipSaid[text]
    const { entries } = requirementsOf(text)
    const accepted = entries.every(({ kind }) => kind !== 'invalid')
    if (said === undefined || said === 'rejected') return expect({ said, accepted }).toEqual({ said, accepted: false })
    const packages = entries.filter(({ kind }) => kind !== 'option')
    expect(packages.map(ours)).toEqual(said.map((theirs, at) => comparablePart(theirs, packages[at])))
  })
})

test('the corpus holds dozens of each kind', () => {
  const count = (kind: Entry['kind']): number => comparable.filter(({ kinds }: Case) => kinds.includes(kind)).length
  expect(count('requirement')).toBeGreaterThan(90)
  expect(count('invalid')).toBeGreaterThan(90)
  expect(count('option')).toBeGreaterThan(24)
  expect(count('path-or-url')).toBeGreaterThan(20)
})

function ours(entry: Entry): PipPackage | string {
  switch (entry.kind) {
    case 'requirement':
      return present({
        name: entry.normalizedName,
        extras: entry.extras,
        specifiers: [...new Set(entry.specifiers.map(canonicalSpecifier))].sort(),
        url: entry.url,
        marker: entry.marker && canonicalMarker(entry.marker),
        options: entry.options
          .filter(option => ['--hash', '--config-settings'].includes(option.name))
          .map(option => `${option.name}=${option.value ?? ''}`)
          .sort(),
      })
    case 'path-or-url':
      return present({
        name: entry.normalizedName,
        marker: entry.marker && canonicalMarker(entry.marker),
        editable: entry.editable,
        url: entry.isUrl ? entry.target : undefined,
      })
    case 'option':
    case 'invalid':
      return `${entry.kind}: ${entry.text}`
  }
}

/** What of pip's verdict can be known without its disk. */
function comparablePart(theirs: PipPackage, entry: Entry | undefined): PipPackage {
  if (entry?.kind !== 'path-or-url') return present({ ...theirs, specifiers: [...new Set(theirs.specifiers)] })
  const { name, marker, editable, url } = theirs
  return present({ name, marker, editable, url: entry.isUrl ? url : undefined })
}

/** Without what is none or empty, as it is recorded. */
function present(all: object): PipPackage {
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : Boolean(value))),
  )
}
