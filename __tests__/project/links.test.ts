import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { marked, type Token } from 'marked'
import { pagesIn } from '../../scripts/docs.js'

const root = path.resolve(import.meta.dirname, '../../..')
const pages = pagesIn(root)
const tokensOf = (page: string) => marked.lexer(readFileSync(path.join(root, page), 'utf8'))

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return tokensOf(page).flatMap(token =>
    token.type === 'heading'
      ? [
          (token['text'] as string)
            .toLowerCase()
            .replaceAll('`', '')
            .replace(/[^\p{L}\p{N}_ -]/gu, '')
            .replaceAll(' ', '-'),
        ]
      : [],
  )
}

function linksOf(page: string): string[] {
  const found: string[] = []
  const collect = (token: Token) => {
    if (token.type === 'link' || token.type === 'image') found.push(token['href'] as string)
  }
  void marked.walkTokens(tokensOf(page), collect)
  return found
}

describe.each(pages)('%s', page => {
  test('leads to what is there', () => {
    const dead = linksOf(page).filter(href => {
      if (/^https?:/.test(href)) return false
      const [file = '', anchor] = href.split('#')
      const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file)
      if (!existsSync(path.join(root, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(dead).toEqual([])
  })
})

test.each(pages.filter(page => page !== 'CHANGELOG.md'))(
  '%s has no two sections of one name, of which links reach one',
  page => {
    const anchors = anchorsOf(page)
    expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([])
  },
)

test('decisions are numbered, dated, and listed with their date and title', () => {
  const index = readFileSync(path.join(root, 'docs/decisions/README.md'), 'utf8')
  const decisions = pages.filter(page => /^docs\/decisions\/\d/.test(page)).toSorted()
  for (const [index0, page] of decisions.entries()) {
    const number = String(index0 + 1).padStart(3, '0')
    expect(page).toMatch(new RegExp(`/${number}-[a-z-]+\\.md$`))
    const [, title, date] = /^# (.+)\n\n(\d{4}-\d\d-\d\d)\n/.exec(readFileSync(path.join(root, page), 'utf8'))!
    expect(index).toContain(`| [${number}](${path.posix.basename(page)}) | ${date} | ${title} |`)
    expect(anchorsOf(page).slice(1)).toEqual(['context', 'decision', 'consequences'])
  }
  expect(decisions.length).toBeGreaterThan(10)
})

test('every page is reached from the README', () => {
  const reached = new Set<string>(['README.md'])
  for (const page of reached) {
    for (const href of linksOf(page)) {
      const target = path.posix.join(path.posix.dirname(page), href.split('#')[0]!)
      if (pages.includes(target)) reached.add(target)
    }
  }
  expect(pages.filter(page => !reached.has(page))).toEqual([])
})

test('the tests that docs/security.md names are there', () => {
  const text = readFileSync(path.join(root, 'docs/security.md'), 'utf8')
  const named = [...text.matchAll(/`((?:[\w-]+\/)*[\w.-]+\.ts)`: ([^|;)\n]+)/g)].map(([, file, words]) => [
    file!,
    words!.trim(),
  ])
  const absent = named.filter(([file, words]) => {
    return !readFileSync(path.join(root, '__tests__', file!), 'utf8')
      .replaceAll("\\'", "'")
      .includes(words!)
  })
  expect(absent).toEqual([])
  expect(named.length).toBeGreaterThan(35)
})
