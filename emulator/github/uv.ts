/** Stands for uv, as a program of its own whose first argument is a file with the releases that its index has. */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { Releases } from './releases.js'
import { answerAsUv } from './uv-answers.js'

const [, , releasesFile = '', ...args] = process.argv
const read = (file: string): string => readFileSync(file, 'utf8')

const { code, output, errors } = answerAsUv(args, read, () => JSON.parse(read(releasesFile)) as Releases)
process.stderr.write(errors)
process.stdout.write(output)
process.exitCode = code
