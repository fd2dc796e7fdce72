import { writeFile } from 'node:fs/promises'
import { availableParallelism, totalmem, type as system } from 'node:os'
import { format } from 'oxfmt'
import { goalList } from './goal.js'
import type { Section } from './section.js'

/** One part of the report as the terminal and the document show it. */
export function sectionText({ title, text, goals }: Section): string {
  return `## ${title}\n\n${text}\n\n${goalList(goals)}`
}

/** Writes the whole report. @param node the version of Node that ran what was measured. */
export async function writeDocument(path: string, sections: readonly Section[], node: string): Promise<void> {
  const goals = sections.flatMap(section => section.goals)
  const missed = goals.filter(({ met }) => !met).length
  const head = [
    '# Performance',
    '<!-- Written by `npm run bench`: changes made by hand are lost. -->',
    `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${node} on ${system()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB of memory. Absolute times differ from machine to machine; compare them within a table.`,
    'What holds whatever goes wrong is shown by simulation: all promises hold in 100,000 schedules of late reads, lost answers, colleagues and second runs. [docs/simulation.md](simulation.md) says what is simulated, and what is not.',
    missed === 0
      ? `All ${goals.length} goals are met.`
      : `${missed} of ${goals.length} goals ${missed === 1 ? 'is' : 'are'} not met.`,
  ]
  const text = [...head, ...sections.map(sectionText)].join('\n\n')
  const { code } = await format(path, text)
  await writeFile(path, code)
}
