import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { actionRuntime, projectRoot } from '../../emulator/github/project.js'
import type { Goal } from '../goal.js'
import type { Section } from '../section.js'
import { median } from '../statistics.js'
import { table, whole } from '../table.js'
import { oneLetterLines, shapes } from './shapes.js'

const sizes = [1_000, 10_000, 100_000] as const
const runs = 5

/** Milliseconds within which a file of 10,000 lines is checked and compared. */
const limit = 200
/** How many times longer ten times the lines may take. */
const mostGrowth = 13

/** As many one-letter lines as a file may have, and the MiB that a process may take for them. */
const mostLines = 512 * 1024
const mostMemory = 512

type Measured = {
  readonly milliseconds: number
  readonly mebibytes: number
  readonly findings: number
  readonly changes: number
}

/** Measures how long checking and comparing takes, by kind of file and number of lines. */
export function measureFiles(): Promise<Section> {
  const rows: string[][] = []
  const goals: Goal[] = []
  for (const { name } of shapes) {
    const measured = sizes.map(lines => measure(name, lines))
    const [, ten, hundred] = measured.map(({ milliseconds }) => milliseconds) as [number, number, number]
    const last = measured.at(-1)
    rows.push([
      name,
      ...measured.map(({ milliseconds }) => `${milliseconds.toFixed(0)} ms`),
      whole(last?.findings ?? 0),
      whole(last?.changes ?? 0),
    ])
    goals.push(
      { what: `10,000 lines, ${name}: under ${limit} ms`, measured: `${ten.toFixed(0)} ms`, met: ten < limit },
      {
        what: `100,000 lines, ${name}: at most ${mostGrowth} times as long`,
        measured: `${(hundred / ten).toFixed(1)} times`,
        met: hundred <= mostGrowth * ten,
      },
    )
  }
  const { mebibytes } = measure(oneLetterLines, mostLines)
  goals.push({
    what: `${whole(mostLines)} lines, ${oneLetterLines}: less than ${mostMemory} MiB of memory`,
    measured: `${mebibytes.toFixed(0)} MiB`,
    met: mebibytes < mostMemory,
  })
  const head = ['lines', ...sizes.map(whole), 'findings of 100,000', 'changes']
  return Promise.resolve({ title: 'Large files', text: `${explanation}\n\n${table(head, rows)}`, goals })
}

const explanation = `Parsed, checked, and compared with the content of an image that has as many lines, package by package: medians of ${runs}
processes each, in which nothing is warm. Start-up and input are not counted.`

function measure(shape: string, lines: number): Measured {
  const script = join(projectRoot, 'build/bench/files/measure-file.js')
  const all = Array.from({ length: runs }, () => {
    const printed = execFileSync(actionRuntime(), [script, shape, String(lines)], { encoding: 'utf8' })
    return JSON.parse(printed) as Measured
  })
  const [first] = all
  return { ...(first as Measured), milliseconds: median(all.map(({ milliseconds }) => milliseconds)) }
}
