import type { Result } from './run.js'
import type { Statement } from './statement.js'

/** Minutes that statements usually take, by what they need. */
const usual: Readonly<Record<Statement['needs'], number>> = { read: 0, build: 40, switch: 60, disposable: 60 }

const order = { differs: 0, unknown: 1, holds: 2 } as const
const symbols = { differs: '❌', unknown: '❔', holds: '✅' } as const

/** Returns what a run is going to do, in lines. */
export function planText(statements: readonly Statement[], place: string): string {
  const kinds = new Set(statements.map(({ needs }) => needs))
  const minutes = [...kinds].map(kind => usual[kind]).reduce((sum, each) => sum + each, 0)
  const what = [
    `Checks ${statements.length} statements on ${place}.`,
    kinds.has('build')
      ? 'Builds four images whose names begin with "contract", one of them twice, and deletes them. One build fails on purpose.'
      : '',
    kinds.has('switch') ? 'Switches the cluster to one of them, and back to what queries run on now.' : '',
    kinds.has('disposable') ? 'Rebuilds or deletes the active image. Queries in Python may fail meanwhile.' : '',
    `Takes about ${Math.max(1, minutes)} minutes. Images cost nothing of their own; the cluster runs anyway.`,
  ]
  return [
    ...what.filter(line => line !== ''),
    ...statements.map(({ id, fact, needs }) => `  ${id} (${needs}): ${fact}`),
  ].join('\n')
}

/** Returns the report as Markdown, with what differs first. @param of what was asked, in a clause. */
export function reportText(results: readonly Result[], of: string, redact: (text: string) => string): string {
  const sorted = results.toSorted((one, other) => order[one.verdict.as] - order[other.verdict.as])
  const count = (as: keyof typeof order) => results.filter(({ verdict }) => verdict.as === as).length
  const rows = sorted.map(({ statement, verdict }) => {
    const { id, fact, confidence } = statement
    return `| ${symbols[verdict.as]} \`${id}\` | ${cell(fact)} (${confidence}) | ${cell(redact(verdict.seen))} |`
  })
  return [
    '# Contract report',
    '',
    `Of ${results.length} statements about ${of}, ${count('holds')} hold, ${count('differs')} differ, and of ${count('unknown')} nothing is known.`,
    '',
    '| statement | expected | seen |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

/** A cell of a table: what a service said is code, in which Markdown makes nothing of it. */
function cell(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ').slice(0, 600)
  if (/^[\w ,.()'-]*$/.test(line)) return line
  return `<code>${line
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/\|/g, '&#124;')
    .replace(/[`*_[\]@#:]/g, each => `&#${each.charCodeAt(0)};`)}</code>`
}
