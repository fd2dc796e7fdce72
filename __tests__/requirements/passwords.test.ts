import { expect, test } from '@jest/globals'
import { withoutPasswords } from '../../src/requirements/passwords.js'
import { quoted } from '../../src/requirements/rejection.js'

test.each([
  ['pandas==2.2.2', 'pandas==2.2.2'],
  ['https://host/a.whl', 'https://host/a.whl'],
  ['https://user:secret@host/a.whl', 'https://***@host/a.whl'],
  ['https://token@host', 'https://***@host'],
  ['git+ssh://git@host/repository', 'git+ssh://git@host/repository'],
  ['https://host/a.whl?sig=secret#sha256=x', 'https://host/a.whl?***#sha256=x'],
  ['https://host/a.whl?sig=secret', 'https://host/a.whl?***'],
  ['see https://a:secret@host and  http://b:secret@other?x=secret', 'see https://***@host and  http://***@other?***'],
  ['a@b ? c', 'a@b ? c'],
])('%j is shown as %j', (text, shown) => {
  expect(withoutPasswords(text)).toBe(shown)
})

test('a piece of a file is quoted without them, wherever it is cut', () => {
  const url = `https://user:${'secret'.repeat(20)}@host/x`
  expect(quoted(url)).toBe('"https://***@host/x"')
  expect(quoted(url, 12)).toBe('"https://***@…"')
})

test('the work is in proportion to the length', () => {
  expect(withoutPasswords('://a'.repeat(250_000))).toHaveLength(1_000_000)
})
