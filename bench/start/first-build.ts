import { runStep } from '../../emulator/runner.js'
import { startWorld } from '../../emulator/world.js'
import { inputsFor, requirements } from './job.js'

/** Seconds of the world that the build takes, and how many times faster than the real clock that world runs. */
const build = { buildSeconds: 390, speed: 60 }

/** Lets the shipped action build an image that is not there yet. @returns how many requests of each kind it sent. */
export async function firstBuildRequests(): Promise<Map<string, number>> {
  const world = await startWorld(build)
  try {
    const step = await runStep({ world, inputs: inputsFor(world), files: { 'requirements.txt': requirements } })
    if (step.exitCode !== 0) throw new Error(`the first build failed:\n${step.log}`)
    return new Map([...Map.groupBy(world.requests, ({ kind }) => kind)].map(([kind, seen]) => [kind, seen.length]))
  } finally {
    await world.close()
  }
}
