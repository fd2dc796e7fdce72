import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { environmentWith } from './environment.js'
import { zizmorRelease } from './releases.js'

// Checks the workflows, those that people copy as well, and action.yml, for what makes them unsafe. Offline, so that the
// outcome does not depend on what happens elsewhere.

const root = path.resolve(import.meta.dirname, '../..')
const options = ['--offline', '--no-progress', '--quiet', '--persona', 'pedantic', '--config', '.github/zizmor.yml']
// Of a folder, it looks into .github alone.
const examples = readdirSync(path.join(root, 'examples/workflows')).map(file => `examples/workflows/${file}`)
const targets = ['.github', 'action.yml', ...examples]

try {
  const { programs } = environmentWith(`zizmor==${zizmorRelease}`)
  const { status, error } = spawnSync(path.join(programs, 'zizmor'), [...options, ...targets], {
    cwd: root,
    stdio: 'inherit',
  })
  if (error !== undefined) throw error
  if (status === 0) console.log(`zizmor ${zizmorRelease}: nothing to report.`)
  process.exitCode = status ?? 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
