import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildDist } from './dist.js'

// Fails unless the files in dist/ are what src/ builds, committed or not. It builds elsewhere, and leaves dist/ as it is.

const dist = path.resolve(import.meta.dirname, '../../dist')
const scratch = mkdtempSync(path.join(tmpdir(), 'check-dist-'))
try {
  const built = path.join(scratch, 'dist')
  buildDist(built)
  const differences = differencesOf(filesIn(built), filesIn(dist))
  if (differences.length === 0) console.log('dist/ is what src/ builds.')
  else {
    console.error(
      `dist/ is not what src/ builds:\n${differences.map(each => `  ${each}\n`).join('')}Run "npm run build", and commit dist/ together with src/.`,
    )
    process.exitCode = 1
  }
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 10 })
}

function filesIn(folder: string): Map<string, Buffer> {
  if (!existsSync(folder)) return new Map()
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => !entry.isDirectory())
  const files = entries.map(entry => path.join(entry.parentPath, entry.name))
  return new Map(files.map(file => [path.relative(folder, file).replaceAll(path.sep, '/'), readFileSync(file)]))
}

function differencesOf(built: ReadonlyMap<string, Buffer>, there: ReadonlyMap<string, Buffer>): string[] {
  return [...new Set([...built.keys(), ...there.keys()])].toSorted().flatMap(name => {
    const [wanted, found] = [built.get(name), there.get(name)]
    if (found === undefined) return `${name} is missing`
    if (wanted === undefined) return `${name} is not built any more`
    return wanted.equals(found) ? [] : `${name} has another content`
  })
}
