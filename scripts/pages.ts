import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { simulateScenario } from '../__tests__/simulated/scenario.js'
import { writeMarkdownPage } from '../emulator/demo/markdown-page.js'
import { scenarios } from '../emulator/demo/scenario-run.js'
import { readRequirementFiles, type Scenario } from '../emulator/demo/scenarios/scenario.js'
import { findBrowser, startBrowser, type View } from './browser.js'

const usage = `npm run pages                     writes each scenario's summary and comment to build/pages/, as HTML, and as
                                  PNG where a browser is found (CHROME_PATH, chromium, google-chrome)
npm run pages -- --only plan,...  those of these scenarios
npm run pages -- --docs           the pictures of docs/images/`

const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, 'build/pages')

/** The pictures of the documentation: the scenario, and which of its pages. */
const pictures: Readonly<Record<string, readonly [scenario: string, page: string]>> = {
  'plan-comment': ['plan', 'comment'],
  'plan-findings': ['plan-findings', 'summary'],
  'verify-fails': ['verify-fails', 'summary'],
}
/** As wide as a summary is on a desktop, and on a phone. */
const widths = [1012, 390]
const views: readonly (readonly [name: string, view: View])[] = [
  ['light', { scheme: 'light', open: false }],
  ['dark', { scheme: 'dark', open: false }],
  ['open', { scheme: 'light', open: true }],
]
/** As wide as a README, and sharp. */
const docsSize = { width: 830, scale: 2 }

type Page = { readonly scenario: Scenario; readonly name: string; readonly file: string }

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    docs: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
if (values.help) console.log(usage)
else process.exitCode = await main()

async function main(): Promise<number> {
  const wanted = values.docs ? Object.values(pictures).map(([scenario]) => scenario) : values.only?.split(',')
  const program = findBrowser(process.env)
  if (values.docs && program === undefined) throw new Error('there is no browser: set CHROME_PATH')
  await rm(folder, { recursive: true, force: true })
  const requirements = await readRequirementFiles(path.join(root, 'examples/forecasting/requirements.txt'))
  const pages: Page[] = []
  let unexpected = 0
  for (const scenario of scenarios.filter(({ name }) => wanted?.includes(name) ?? true)) {
    const { surprises, step, world } = await simulateScenario(scenario, requirements)
    const [comment] = world.api.comments
    const texts = { summary: step.summary, ...(comment && { comment: comment.body }) }
    for (const surprise of surprises) console.log(`${scenario.name}: ${surprise}`)
    unexpected += surprises.length
    for (const [name, markdown] of Object.entries(texts)) {
      const file = `${scenario.name}-${name}`
      await writeMarkdownPage(folder, file, `${scenario.name}: ${name}`, markdown)
      await writeFile(path.join(folder, `${file}.md`), markdown)
      pages.push({ scenario, name, file })
    }
  }
  await writeFile(path.join(folder, 'index.html'), indexOf(pages, program !== undefined && !values.docs))
  console.log(`${pages.length} pages: ${pathToFileURL(path.join(folder, 'index.html')).href}`)
  if (program !== undefined) await shootAll(pages, program)
  return unexpected === 0 ? 0 : 1
}

async function shootAll(pages: readonly Page[], program: string): Promise<void> {
  const browser = await startBrowser(program)
  const load = (file: string, width: number, scale: number) =>
    browser.load(pathToFileURL(path.join(folder, `${file}.html`)).href, width, scale)
  try {
    for (const { file } of values.docs ? [] : pages) {
      for (const width of widths) {
        await load(file, width, 1)
        for (const [name, view] of views) {
          await writeFile(path.join(folder, `${file}-${width}-${name}.png`), await browser.shoot(view))
        }
      }
    }
    for (const [picture, [scenario, name]] of values.docs ? Object.entries(pictures) : []) {
      await load(`${scenario}-${name}`, docsSize.width, docsSize.scale)
      const shot = await browser.shoot({ scheme: 'light', open: false })
      await writeFile(path.join(root, `docs/images/${picture}.png`), shot)
    }
  } finally {
    await browser.close()
  }
}

function indexOf(pages: readonly Page[], hasPictures: boolean): string {
  const rows = pages.map(({ scenario, name, file }) => {
    const names = widths.flatMap(width => views.map(([view]) => `${width}-${view}`))
    const shots = hasPictures ? names.map(view => `<a href="${file}-${view}.png">${view}</a>`) : []
    const links = [`<a href="${file}.html">${name}</a>`, `<a href="${file}.md">raw</a>`, ...shots]
    return `<tr><td>${scenario.name}<td>${links.join(' ')}<td>${scenario.shows.replaceAll('<', '&lt;')}`
  })
  const style =
    'body { font: 15px/1.5 sans-serif; color-scheme: light dark } td { padding: 2px 12px; vertical-align: top }'
  return `<!doctype html><meta charset="utf-8"><title>Pages</title><style>${style}</style><table>\n${rows.join('\n')}\n</table>\n`
}
