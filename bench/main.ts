import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { actionRuntime, projectRoot } from '../emulator/github/project.js'
import { sectionText, writeDocument } from './document.js'
import { measureFiles } from './files/files.js'
import { simulateFleet } from './fleet/fleet.js'
import { type Options, type Part, parts, readOptions, usage } from './options.js'
import { simulatePace } from './pace/pace.js'
import { countRequests } from './requests/requests.js'
import type { Section } from './section.js'
import { measureStart } from './start/start.js'
import { measureStop } from './stop/stop.js'

/** Measures, prints what came out, and writes it down when it is the whole. */
async function main({ runs, only }: Options): Promise<void> {
  const work: Record<Part, () => Promise<Section>> = {
    start: () => measureStart(runs),
    stop: () => measureStop(runs),
    requests: countRequests,
    files: measureFiles,
    pace: simulatePace,
    fleet: simulateFleet,
  }
  const sections: Section[] = []
  for (const part of only === undefined ? parts : [only]) {
    const section = await work[part]()
    console.log(`${sectionText(section)}\n`)
    sections.push(section)
  }
  if (sections.some(({ goals }) => goals.some(({ met }) => !met))) process.exitCode = 1
  if (only !== undefined) return
  const node = execFileSync(actionRuntime(), ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()
  await writeDocument(join(projectRoot, 'docs/performance.md'), sections, node)
  console.log('Written to docs/performance.md.')
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) console.log(usage)
  else await main(options)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
