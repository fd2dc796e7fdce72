import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Marked } from 'marked'
import { markdownStyle } from './markdown-style.js'

/** Tags that GitHub lets through in Markdown; all attributes but those below are taken away. */
const allowedTags =
  'a|b|blockquote|br|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|ol|p|pre|s|samp|strong|sub|summary|sup|' +
  'table|tbody|td|tfoot|th|thead|tr|ul'

/** Writes a summary or a comment as a page that a browser opens without any network, and returns the page's path. */
export async function writeMarkdownPage(
  folder: string,
  name: string,
  title: string,
  markdown: string,
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const mermaid = createRequire(import.meta.url).resolve('@mermaid-js/tiny/dist/mermaid.tiny.js')
  await copyFile(mermaid, join(folder, 'mermaid.js'))
  const page = join(folder, `${name}.html`)
  await writeFile(page, renderMarkdownPage(title, markdown))
  return page
}

/** Returns the page; whatever HTML the Markdown holds is as harmless in it as on GitHub. */
export function renderMarkdownPage(title: string, markdown: string): string {
  const nonce = randomUUID()
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'nonce-${nonce}'`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${markdownStyle}</style>
</head>
<body>
<header>${escapeHtml(title)}</header>
<main>
${renderMarkdown(markdown)}
</main>
<script nonce="${nonce}" src="mermaid.js"></script>
<script nonce="${nonce}">
const dark = matchMedia('(prefers-color-scheme: dark)').matches
mermaid.initialize({ startOnLoad: false, securityLevel: 'strict', theme: dark ? 'dark' : 'default' })
// What is not seen has no size to be drawn in.
const draw = () => mermaid.run({ nodes: [...document.querySelectorAll('.mermaid')].filter(each => each.offsetParent) })
document.addEventListener('toggle', draw, true)
window.drawn = open => {
  for (const each of document.querySelectorAll('details')) each.open ||= open
  return draw()
}
draw()
</script>
</body>
</html>
`
}

/** Returns GitHub-flavoured Markdown as HTML without scripts, images or outside styles. */
export function renderMarkdown(markdown: string): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => keepAllowedTags(text),
      image: ({ text }) => escapeHtml(text),
      blockquote({ tokens }) {
        const html = this.parser.parse(tokens)
        const note = html.replace(/^<p>\[!NOTE\]\s*/, '<p class="title">Note</p><p>')
        return `<blockquote${note === html ? '' : ' class="note"'}>${note}</blockquote>\n`
      },
      code: ({ text, lang }) =>
        lang === 'mermaid'
          ? `<pre class="mermaid">${escapeCode(text)}</pre>\n`
          : `<pre><code>${escapeCode(text)}</code></pre>\n`,
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        return isWebAddress(href) ? `<a href="${escapeHtml(href)}">${text}</a>` : text
      },
    },
  })
  return marked.parse(markdown, { async: false })
}

function keepAllowedTags(html: string): string {
  const tag = new RegExp(`<(/?)(${allowedTags})((?:\\s[^<>]*)?)/?>`, 'giu')
  let kept = ''
  let end = 0
  for (const match of html.replace(/<!--.*?-->/gs, '').matchAll(tag)) {
    const [whole, slash = '', name = '', attributes = ''] = match
    kept += escapeHtml(match.input.slice(end, match.index))
    kept += `<${slash}${name.toLowerCase()}${slash ? '' : keepAllowedAttributes(name.toLowerCase(), attributes)}>`
    end = match.index + whole.length
  }
  return kept + escapeHtml(html.replace(/<!--.*?-->/gs, '').slice(end))
}

function keepAllowedAttributes(tag: string, attributes: string): string {
  if (tag === 'details') return /\sopen(\s|=|$)/i.test(attributes) ? ' open' : ''
  const href = tag === 'a' ? /\shref\s*=\s*"([^"]*)"/i.exec(attributes)?.[1] : undefined
  return href !== undefined && isWebAddress(href) ? ` href="${escapeHtml(href)}"` : ''
}

function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address)
}

/** Escapes code for HTML, in which an entity is none. */
function escapeCode(text: string): string {
  return escapeHtml(text.replaceAll('&', '&amp;'))
}

/** Escapes text for HTML; an entity that is already there stays one. */
function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
  return text.replace(/[<>"']|&(?!(?:#\d+|#x[\da-f]+|\w+);)/gi, character => entities[character] ?? character)
}
