import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the file is that `npm run oracle -- --write` wrote down what tools of others said in. */
export function recordedFile(name: string): string {
  return path.resolve(import.meta.dirname, '../../__tests__/recorded', `${name}.json`)
}

/** Reads what tools of others said. */
export function recorded(name: string): unknown {
  return JSON.parse(readFileSync(recordedFile(name), 'utf8'))
}
