import { parseArgs } from 'node:util'
import { failedSeeds } from '../__tests__/simulation/failed-seeds.js'
import { judge, type Judgement } from '../__tests__/simulation/judge.js'
import { mutants } from '../__tests__/simulation/mutants.js'
import { playAll, seedOfTheDay, seedsFrom } from '../__tests__/simulation/pool.js'
import { simulate } from '../__tests__/simulation/simulate.js'

const usage = `npm run simulate -- [--runs N] [--seed S]   plays N schedules (1000), from a seed on (that of the day)
npm run simulate -- --seed S --runs 1       plays one, with a log of what each actor did
npm run simulate -- --mutants               shows that each guard that is taken away is missed`

/** Broken promises are told of so many seeds each. */
const mostTold = 10

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(seedOfTheDay()) },
    mutants: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const runs = Number(values.runs)
const seed = Number(values.seed)

if (values.help || !Number.isSafeInteger(runs) || !Number.isSafeInteger(seed)) console.log(usage)
else if (values.mutants) process.exitCode = await tryMutants()
else if (runs === 1) process.exitCode = await showOne()
else process.exitCode = await playMany()

async function showOne(): Promise<number> {
  const course = await simulate(seed)
  const { broken, later } = judge(course)
  console.log(JSON.stringify(course.schedule, undefined, 1))
  for (const line of course.log) console.log(line)
  for (const { run, promise, what } of later) console.log(`began too late to be known: ${run}, ${promise}: ${what}`)
  for (const { run, promise, what } of broken) console.log(`BROKEN by ${run}, ${promise}: ${what}`)
  return broken.length === 0 ? 0 : 1
}

async function playMany(): Promise<number> {
  const started = performance.now()
  const failures = new Map<string, Map<number, Judgement>>()
  const failed = new Set<number>()
  let later = 0
  await playAll({
    seeds: seedsFrom(seed, runs),
    onPlayed: played => {
      later += played.later.length
      for (const judgement of played.broken) {
        failed.add(played.seed)
        const seeds = failures.get(judgement.promise) ?? new Map<number, Judgement>()
        failures.set(judgement.promise, seeds)
        if (!seeds.has(played.seed)) seeds.set(played.seed, judgement)
      }
    },
  })
  for (const [promise, seeds] of failures) {
    console.log(`\nBROKEN by ${seeds.size} of ${runs}: ${promise}`)
    for (const [broken, { run, what }] of [...seeds].toSorted(([a], [b]) => a - b).slice(0, mostTold)) {
      console.log(`  npm run simulate -- --runs 1 --seed ${broken}   ${run}: ${what}`)
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`\n${failed.size} of ${runs} schedules from the seed ${seed} on broke a promise, in ${seconds} s.`)
  console.log(`In ${later} cases something began too late for anybody to know of it.`)
  return failed.size === 0 ? 0 : 1
}

/** Plays each mutant until it breaks a promise that the action as it is keeps. */
async function tryMutants(): Promise<number> {
  let missed = 0
  const known = new Set<string>()
  const inWords = (each: number, { run, promise, what }: Judgement) =>
    `by the seed ${each}, ${run}: ${promise}: ${what}`
  const common = [...failedSeeds.keys(), ...seedsFrom(seed, runs)].slice(0, runs)
  await playAll({
    seeds: [...mutants.flatMap(({ shownBy }) => shownBy ?? []), ...common],
    onPlayed: played => {
      for (const each of played.broken) known.add(inWords(played.seed, each))
    },
  })
  if (known.size > 0)
    console.log(`The action as it is breaks ${known.size} promises, which count for none of the mutants.`)
  for (const mutant of mutants) {
    let played = 0
    let caught: string | undefined
    await playAll({
      seeds: mutant.shownBy === undefined ? common : [mutant.shownBy, ...common],
      mutant,
      onPlayed: ({ seed: each, broken }) => {
        played++
        caught ??= broken.map(judgement => inWords(each, judgement)).find(words => !known.has(words))
        return caught !== undefined
      },
    })
    if (caught === undefined) missed++
    console.log(`${caught === undefined ? 'MISSED' : 'caught'}  ${mutant.name}  (${played} runs) ${caught ?? ''}`)
  }
  console.log(`${mutants.length - missed} of ${mutants.length} mutants were caught.`)
  return missed === 0 ? 0 : 1
}
