import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runStep } from '../../emulator/github/runner.js'
import type { StartedWorld } from '../../emulator/world.js'
import { inputsFor, requirements } from './job.js'
import type { Subject } from './subjects.js'

/** What one process has taken. */
export type Sample = {
  /** Milliseconds from the start of the process to its end. */
  readonly wall: number
  /** Milliseconds of all its threads, in user and in system mode. */
  readonly cpu: number
  /** Bytes of memory at its peak. */
  readonly memory: number
  /** Kinds of the requests that it sent, in their order. */
  readonly requests: readonly string[]
}

/** Rounds before the counted ones, in which files get into the cache and the emulator's own code gets compiled. */
const warmUps = 3

/**
 * Runs every subject `runs` times, in turns and in changing order, so that whatever else the machine does meets all of
 * them alike.
 * @param folder for what the processes write down.
 */
export async function measure(
  subjects: readonly Subject[],
  runs: number,
  world: StartedWorld,
  folder: string,
): Promise<Map<Subject, Sample[]>> {
  const samples = new Map<Subject, Sample[]>(subjects.map(subject => [subject, []]))
  for (let round = -warmUps; round < runs; round++) {
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed()) {
      const sample = await runOnce(subject, world, join(folder, 'usage.json'))
      if (round >= 0) samples.get(subject)!.push(sample)
    }
  }
  return samples
}

async function runOnce(subject: Subject, world: StartedWorld, usageFile: string): Promise<Sample> {
  const preload = fileURLToPath(new URL('usage-preload.cjs', import.meta.url))
  const before = world.requests.length
  const step = await runStep({
    world,
    main: subject.main,
    inputs: inputsFor(world),
    files: { 'requirements.txt': requirements },
    env: { NODE_OPTIONS: `--require ${JSON.stringify(preload)}`, BENCH_USAGE_FILE: usageFile },
  })
  const right =
    subject.key === 'empty' || (step.outputs['state'] === 'Succeeded' && step.outputs['changed'] === 'false')
  if (step.exitCode !== 0 || !right) {
    throw new Error(`${subject.name} failed with ${step.exitCode}:\n${step.log}\n${step.stderr.toString()}`)
  }
  const usage = JSON.parse(await readFile(usageFile, 'utf8')) as NodeJS.ResourceUsage
  return {
    wall: step.durationMs,
    cpu: (usage.userCPUTime + usage.systemCPUTime) / 1000,
    memory: usage.maxRSS * 1024,
    requests: world.requests.slice(before).map(({ kind }) => kind),
  }
}
