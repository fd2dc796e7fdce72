import { execFileSync } from 'node:child_process'
import path from 'node:path'

// Fails unless dist/, as committed, is what src/ builds. The build deletes dist/ first, so that a file nobody builds any
// more is found too, and untracked files count.

const root = path.resolve(import.meta.dirname, '../..')
execFileSync(process.execPath, [path.join(import.meta.dirname, 'build-dist.js')], { cwd: root, stdio: 'inherit' })
const changed = execFileSync('git', ['status', '--porcelain', '--untracked-files=all', '--', 'dist'], {
  cwd: root,
  encoding: 'utf8',
})
if (changed !== '') {
  console.error(`dist/ is not what src/ builds:\n${changed}Run "npm run build" and commit dist/ together with src/.`)
  process.exit(1)
}
console.log('dist/ is what src/ builds.')
