import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

// What is written from other files: from action.yml, the tables of inputs and outputs, the inputs' defaults as the code knows
// them, and what CI's step is given; from examples/, the files that pages show. So what people copy is what is checked.

type Described = { readonly description: string; readonly default?: string; readonly required?: boolean }
type ActionFile = { readonly inputs: Record<string, Described>; readonly outputs: Record<string, Described> }

/** The files as they should be, by path from the top folder. @throws {Error} where one lacks a section, or is missing. */
export function renderDocs(root: string): Map<string, string> {
  const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
  const pages = ['README.md', ...readdirSync(path.join(root, 'docs')).map(file => `docs/${file}`)]
  const action = parse(text('action.yml')) as ActionFile
  const files = [...pages.filter(file => file.endsWith('.md')), ...Object.keys(sections)]
  return new Map(
    [...new Set(files)].map(file => {
      const written = Object.entries(sections[file] ?? {}).reduce(
        (whole, [name, content]) => withSection(file, whole, name, content(action)),
        text(file),
      )
      return [file, withIncludes(written, text)]
    }),
  )
}

/** What is made from action.yml: sections by file and name. */
const sections: Readonly<Record<string, Readonly<Record<string, (action: ActionFile) => readonly string[]>>>> = {
  'README.md': {
    inputs: action => ['', ...inputTable(action), ''],
    outputs: action => ['', ...outputTable(action), ''],
  },
  'src/inputs/input-names.ts': {
    inputs: ({ inputs }) =>
      Object.entries(inputs).map(([name, { default: preset }]) => `${key(name)}: ${literal(preset)},`),
  },
  '.github/workflows/ci.yml': {
    inputs: ({ inputs }) => Object.keys(inputs).map(name => `${name}: \${{ steps.world.outputs.${name} }}`),
  },
}

/** A property's name as Prettier leaves it. */
function key(name: string): string {
  return /^[a-z]+$/.test(name) ? name : `'${name}'`
}

function literal(text: string | undefined): string {
  return text === undefined ? 'undefined' : text.includes("'") ? JSON.stringify(text) : `'${text}'`
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

function inputTable({ inputs }: ActionFile): string[] {
  const rows = Object.entries(inputs).map(([name, { description, default: preset, required }]) => {
    const fallback = required === true ? 'required' : preset === undefined || preset === '' ? '' : `\`${preset}\``
    return `| \`${name}\` | ${fallback} | ${description} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows]
}

function outputTable({ outputs }: ActionFile): string[] {
  const rows = Object.entries(outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`)
  return ['| output | meaning |', '|---|---|', ...rows]
}

/** Puts the lines between the comments that mark a section, whatever comments are in that file, and as far in as they are. */
function withSection(file: string, text: string, name: string, lines: readonly string[]): string {
  const marked = new RegExp(`^( *)\\S+ ${name}: written by npm run docs.*\\n[^]*?^ *\\S+ /${name}\\b`, 'm').exec(text)
  if (marked === null) throw new Error(`${file} has no section ${name}`)
  const [whole, indent] = marked
  const content = lines.map(line => (line === '' ? '\n' : `${indent}${line}\n`)).join('')
  const [start, end] = [whole.slice(0, whole.indexOf('\n') + 1), whole.slice(whole.lastIndexOf('\n') + 1)]
  return `${text.slice(0, marked.index)}${start}${content}${end}${text.slice(marked.index + whole.length)}`
}
