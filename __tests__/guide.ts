import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../emulator/github/project.js'

/** The codes that have a section in the troubleshooting guide. */
export function guideSections(): ReadonlySet<string> {
  return headings('docs/troubleshooting.md', /^### ([a-z-]+)$/gm)
}

/** The findings that have a section in the page about them. */
export function findingSections(): ReadonlySet<string> {
  return headings('docs/findings.md', /^#+ `?([a-z-]+)`?$/gm)
}

function headings(page: string, pattern: RegExp): ReadonlySet<string> {
  const text = readFileSync(join(projectRoot, page), 'utf8')
  return new Set([...text.matchAll(pattern)].map(match => match[1]!))
}
