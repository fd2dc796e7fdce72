/** Styles the page of a summary or a comment: close to GitHub's, light and dark. */
export const markdownStyle = `
:root { color-scheme: light dark; --text: #1f2328; --page: #fff; --faint: #f6f8fa; --line: #d1d9e0; --link: #0969da; --muted: #59636e; --code: #818b981f }
@media (prefers-color-scheme: dark) {
  :root { --text: #f0f6fc; --page: #0d1117; --faint: #151b23; --line: #3d444d; --link: #4493f8; --muted: #9198a1; --code: #656c7633 }
}
body { margin: 0 8px; background: var(--faint); color: var(--text);
  font: 16px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif }
header { max-width: 980px; margin: 24px auto 8px; padding: 0 16px; font-weight: 600 }
main { max-width: 932px; margin: 0 auto 48px; padding: 24px; background: var(--page);
  border: 1px solid var(--line); border-radius: 6px; overflow-wrap: break-word }
main > :first-child { margin-top: 0 }
main > :last-child { margin-bottom: 0 }
h1, h2 { padding-bottom: .3em; border-bottom: 1px solid var(--line) }
h1, h2, h3, h4 { margin: 24px 0 16px; font-weight: 600; line-height: 1.25 }
h2 { font-size: 1.5em } h3 { font-size: 1.25em }
a { color: var(--link) }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; margin: 0 0 16px }
th, td { padding: 6px 13px; border: 1px solid var(--line); text-align: left }
tr:nth-child(2n) { background: var(--faint) }
code, pre, kbd, samp { font: 85%/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
code { padding: .2em .4em; background: var(--code); border-radius: 6px; white-space: break-spaces }
pre { padding: 16px; overflow: auto; background: var(--faint); border-radius: 6px }
pre code { padding: 0; font-size: 100%; background: none; white-space: pre }
pre.mermaid { text-align: center; background: none }
blockquote { margin: 0 0 16px; padding: 0 1em; border-left: .25em solid var(--line); color: var(--muted) }
blockquote > :last-child { margin-bottom: 0 }
.note { border-color: var(--link); color: var(--text) } .note .title { margin: 0 0 4px; color: var(--link); font-weight: 500 }
details { margin: 0 0 16px } summary { cursor: pointer }
`
