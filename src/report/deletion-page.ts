import { code, escapeMarkdown } from '../github/markdown.js'
import { paragraphs, factTable, fitParts, fitTable, heading } from './markdown-blocks.js'
import type { Fact, Words } from './markdown-blocks.js'

/** What the page of a deletion shows. All texts are plain. */
export type DeletionContent = Words & {
  readonly images: readonly { readonly name: string; readonly fate: string }[]
  readonly facts: readonly Fact[]
}

/** The deletion as Markdown: what came of it first, then each image. @param limit bytes. */
export function deletionMarkdown(content: DeletionContent, limit: number): string {
  const { images, facts } = content
  const row = ({ name, fate }: (typeof images)[number]) => [code(name), escapeMarkdown(fate)]
  const parts = [
    heading(content),
    ...paragraphs(content, '', limit / 4),
    fitTable(['Image', ''], images, row, limit / 3),
    factTable('', facts, limit / 4),
  ]
  return `${fitParts(
    parts.filter(part => part !== ''),
    limit,
  )}\n`
}
