import { describe, expect, test } from '@jest/globals'
import { availabilityOf } from '../../../src/requirements/index-facts/availability.js'
import { parseProjectPage } from '../../../src/requirements/index-facts/project-page.js'

const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
const WHEEL = 'x-1.0-py3-none-any.whl'
const file = (fields: object = {}) => JSON.stringify({ files: [{ filename: WHEEL, ...fields }] })
const read = { version: '1.0', wheelTags: 'py3-none-any', requiresPython: undefined, yanked: undefined }

describe('as JSON', () => {
  test.each([
    [file(), read],
    [file({ yanked: false, 'requires-python': null }), read],
    [file({ yanked: true, 'requires-python': '>=3.9' }), { ...read, yanked: '', requiresPython: '>=3.9' }],
    [file({ yanked: ' do\u001b[1m\nnot ' }), { ...read, yanked: 'do [1m not' }],
    [file({ yanked: 'x'.repeat(10_000) }), { ...read, yanked: 'x'.repeat(300) }],
    [file({ yanked: 7, 'requires-python': [] }), read],
  ])('%s', (text, expected) => {
    expect(parseProjectPage(text, `${JSON_TYPE}; charset=utf-8`, 'x')).toEqual([expected])
  })

  test('passes over what is no file, and knows a project without any', () => {
    expect(parseProjectPage('{"files":[null,7,{},[],{"filename":7}]}', JSON_TYPE, 'x')).toEqual([])
    expect(parseProjectPage('{"files":[]}', JSON_TYPE, 'x')).toEqual([])
  })

  test.each(['', '[]', '{}', '{"files":{}}', '{"files":', '<html></html>'])('%j is not known', text => {
    expect(parseProjectPage(text, JSON_TYPE, 'x')).toBeUndefined()
  })
})

describe('as HTML', () => {
  test.each([
    [`<a href="../../x/${WHEEL}#sha256=1">${WHEEL}</a>`, read],
    [`<A HREF='${WHEEL}?a/b'>`, read],
    [`<a href=${WHEEL}>`, read],
    [`<a\n  data-yanked\n  href\n=\n"${WHEEL}"`, { ...read, yanked: '' }],
    [
      `<a href="${WHEEL}" data-yanked="a &quot;b&quot; &#60;&#x3E; &#xd800; &#x110000; &amp;lt;">`,
      { ...read, yanked: 'a "b" <> � � &lt;' },
    ],
    [
      `<a href="${WHEEL}" data-requires-python="&gt;=3.9,&lt;4" href="y-1.0.zip">`,
      { ...read, requiresPython: '>=3.9,<4' },
    ],
    [`<a href="x-1.0%2Blocal-py3-none-any.whl">`, { ...read, version: '1.0+local' }],
    [`<!-- <a href="x-9.tar.gz"> --><abbr href="x-8.tar.gz"><p<a href="${WHEEL}">`, read],
  ])('%s', (text, expected) => {
    expect(parseProjectPage(text, 'text/html', 'x')).toEqual([expected])
    expect(parseProjectPage(text, 'Application/Vnd.PyPI.Simple.v1+HTML;q=1', 'x')).toEqual([expected])
  })

  test.each([
    '',
    '<h1>Sign in</h1><a href="/login">here</a>',
    `<!-- <a href="${WHEEL}">`,
    `<a href="%E0%A4%A">`,
    `a href="${WHEEL}"`,
  ])('%j is not known', text => {
    expect(parseProjectPage(text, 'text/html', 'x')).toBeUndefined()
  })
})

test.each(['', 'application/json', 'text/plain', 'application/vnd.pypi.simple.v2+json'])('not of type %j', type => {
  expect(parseProjectPage(file(), type, 'x')).toBeUndefined()
})

describe('of a hostile page', () => {
  const size = 10_000_000
  const filled = (piece: string) => piece.repeat(Math.floor(size / piece.length))

  // Each would take minutes, were any of it read more than once.
  test.each([
    ['<a ', 'text/html'],
    ['<a href="', 'text/html'],
    [`<a x='"<a y="'`, 'text/html'],
    ['<a a=b a=b a=b ', 'text/html'],
    ['<a             =', 'text/html'],
    ['<!-- ', 'text/html'],
    ['<', 'text/html'],
    ['&#38;', 'text/html'],
    [' ', 'text/html'],
    ['[', JSON_TYPE],
    ['\u0000', JSON_TYPE],
  ])('%j again and again, as %s', (piece, type) => {
    const start = type === 'text/html' ? '<a href="' : '{"files":'
    for (const text of [filled(piece), start + filled(piece)]) {
      expect(parseProjectPage(text, type, 'x')).toBeUndefined()
    }
  })

  test('spaces within tags', () => {
    expect(parseProjectPage(`<a href${' '.repeat(size)}><a ${' '.repeat(size)}`, 'text/html', 'x')).toBeUndefined()
  })

  test('has too many files to be believed', () => {
    const names = Array.from({ length: 100_000 }, (_, index) => `x-${index}-py3-none-any.whl`)
    const json = JSON.stringify({ files: names.map(filename => ({ filename })) })
    expect(parseProjectPage(json, JSON_TYPE, 'x')).toBeUndefined()
    const html = names.map(name => `<a href="${name}">`).join('')
    expect(parseProjectPage(html, 'text/html', 'x')).toBeUndefined()
  })

  test('has versions, tags and ranges without end', () => {
    const filename = (index: number) =>
      index % 2 === 0
        ? `x-1.${'0.'.repeat(100)}${index}.tar.gz`
        : `x-${index}-${'a.'.repeat(60)}a-${'b.'.repeat(60)}b-any.whl`
    const files = Array.from({ length: 20_000 }, (_, index) => ({
      filename: filename(index),
      'requires-python': `>=3.${index}${',!=3.1.*'.repeat(40)}`,
    }))
    const parsed = parseProjectPage(JSON.stringify({ files }), JSON_TYPE, 'x')!
    expect(parsed).toHaveLength(20_000)
    expect(availabilityOf(parsed, [], { pythonVersion: '3.10.8', preReleases: false }).kind).toBe('source')
  })
})
