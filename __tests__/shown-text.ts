/** A page as a person reads it: without the marks of code and of links, and cells as they are. */
export function shownText(markdown: string): string {
  return markdown
    .replace(/\[(?=[^[\]]*\]\(https:)/g, '')
    .replace(/\]\(https:[^)\s]*\)/g, '')
    .replace(/[`\u200b]/g, '')
    .replaceAll('\\|', '|')
}
