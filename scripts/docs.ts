import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

// What of the documentation is made from other files: the tables of inputs and outputs, from action.yml, and the files of
// examples/ that pages show. So what people copy is what is checked.

type Described = { readonly description: string; readonly default?: string; readonly required?: boolean }
type ActionFile = { readonly inputs: Record<string, Described>; readonly outputs: Record<string, Described> }

/** The pages as they should be, by path from the top folder. @throws {Error} where one lacks a section, or a file is missing. */
export function renderDocs(root: string): Map<string, string> {
  const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
  const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map(file => `docs/${file}`)]
  const action = parse(text('action.yml')) as ActionFile
  const tables = (page: string): string =>
    withSection(withSection(page, 'inputs', inputTable(action)), 'outputs', outputTable(action))
  return new Map(
    pages
      .filter(file => file.endsWith('.md'))
      .map(file => [file, withIncludes(file === 'README.md' ? tables(text(file)) : text(file), text)]),
  )
}

/** The files that the pages show, by path from the top folder. */
export function includedFiles(pages: ReadonlyMap<string, string>): string[] {
  return [...pages.values()].flatMap(page => [...page.matchAll(include)].map(match => match[1]!))
}

const include = /<!-- include (\S+) -->\n[^]*?<!-- \/include -->/g

function withIncludes(page: string, text: (file: string) => string): string {
  return page.replace(include, (_, file: string) => {
    const block = `\`\`\`${languages.get(path.extname(file)) ?? ''}\n${text(file).trimEnd()}\n\`\`\``
    return `<!-- include ${file} -->\n\n${block}\n\n<!-- /include -->`
  })
}

const languages = new Map([
  ['.yml', 'yaml'],
  ['.bicep', 'bicep'],
  ['.tf', 'hcl'],
])

function inputTable({ inputs }: ActionFile): string {
  const rows = Object.entries(inputs).map(([name, { description, default: preset, required }]) => {
    const fallback = required === true ? 'required' : preset === undefined || preset === '' ? '' : `\`${preset}\``
    return `| \`${name}\` | ${fallback} | ${description} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function outputTable({ outputs }: ActionFile): string {
  const rows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`)
  return ['| output | meaning |', '|---|---|', ...rows].join('\n')
}

function withSection(text: string, name: string, content: string): string {
  const start = `<!-- ${name}: written by npm run docs -->`
  const end = `<!-- /${name} -->`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`README.md has no section ${name}`)
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`
}
