import { Marked, type Token } from 'marked'
import { resolvedIn } from './rendered.js'

/** What a renderer makes of Markdown. It is not GitHub's own, but it draws any page while tests run. */
export type Drawn = {
  /** What GitHub would make of the text outside of code and links: mentions, references, commits. */
  readonly resolved: readonly string[]
  /** Where links and images lead. */
  readonly links: readonly string[]
  /** HTML, comments too. */
  readonly html: readonly string[]
  /** The kinds of its parts. */
  readonly kinds: readonly string[]
  /** The number of columns of each row of its tables. */
  readonly columns: readonly number[]
}

/** Draws a page. */
export function drawnBy(markdown: string): Drawn {
  const marked = new Marked({ gfm: true })
  const tokens = marked.lexer(markdown)
  const drawn = { resolved: [] as string[], links: [] as string[], html: [] as string[], kinds: new Set<string>() }
  const columns: number[] = []
  const read = (token: Token, isLinked: boolean): void => {
    drawn.kinds.add(token.type)
    if (token.type === 'html') drawn.html.push(token.raw.trim())
    if (token.type === 'link' || token.type === 'image') drawn.links.push(token['href'] as string)
    const linked = isLinked || token.type === 'link'
    const inner = innerOf(token)
    for (const each of inner) read(each, linked)
    if (token.type === 'table') columns.push(...(token['rows'] as unknown[][]).map(row => row.length))
    if ((token.type === 'text' || token.type === 'escape') && inner.length === 0 && !isLinked) {
      drawn.resolved.push(...resolvedIn(token['text'] as string))
    }
  }
  for (const token of tokens) read(token, false)
  return { ...drawn, kinds: [...drawn.kinds], columns }
}

function innerOf(token: Token): readonly Token[] {
  if (token.type === 'table') {
    const cells = [token['header'], ...(token['rows'] as unknown[])].flat() as { tokens: Token[] }[]
    return cells.flatMap(cell => cell.tokens)
  }
  if (token.type === 'list') return token['items'] as Token[]
  return 'tokens' in token ? (token.tokens ?? []) : []
}
