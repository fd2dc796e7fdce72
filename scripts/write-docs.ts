import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

// Writes the tables of inputs and outputs into the README, from action.yml. With --check it only compares.

type Described = { readonly description: string; readonly default?: string; readonly required?: boolean }
type ActionFile = { readonly inputs: Record<string, Described>; readonly outputs: Record<string, Described> }

const root = path.resolve(import.meta.dirname, '../..')
const readme = path.join(root, 'README.md')
const action = parse(readFileSync(path.join(root, 'action.yml'), 'utf8')) as ActionFile

const before = readFileSync(readme, 'utf8')
const after = withSection(withSection(before, 'inputs', inputTable()), 'outputs', outputTable())
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('The tables of README.md are not those of action.yml: run "npm run docs".')
    process.exit(1)
  }
} else {
  writeFileSync(readme, after)
}

function inputTable(): string {
  const rows = Object.entries(action.inputs).map(([name, { description, default: preset, required }]) => {
    const fallback = required === true ? 'required' : preset === undefined || preset === '' ? '' : `\`${preset}\``
    return `| \`${name}\` | ${fallback} | ${description} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function outputTable(): string {
  const rows = Object.entries(action.outputs).map(([name, { description }]) => `| \`${name}\` | ${description} |`)
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
