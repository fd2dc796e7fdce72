import { describe, expect, test } from '@jest/globals'
import { renderMarkdown, renderMarkdownPage } from '../../emulator/demo/markdown-page.js'

describe('Markdown', () => {
  test.each([
    ['**bold** and `code`', '<p><strong>bold</strong> and <code>code</code></p>\n'],
    ['<details open><summary>More</summary>\n\n- a\n\n</details>', /<details open><summary>More<\/summary>\n*<ul>/],
    ['[docs](https://example.com/?a=1&b=2)', '<p><a href="https://example.com/?a=1&amp;b=2">docs</a></p>\n'],
    ['a &lt; b &amp; c', '<p>a &lt; b &amp; c</p>\n'],
    ['<a href="https://example.com">x</a>', '<p><a href="https://example.com">x</a></p>\n'],
    ['```mermaid\ngantt\n  a : 1, 2\n```', '<pre class="mermaid">gantt\n  a : 1, 2</pre>\n'],
    ['```\n<b>\n```', '<pre><code>&lt;b&gt;</code></pre>\n'],
    ['```\n&#64;\n```', '<pre><code>&amp;#64;</code></pre>\n'],
  ])('is drawn: %s', (markdown, html) => {
    if (typeof html === 'string') expect(renderMarkdown(markdown)).toBe(html)
    else expect(renderMarkdown(markdown)).toMatch(html)
  })

  test.each([
    '<script>alert(1)</script>',
    'x <img src=x onerror=alert(1)> y',
    '<b onclick="alert(1)">b</b>',
    '<details ontoggle=alert(1) open>x</details>',
    '[x](javascript:alert(1))',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="https://x" onmouseover="alert(1)">x</a>',
    '![x](https://example.com/pixel.png)',
    '<!-- --><iframe src="https://example.com"></iframe>',
    '```mermaid\n</pre><script>alert(1)</script>\n```',
    '<b/onclick=alert(1)>x',
    '<<b>script>alert(1)</script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ])('does no harm: %s', markdown => {
    const html = renderMarkdown(markdown)
    expect(html).not.toMatch(/<(script|img|iframe)/i)
    expect(html).not.toMatch(/<[^>]*\bon\w+\s*=/i)
    expect(html).not.toMatch(/<[^>]*javascript:/i)
  })
})

test('the page stands alone and lets no foreign script run', () => {
  const page = renderMarkdownPage('Job <summary>', '# Done')
  expect(page).toContain('<title>Job &lt;summary&gt;</title>')
  expect(page).toContain('<h1>Done</h1>')
  expect(page).toMatch(/default-src 'none';.*script-src 'nonce-[\w-]+'/)
  expect(page).not.toMatch(/(?:src|href)="https?:/)
})
