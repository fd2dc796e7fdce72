import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { harmless, harmlessLine } from '../../src/github/harmless.js'
import { code, codeBlock, escaped, link } from '../../src/github/markdown.js'
import { marked } from 'marked'

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
    expect(harmless(text)).toBe(expected)
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
        for (const line of harmless(pieces.join('')).split(/\r\n|\r|\n/)) {
          expect(line.trim().startsWith('::')).toBe(false)
          expect(line).not.toContain('##[')
          expect(line).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
        }
        expect(harmlessLine(pieces.join(''))).not.toContain('\n')
      }),
    )
  })
})

describe('escaped', () => {
  const nasty = [
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '| a | b |',
    '`code` ```fence',
    '**bold** _it_ ~~no~~',
    '# title\n- list\n1. one\n> quote\n---',
    '@octocat #1 https://evil.example www.evil.example',
    '<!-- x --> &lt; &#60;',
    '\\[x\\]',
    '![x](https://evil.example/p.png)',
    '</code></pre></td></details>',
    '$x$ $$y$$ :tada:',
  ]

  test.each(nasty)('%j is shown as it is', async text => {
    for (const markdown of [escaped(text), code(text), codeBlock([text]), `| a |\n| - |\n| ${code(text)} |`]) {
      const html = await marked.parse(markdown, { gfm: true })
      expect(html).not.toMatch(/<(?!\/?(p|code|pre|br|table|thead|tbody|tr|th|td)\b)/)
      const shown = decoded(html.replace(/<[^>]*>/g, ''))
      for (const word of text.split(/\s+/)) expect(shown).toContain(word)
    }
  })

  test('it stays on one line', () => {
    expect(escaped('a\r\nb\u2028c\td')).toBe('a b c d')
  })
})

describe('link', () => {
  test.each([undefined, 'javascript:alert(1)', 'http://x', 'https://x/"onclick="', 'https://x/<b>', 'https://x y'])(
    '%j is no link',
    url => {
      expect(link('x', url)).toBe('x')
    },
  )
  test('https is', () => {
    expect(link('x', 'https://github.com/a/b?c=1&d=2#L3')).toBe('<a href="https://github.com/a/b?c=1&amp;d=2#L3">x</a>')
  })
})

/** What a browser makes of character references, each once. */
function decoded(html: string): string {
  const named: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' }
  return html.replace(/&(?:#(\d+)|(\w+));/g, (_, number?: string, name = '') =>
    number === undefined ? (named[name] ?? '?') : String.fromCharCode(Number(number)),
  )
}
