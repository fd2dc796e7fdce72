import { expect, test } from '@jest/globals'
import { versionChanges } from '../../../src/requirements/package-changes.js'

test('what comes, what goes and what changes, by name', () => {
  const from = [
    { name: 'numpy', version: '1.26.4' },
    { name: 'gone', version: '2.0' },
    { name: 'same', version: '1.0' },
  ]
  const to = [
    { name: 'same', version: '1.0.0' },
    { name: 'numpy', version: '2.2.6' },
    { name: 'new-b', version: '1' },
    { name: 'new-a', version: '3!1.0' },
  ]
  expect(versionChanges(from, to)).toEqual({
    added: [
      { name: 'new-a', to: '3!1.0' },
      { name: 'new-b', to: '1' },
    ],
    removed: [{ name: 'gone', from: '2.0' }],
    changed: [{ name: 'numpy', from: '1.26.4', to: '2.2.6' }],
  })
})

test('nothing changes between equals', () => {
  const packages = [{ name: '__proto__', version: '1' }]
  expect(versionChanges(packages, packages)).toEqual({ added: [], removed: [], changed: [] })
})
