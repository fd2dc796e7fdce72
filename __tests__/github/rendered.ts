import { recorded } from '../recorded.js'

/** What GitHub's renderer makes of a page. */
export type Rendered = {
  /** The texts outside of code and links, each once, in which GitHub then looks for mentions, references and commits. */
  readonly prose: readonly string[]
  /** Where its links lead, each once. */
  readonly links: readonly string[]
  /** The names of its elements, each once. */
  readonly elements: readonly string[]
  /** All of its text. */
  readonly shown: string
}

/** What cmark-gfm says, as recorded/markdown.json holds it. */
export type MarkdownSaid = {
  readonly said: string
  /** By the text, what is made of the page of it. */
  readonly pages: Readonly<Record<string, Rendered & { readonly markdown: string }>>
  /** By the text, what is made of it where nobody escapes anything. */
  readonly raw: Readonly<Record<string, Rendered>>
}

/** What the renderer says of the pages as they were when it was asked. */
export const markdownSaid = recorded('markdown') as MarkdownSaid

/**
 * What GitHub resolves in a text that is neither code nor a link, by the rules that remark-github documents
 * (https://github.com/remarkjs/remark-github#readme), taken widely, and of a few more that GitHub documents: advisories,
 * emoji and formulas.
 */
export function resolvedIn(prose: string): readonly string[] {
  const rules = [
    /@[a-z\d]/gi,
    /#\d/g,
    /\bGH-\d/gi,
    /\bGHSA-/gi,
    /(?<![a-z\d])[a-f\d]{7,40}(?![a-z\d])/gi,
    /:[a-z\d_+-]+:/gi,
    /\$/g,
  ]
  return rules.flatMap(rule => prose.match(rule) ?? [])
}
