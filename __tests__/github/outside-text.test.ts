import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { sanitize, sanitizeLine } from '../../src/github/sanitize.js'
import { code, codeBlock, escapeLine, escapeMarkdown, link, table } from '../../src/github/markdown.js'
import { quotation, stack } from '../../src/report/markdown-blocks.js'
import { drawnBy } from './drawn.js'
import { HOSTILE, pageOf, RESOLVED } from './hostile-texts.js'
import { markdownSaid, resolvedIn } from './rendered.js'

describe('harmless', () => {
  test.each([
    ['plain text stays: a::b ## [x]', 'plain text stays: a::b ## [x]'],
    ['::add-mask::x', ':\u200b:add-mask::x'],
    ['  ::error::x', '  :\u200b:error::x'],
    ['a\n\t::stop-commands::y', 'a\n\t:\u200b:stop-commands::y'],
    ['a\r::error::x', 'a\n:\u200b:error::x'],
    ['a\u2028::error::x', 'a\n:\u200b:error::x'],
    ['see ##[error]x', 'see ##\u200b[error]x'],
    ['###[group]x', '###\u200b[group]x'],
    ['\u001b[31mred\u001b]8;;https://x\u0007', '�[31mred�]8;;https://x�'],
    ['\u009b31m', '�31m'],
    ['a\u202eb\u0000c', 'a�b�c'],
    ['tab\tstays', 'tab\tstays'],
  ])('%j', (text, expected) => {
    expect(sanitize(text)).toBe(expected)
  })

  test('no line of any text is a command to the runner', () => {
    const piece = fc.constantFrom(
      '::',
      ':',
      '##[',
      '##',
      '[',
      '\n',
      '\r',
      ' ',
      '\u2028',
      '\u0085',
      '\u000b',
      '\u001b',
      'error',
      '\ufeff',
      '\u00a0',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), pieces => {
        for (const line of sanitize(pieces.join('')).split(/\r\n|\r|\n/)) {
          expect(line.trim().startsWith('::')).toBe(false)
          expect(line).not.toContain('##[')
          expect(line).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
        }
        expect(sanitizeLine(pieces.join(''))).not.toContain('\n')
      }),
    )
  })
})

describe('GitHub makes nothing of a hostile text on a page', () => {
  test.each(HOSTILE)('%j', text => {
    const page = markdownSaid.pages[text]!
    // Where this fails, the page has changed since the renderer was asked: npm run oracle -- --only markdown --write
    expect(pageOf(text)).toBe(page.markdown)
    expect(page.prose.flatMap(resolvedIn)).toEqual([])
    expect(page.links).toEqual(['https://github.com/contoso/forecasting/blob/main/a%20%281%29.txt#L1'])
    expect(page.elements.filter(name => !ownElements.includes(name))).toEqual([])
    const words = text
      .replace(/[\u0000\u001b\u202e]/g, '�')
      .replaceAll('"', '')
      .split(/\s+/)
    for (const word of words) expect(page.shown.replace(/["\u200b]/g, '')).toContain(word.replace(/\u200b/g, ''))
  })

  // Else the test above could not fail.
  test.each(RESOLVED)('of which it makes something where nobody escapes it: %j', text => {
    const { prose, links } = markdownSaid.raw[text]!
    expect([...prose.flatMap(resolvedIn), ...links]).not.toEqual([])
  })
})

const ownElements = [
  'a',
  'blockquote',
  'br',
  'code',
  'h3',
  'li',
  'p',
  'pre',
  'strong',
  'table',
  'tbody',
  'td',
  'th',
  'thead',
  'tr',
  'ul',
]

const ownKinds = ['table', 'paragraph', 'text', 'codespan', 'code', 'space', 'blockquote', 'strong', 'br']

describe('a sentence', () => {
  test.each([
    [
      'Image forecasting on cluster adx was built in 7 min 41 s.',
      'Image forecasting on cluster adx was built in 7 min 41 s.',
    ],
    [
      'It’s up to date, isn\'t it? Yes: 100% (well, "nearly")…',
      'It’s up to date, isn\'t it? Yes: 100% (well, "nearly")…',
    ],
    ['Größe und 数据 → 1,024.5', 'Größe und 数据 → 1,024.5'],
    ['Pin it with "==".', 'Pin it with `==`.'],
    ['Certificates & secrets', 'Certificates & secrets'],
    ['a &amp; b &', 'a `&amp`; b &'],
    ['"a b" and "numpy >= 1, <2" differ', '"a b" and `numpy >= 1, <2` differ'],
    ['in requirements.txt, line 3:', 'in `requirements.txt`, line 3:'],
    ['Run python() (see https://learn.microsoft.com).', 'Run `python()` (see `https://learn.microsoft.com`).'],
    ['1. one', '`1.` one'],
    ['a\r\nb\u2028c\td', 'a b c d'],
    ['', ''],
  ])('%j is written as %j', (sentence, markdown) => {
    expect(escapeMarkdown(sentence)).toBe(markdown)
  })

  test('of any characters is shown as it is, and is nothing else', () => {
    const piece = fc.oneof(
      fc.constantFrom('@', '#', '`', '``', '|', '\\', '"', '(', ')', '<', '>', '*', '_', '[', ']', '~', '$', ':', '/'),
      fc.constantFrom(
        ' ',
        '.',
        ',',
        '1',
        'a',
        'word',
        'octocat',
        'https://',
        'www.',
        '&#64;',
        '<!--',
        '-',
        '+',
        '=',
        '!',
      ),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), pieces => {
        const text = pieces.join('')
        const said = stack([quotation({ by: text, text: `${text}\n${text}` })])(100_000)
        for (const markdown of [escapeMarkdown(text), escapeLine(text, 5), code(text), codeBlock([text, text]), said]) {
          const drawn = drawnBy(`| a |\n| - |\n| x |\n\n${markdown}`)
          expect(drawn.resolved).toEqual([])
          expect({ links: drawn.links, html: drawn.html }).toEqual({ links: [], html: [] })
          expect(drawn.kinds.filter(kind => !ownKinds.includes(kind))).toEqual([])
        }
        const cells = drawnBy(table(['a', 'b'], [[code(text), escapeMarkdown(text)]]))
        expect(cells.columns).toEqual([2])
        expect(cells.resolved).toEqual([])
      }),
    )
  })
})

test('text that is too long is cut after it lost its passwords', () => {
  const url = `https://user:${'s3cret'.repeat(500)}@host.example/x`
  for (const markdown of [escapeMarkdown(`see ${url}`), code(url), codeBlock([url])]) {
    expect(markdown).toContain('https://***@host.example/x')
  }
  expect(code('x'.repeat(5_000))).toHaveLength(2_003)
})

describe('link', () => {
  test.each([
    undefined,
    'javascript:alert(1)',
    'http://x',
    'https://x/"onclick="',
    'https://x/<b>',
    'https://x y',
    'https://x|y',
  ])('%j is no link', url => {
    expect(link('x', url)).toBe('x')
  })
  test('https is', () => {
    expect(link('x', 'https://github.com/a/b?c=1&d=2#L3')).toBe('[x](https://github.com/a/b?c=1&amp;d=2#L3)')
  })
})
