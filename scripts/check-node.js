import { readFileSync } from 'fs'

// Stops whatever `npm run` is to run on a Node that cannot run it. It comes before the compiler, so it is JavaScript, and
// of a kind that old Nodes read.

const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
const found = process.versions.node

if (!engines.node.split(' || ').some(range => isIn(found, range))) {
  console.error(
    `This needs Node ${engines.node}, and this is Node ${found}: install the newest Node 24, or on Linux x64 run "npm ci", which brings it along.`,
  )
  process.exit(1)
}

/** @param range ^1.2.3 or >=1.2.3 */
function isIn(version, range) {
  const least = numbersOf(range.replace(/^\D+/, ''))
  const numbers = numbersOf(version)
  const at = numbers.findIndex((number, index) => number !== least[index])
  return (at < 0 || numbers[at] > least[at]) && (range.startsWith('>=') || at !== 0)
}

function numbersOf(version) {
  return version.split('.').map(Number)
}
