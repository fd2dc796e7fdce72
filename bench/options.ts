import { parseArgs } from 'node:util'

/** The parts of the benchmark. */
export const parts = ['start', 'stop', 'requests', 'files', 'pace', 'fleet'] as const

/** A part of the benchmark. */
export type Part = (typeof parts)[number]

/** What the command line asks for. */
export type Options = { readonly help: boolean; readonly runs: number; readonly only: Part | undefined }

/** What the command line may ask for. */
export const usage = `Usage: npm run bench -- [options]

  --runs N      runs of each process that is measured; at least 15, 21 by default
  --only PART   ${parts.join(', ')}: only this part, and docs/performance.md is left as it is
  --help        this text`

/** Reads the command line. @throws {Error} that says what is wrong with it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', default: false },
      runs: { type: 'string', default: '21' },
      only: { type: 'string' },
    },
  })
  const runs = Number(values.runs)
  if (!Number.isInteger(runs) || runs < 15) throw new Error(`--runs ${values.runs}: give a whole number of at least 15`)
  const only = parts.find(part => part === values.only)
  if (values.only !== undefined && only === undefined) {
    throw new Error(`--only ${values.only}: give one of ${parts.join(', ')}`)
  }
  return { help: values.help, runs, only }
}
