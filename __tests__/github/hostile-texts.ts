import { code, codeBlock, escapeMarkdown, link, table } from '../../src/github/markdown.js'
import { note, quotation, stack } from '../../src/report/markdown-blocks.js'

/** Of which GitHub makes a mention, a reference, a link or an e-mail address, as Markdown or after it. */
export const RESOLVED = [
  'ask @octocat and @contoso/data-team',
  'see #1, GH-12 and contoso/forecasting#3',
  'in contoso@6dcb09b or contoso/forecasting@6dcb09b5b57875f334f61aebed695e2e4193db5e',
  'since 6dcb09b5b57875f334f61aebed695e2e4193db5e, or 6dcb09b...a94a8fe, and defaced 1048576',
  'a deadbee-x, x-deadbee, a-GHSA-abcd and not-ghsa-efgh',
  '&#64;octocat &#x40;octocat &commat;octocat &#35;1',
  'contoso/forecasting&#35;1',
  'https://evil.example/x www.evil.example http://evil.example ftp://evil.example',
  'mail mallory@evil.example or mailto:mallory@evil.example',
  '<https://evil.example>',
  '<mallory@evil.example>',
  '[link](https://evil.example) ![image](https://evil.example/x.png)',
  '[link]\n\n[link]: https://evil.example',
  '<a href="https://evil.example">link</a><img src=x>',
]

/** Which Markdown or HTML would make something of, or that could end what they stand in. */
const STRUCTURAL = [
  '<script>alert(1)</script>',
  '<!-- kusto-sandbox-image -->',
  '</code></pre></td></details><h1>Injected</h1>',
  '| a | b |',
  'a\\|b \\\\| \\',
  '`code` ``two`` ```',
  '`',
  '```mermaid',
  '~~~ and **bold** _it_ ~~no~~',
  '# title',
  '- item',
  '1. item',
  '1) item',
  '+ item',
  '> quote',
  '---',
  '===',
  '[x](javascript:alert(1))',
  '[^1] [x][y] [ ] [x]',
  '$x$ $$y$$ $`z`$',
  ':tada: &lt; &#60; &amp;',
  '    four spaces',
  '"@octocat" ("#1"), "two @words here"; "a"b"@c"',
  `${'`'.repeat(300)} ${'`'.repeat(100)}`,
  Array.from({ length: 60 }, (_, index) => '`'.repeat(index + 1)).join(' '),
  'right\u202eleft \u0000 \u001b[31m',
  '@\u200boctocat ＠octocat',
]

/** All of them. */
export const HOSTILE = [...RESOLVED, ...STRUCTURAL]

const url = 'https://github.com/contoso/forecasting/blob/main/a%20(1).txt#L1'

/** A text in each of the places in which a page shows one. */
export function pageOf(text: string): string {
  return [
    `### ✅ ${escapeMarkdown(text)}`,
    escapeMarkdown(text),
    `- ${link(code(text), url)} ${escapeMarkdown(text)}`,
    table(['', ''], [[link(code(text), url), escapeMarkdown(text)]]),
    codeBlock([text, `  ${text}`]),
    stack([
      note(escapeMarkdown(text)),
      quotation({ by: text, text: `${text}\n  ${text}` }),
      quotation({ by: 'Azure', text }),
    ])(100_000),
  ].join('\n\n')
}
