import { describe, expect, test } from '@jest/globals'
import type { Entry } from '../../src/requirements/entry.js'
import { canonicalMarker } from '../../src/requirements/marker.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { canonicalSpecifier } from '../../src/requirements/specifier.js'
import { type Case, CORPUS } from './corpus.js'
import { askPip, NO_PIP, type PipPackage } from './pip-oracle.js'

describe('each line of the corpus is what it is', () => {
  test.each(CORPUS.map(example => [JSON.stringify(example.text), example] as const))('%s', (_, { text, kinds }) => {
    expect(requirementsOf(text).entries.map(({ kind }) => kind)).toEqual(kinds)
  })
})

const comparable = CORPUS.filter(({ incomparable }) => incomparable === undefined)
const answer = askPip(comparable.map(({ text }) => ({ 'requirements.txt': text })))
const name = answer === undefined ? `pip agrees (skipped: ${NO_PIP})` : 'pip agrees'

;(answer === undefined ? describe.skip : describe)(name, () => {
  test.each(comparable.map(({ text }, index) => [JSON.stringify(text), text, index] as const))(
    '%s',
    (_, text, index) => {
      const verdict = answer?.verdicts[index] ?? { error: 'no answer' }
      const { entries } = requirementsOf(text)
      if ('error' in verdict) {
        const rejected = entries.filter(({ kind }) => kind === 'invalid')
        expect({ pip: verdict.error, rejected: rejected.length > 0 }).toEqual({ pip: verdict.error, rejected: true })
        return
      }
      const packages = entries.filter(({ kind }) => kind !== 'option')
      expect(packages.map(ours)).toEqual(verdict.packages.map((theirs, at) => comparablePart(theirs, packages[at])))
    },
  )
})

test('the corpus holds dozens of each kind', () => {
  const count = (kind: Entry['kind']): number => comparable.filter(({ kinds }: Case) => kinds.includes(kind)).length
  expect(count('requirement')).toBeGreaterThan(90)
  expect(count('invalid')).toBeGreaterThan(90)
  expect(count('option')).toBeGreaterThan(24)
  expect(count('path-or-url')).toBeGreaterThan(20)
})

function ours(entry: Entry): Partial<PipPackage> | string {
  switch (entry.kind) {
    case 'requirement':
      return {
        name: entry.normalizedName,
        extras: entry.extras,
        specifiers: [...new Set(entry.specifiers.map(canonicalSpecifier))].sort(),
        url: entry.url ?? null,
        marker: entry.marker === undefined ? null : canonicalMarker(entry.marker),
        editable: false,
        options: entry.options
          .filter(option => ['--hash', '--config-settings', '--global-option'].includes(option.name))
          .map(option => `${option.name}=${option.value ?? ''}`)
          .sort(),
      }
    case 'path-or-url':
      return {
        name: entry.normalizedName ?? null,
        marker: entry.marker === undefined ? null : canonicalMarker(entry.marker),
        editable: entry.editable,
        ...(entry.isUrl ? { url: entry.target } : {}),
      }
    case 'option':
    case 'invalid':
      return `${entry.kind}: ${entry.text}`
  }
}

/** What of pip's verdict can be known without its disk. */
function comparablePart(theirs: PipPackage, entry: Entry | undefined): Partial<PipPackage> {
  if (entry?.kind !== 'path-or-url') return { ...theirs, specifiers: [...new Set(theirs.specifiers)] }
  const { name, marker, editable, url } = theirs
  return { name, marker, editable, ...(entry.isUrl ? { url } : {}) }
}
