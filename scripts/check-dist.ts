import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildDist } from './dist.js'
import { differencesOf, filesIn } from './dist-differences.js'

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
