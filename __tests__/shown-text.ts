/** A page as a person reads it: without the marks of code and of links, and cells as they are. */
export function shownText(markdown: string): string {
  return markdown
    .replace(/\[(?=[^[\]]*\]\(https:)/g, '')
    .replace(/\]\(https:[^)\s]*\)/g, '')
    .replace(/[`\u200b]/g, '')
    .replaceAll('\\|', '|')
}

/** The rows of a page's tables, each the text of its cells. */
export function tableRows(markdown: string): string[][] {
  const rows = markdown.split('\n').filter(line => line.startsWith('|') && !/^[|: -]+$/.test(line))
  return rows.map(row =>
    row
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => shownText(cell).trim()),
  )
}

/** The row of a page's tables of which a cell is this, as one text; empty where there is none. */
export function tableRow(markdown: string, cell: string): string {
  return (
    tableRows(markdown)
      .find(cells => cells.includes(cell))
      ?.join(' | ') ?? ''
  )
}
