import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { recordedFile } from '../__tests__/recorded.js'
import { differences } from './differences.js'
import { readOptions, usage } from './options.js'
import type { Part } from './part.js'
import { parts } from './parts.js'
import { recordedText } from './recorded-text.js'

/** As many differences of a part are printed; of more, only their number. */
const SHOWN = 40

/** Asks one part. Returns what differs from what is recorded, or is wrong. */
async function problemsOf(part: Part, write: boolean): Promise<readonly string[]> {
  if ('check' in part) return await part.check()
  // Once through JSON, as it is recorded.
  const text = recordedText(await part.ask())
  const file = part.file ?? recordedFile(part.name)
  const problems = differences(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}, JSON.parse(text))
  if (!write) return problems
  writeFileSync(file, text)
  console.log(`${part.name}: written, with ${problems.length} differences.`)
  return []
}

async function main(args: readonly string[]): Promise<void> {
  const names = parts.map(({ name }) => name)
  const { help, write, only } = readOptions(args, names)
  if (help) return console.log(usage(names))
  // What tools say of this machine is said in the tests of every machine.
  if (process.platform !== 'linux') throw new Error('What the tests hold was said on Linux: run this there, or in CI.')
  for (const part of parts.filter(({ name }) => only === undefined || name === only)) {
    const problems = await problemsOf(part, write)
    for (const problem of problems.slice(0, SHOWN)) console.log(`${part.name}: ${problem}`)
    if (problems.length > SHOWN) console.log(`${part.name}: and ${problems.length - SHOWN} more`)
    if (problems.length > 0) process.exitCode = 1
    else console.log(`${part.name}: as expected.`)
  }
  if (process.exitCode === 1)
    console.log('Look at what is said now, then write it down with --write and run the tests.')
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
