import { parseArgs } from 'node:util'

/** What the command line asks for. */
export type Options = { readonly help: boolean; readonly write: boolean; readonly only: string | undefined }

/** Tells what the command line may ask for. */
export function usage(parts: readonly string[]): string {
  return `Usage: npm run oracle -- [options]

Asks pip, packaging, uv and other tools, each of pinned versions, what the tests know of them as recorded data, and tells
what differs. Needs Linux, Python and a package index; the tests need none of these.

  --write       writes down what they say
  --only PART   ${parts.join(', ')}: only this part
  --help        this text`
}

/** Reads the command line. @throws {Error} that says what is wrong with it. */
export function readOptions(args: readonly string[], parts: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  })
  const { help, write, only } = values
  if (only !== undefined && !parts.includes(only)) throw new Error(`--only ${only}: give one of ${parts.join(', ')}`)
  return { help, write, only }
}
