import { expect, test } from '@jest/globals'
import { redactLine, redactUrls } from '../src/redact.js'
import { quoted } from '../src/requirements/grammar/parse-error.js'

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
  // What no URL holds, but people write.
  ['https://user:one;two three@host/x', 'https://***@host/x'],
  ['https://user:a/b@c@host/x', 'https://***@host/x'],
  ['https://user:a?b@host/x and more', 'https://*** and more'],
  ['https:/user:secret@host/x', 'https:/***@host/x'],
  // A cut one.
  ['https://user:sec', 'https://***'],
  // No passwords.
  ['see https://host.example/a and ask me@host.example', 'see https://host.example/a and ask me@host.example'],
  ['git+https://github.com/a/b@v1', 'git+https://github.com/a/b@v1'],
  ['"@ https://host/a.whl" and "@ https://other/b"', '"@ https://host/a.whl" and "@ https://other/b"'],
  ['https://***@host/x?*** and me@host', 'https://***@host/x?*** and me@host'],
  [
    'GET https://host.example/x?api-version=2024-04-13: HTTP 200',
    'GET https://host.example/x?api-version=2024-04-13: HTTP 200',
  ],
  ['by https: or by http', 'by https: or by http'],
])('%j is shown as %j', (text, shown) => {
  expect(redactUrls(text)).toBe(shown)
})

test.each([
  'see https://user:secret@host/x?sig=secret.',
  '(https://user:sec) or https://host/a?b=c#egg=x, and so on',
  '"https://host/a.whl?sig=secret": HTTP 403',
])('%j is redacted once', text => {
  const once = redactUrls(text)
  expect(once).not.toMatch(/sec/)
  expect(redactUrls(once)).toBe(once)
})

test('what only looks redacted is not', () => {
  expect(redactUrls('https://host/x?***secret')).toBe('https://host/x?***')
  expect(redactUrls('https://***:secret@host/x')).not.toMatch(/secret/)
})

test.each([
  ['ours @ https://host.example/x?sig=one two', 'ours @ https://host.example/x?***'],
  ['ours @ https://user:one @ two@host/x ; extra == "a"', 'ours @ https://***@host/x ; extra == "a"'],
  [
    'ours @ https://host.example/x@v1#egg=ours ; extra == "a"',
    'ours @ https://host.example/x@v1#egg=ours ; extra == "a"',
  ],
])('the line %j is shown as %j', (line, shown) => {
  expect(redactLine(line)).toBe(shown)
})

test('a password that goes on in a comment', () => {
  expect(redactLine('ours @ https://user:one@two', ' #three@host/x')).toBe('ours @ https://***')
})

test('a piece of a file is quoted without them, wherever it is cut', () => {
  const url = `https://user:${'secret'.repeat(20)}@host/x`
  expect(quoted(url)).toBe('"https://***@host/x"')
  expect(quoted(url, 12)).toBe('"https://***@…"')
})

test('the work is in proportion to the length', () => {
  expect(redactUrls('://a/'.repeat(200_000))).toHaveLength(1_000_000)
  expect(redactUrls('https://a:b@c ? @ #'.repeat(50_000)).length).toBeLessThan(1_000_000)
})
