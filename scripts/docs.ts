import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

// What is written from other files: from action.yml, the tables of inputs and outputs, the inputs' defaults as the code knows
// them, and what CI's step is given; from examples/, the lines that pages show. So what people copy is what is checked.

type Described = { readonly description: string; readonly default?: string; readonly required?: boolean }
type ActionFile = { readonly inputs: Record<string, Described>; readonly outputs: Record<string, Described> }

/** Lists the pages in Markdown, by path from the top folder, without the report that `npm run contract` may have left. */
export function pagesIn(root: string): string[] {
  return ['.', 'docs', 'docs/decisions'].flatMap(folder =>
    readdirSync(path.join(root, folder))
      .filter(name => name.endsWith('.md') && name !== 'contract-report.md')
      .map(name => path.posix.join(folder, name)),
  )
}

/** Returns the files as they should be, by path from the top folder. @throws {Error} where one lacks a section or lines. */
export function renderDocs(root: string): Map<string, string> {
  const text = (file: string): string => readFileSync(path.join(root, file), 'utf8')
  const action = parse(text('action.yml')) as ActionFile
  return new Map(
    [...new Set([...pagesIn(root), ...Object.keys(sections)])].map(file => {
      const written = Object.entries(sections[file] ?? {}).reduce(
        (whole, [name, content]) => withSection(file, whole, name, content(action)),
        text(file),
      )
      return [file, withIncludes(file, written, text)]
    }),
  )
}

/** The inputs by what people do. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Build an image': names(
    'mode client-id tenant-id subscription-id resource-group cluster-name image-name requirements-file extras',
    'dependency-groups language-version base-image-name timeout-minutes',
  ),
  'Use it': names('activate verify database verify-queries rollback'),
  'Check a pull request': names('comment resolve lock strict ignore-findings'),
  'Clean up': names('keep-latest'),
  'Rarely needed': names(
    'force wait environment audience language poll-interval-seconds summary github-token api-version',
  ),
}

/** What the README leaves out of the groups that it shows, and the outputs that it has. */
const lesserInputs = names(
  'extras dependency-groups base-image-name verify-queries rollback strict ignore-findings',
  groups['Rarely needed']!.join(' '),
)
const commonOutputs = names('state changed active-image activated verified portal-url plan')

function names(...lists: readonly string[]): readonly string[] {
  return lists.flatMap(list => list.split(' '))
}

/** What is made from action.yml: sections by file and name. */
const sections: Readonly<Record<string, Readonly<Record<string, (action: ActionFile) => readonly string[]>>>> = {
  'README.md': {
    inputs: action => {
      const [heading = '', line = ''] = inputTable(action, [])
      const rows = Object.entries(groups).map(([title, all]) => {
        const common = all.filter(name => !lesserInputs.includes(name))
        return common.length === 0
          ? []
          : [`| **${title}** | | |`, ...inputTable(action, common, firstSentence).slice(2)]
      })
      return ['', heading, line, ...rows.flat(), '']
    },
    outputs: action => {
      const common = Object.keys(action.outputs).filter(name => commonOutputs.includes(name))
      return ['', ...outputTable(action, common, firstSentence), '']
    },
  },
  'docs/reference.md': {
    inputs: action => {
      const missing = Object.keys(action.inputs).filter(name => !Object.values(groups).flat().includes(name))
      if (missing.length > 0) throw new Error(`scripts/docs.ts has no group for the inputs ${missing.join(', ')}`)
      const tables = Object.entries(groups).map(([title, names]) => [
        `### ${title}`,
        '',
        ...inputTable(action, names),
        '',
      ])
      return ['', ...tables.flat()]
    },
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

/** A property's name as the formatter leaves it. */
function key(name: string): string {
  return /^[a-z]+$/.test(name) ? name : `'${name}'`
}

function literal(text: string | undefined): string {
  return text === undefined ? 'undefined' : text.includes("'") ? JSON.stringify(text) : `'${text}'`
}

/** Takes the first sentence of a description, which says enough for somebody who looks for an input. */
function firstSentence(description: string): string {
  return /^.*?\.(?= |$)/.exec(description)![0]
}

function inputTable({ inputs }: ActionFile, names: readonly string[], shorten = (text: string) => text): string[] {
  const rows = names.map(name => {
    const { description, default: preset, required } = inputs[name]!
    const fallback = required === true ? 'required' : preset === undefined || preset === '' ? '' : `\`${preset}\``
    return `| \`${name}\` | ${fallback} | ${shorten(description)} |`
  })
  return ['| input | default | meaning |', '|---|---|---|', ...rows]
}

function outputTable(
  { outputs }: ActionFile,
  names = Object.keys(outputs),
  shorten = (text: string) => text,
): string[] {
  const rows = names.map(name => `| \`${name}\` | ${shorten(outputs[name]!.description)} |`)
  return ['| output | meaning |', '|---|---|', ...rows]
}

/** An included file, and of which lines: of all, or from the first with one text to the next with another, `"a" to "b"`. */
const include = /<!-- include (\S+)(?: lines (.*?))? -->\n[^]*?<!-- \/include -->/g

/** Lists the files that the pages show, by path from the top folder. */
export function includedFiles(pages: ReadonlyMap<string, string>): string[] {
  return [...pages.values()].flatMap(page => [...page.matchAll(include)].map(match => match[1]!))
}

function withIncludes(page: string, content: string, text: (file: string) => string): string {
  return content.replace(include, (_, file: string, ranges: string | undefined) => {
    const whole = text(file).trimEnd()
    const shown = ranges === undefined ? whole : excerptOf(file, whole, ranges)
    const block = `\`\`\`${languages.get(path.extname(file)) ?? ''}\n${shown}\n\`\`\``
    const link = `Whole file: [${file}](${path.posix.relative(path.posix.dirname(page), file)})`
    const parts = [`<!-- include ${file}${ranges === undefined ? '' : ` lines ${ranges}`} -->`, block]
    return [...parts, ...(ranges === undefined ? [] : [link]), '<!-- /include -->'].join('\n')
  })
}

/** Cuts the ranges out of a file, each moved to the left, with `# …` where lines are left out between them. */
export function excerptOf(file: string, whole: string, ranges: string): string {
  const lines = whole.split('\n')
  let from = 0
  const next = (wanted: string): number => {
    const found = lines.findIndex((line, index) => index >= from && line.includes(wanted))
    if (found === -1) throw new Error(`${file} has no line with ${JSON.stringify(wanted)} where a page shows it`)
    from = found
    return found
  }
  const parts = [...ranges.matchAll(/"(.*?)"(?: to "(.*?)")?/g)].map(([, start, end]) => {
    const begin = next(start!)
    const part = lines.slice(begin, (end === undefined ? begin : next(end)) + 1)
    from += 1
    const indent = Math.min(...part.filter(line => line !== '').map(line => line.search(/\S/)))
    return part.map(line => line.slice(indent)).join('\n')
  })
  return parts.join('\n# …\n')
}

const languages = new Map([
  ['.yml', 'yaml'],
  ['.bicep', 'bicep'],
  ['.tf', 'hcl'],
  ['.sh', 'bash'],
])

/** Puts the lines between the comments that mark a section, whatever comments are in that file, and as far in as they are. */
function withSection(file: string, text: string, name: string, lines: readonly string[]): string {
  const marked = new RegExp(`^( *)\\S+ ${name}: written by npm run docs.*\\n[^]*?^ *\\S+ /${name}\\b`, 'm').exec(text)
  if (marked === null) throw new Error(`${file} has no section ${name}`)
  const [whole, indent] = marked
  const content = lines.map(line => (line === '' ? '\n' : `${indent}${line}\n`)).join('')
  const [start, end] = [whole.slice(0, whole.indexOf('\n') + 1), whole.slice(whole.lastIndexOf('\n') + 1)]
  return `${text.slice(0, marked.index)}${start}${content}${end}${text.slice(marked.index + whole.length)}`
}
