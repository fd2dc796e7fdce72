import type { SeenRequest } from '../../emulator/network/messages.js'
import { runStep, type StepOptions } from '../../emulator/github/runner.js'
import { stepInputs } from '../../emulator/github/action-file.js'
import { type StartedWorld, startWorld, type WorldOptions } from '../../emulator/world.js'
import { imageName, type Played, playedIn, requirements } from '../played.js'

export * from '../played.js'

/**
 * A world in which seconds of waiting are nothing. How busy the machine is does not matter: its clock goes on by half a
 * second at most each time that both processes have had a turn, however long these took, so that a request, which takes a few
 * turns, is far from its minute; and the time limit is weeks.
 */
export const fast = { speed: 100, buildSeconds: 5, switchSeconds: 5, deleteSeconds: 5 } as const

/** One step in a world of its own. */
export type PlayOptions = Omit<StepOptions, 'world' | 'cancelWhen' | 'timeOutWhen' | 'env'> & {
  readonly world?: WorldOptions
  /** Sets up what is there before the step starts. */
  readonly prepare?: (world: StartedWorld) => void | Promise<void>
  readonly env?: StepOptions['env'] | ((world: StartedWorld) => StepOptions['env'])
  /** Cancels the step once this is true of its world. */
  readonly cancelWhen?: (world: StartedWorld) => boolean
  /** Lets its time limit pass once this is true. */
  readonly timeOutWhen?: (world: StartedWorld) => boolean
}

/** What became of a step, and of its world. */
export type PlayedStep = Played<StartedWorld> & {
  /**
   * The requests that came after it was cancelled or its time limit had passed. Two that it was about to make, and has no
   * answer to, may be among them: signals are looked at after what else has come.
   */
  readonly lateRequests: readonly SeenRequest[]
}

/**
 * Runs the shipped action as a step with valid inputs in a world where builds take a third of a second, and checks what
 * must be true of every step whatever happens.
 */
export async function play(options: PlayOptions = {}): Promise<PlayedStep> {
  const { world: worldOptions, prepare, env, cancelWhen, timeOutWhen, inputs, files, ...rest } = options
  const world = await startWorld({ buildSeconds: 0.3, ...worldOptions })
  try {
    await prepare?.(world)
    // What preparing has asked for is not the step's doing.
    world.requests.splice(0)
    const environment = typeof env === 'function' ? env(world) : env
    let inTime = Infinity
    const ending = (when: (world: StartedWorld) => boolean) => (): boolean => {
      const is = when(world)
      if (is) inTime = world.requests.length
      return is
    }
    const step = await runStep({
      // A runner would lose its patience after ten seconds, which a busy machine may need.
      cancelSignals: [{ signal: 'SIGINT', afterMs: 0 }],
      ...rest,
      world,
      // Most steps are about something else than uv and pip, which most of them have not got.
      inputs: { ...inputsFor(world), resolve: 'false', ...inputs },
      files: { 'requirements.txt': `${requirements}\n`, ...files },
      ...(environment && { env: environment }),
      ...(cancelWhen && { cancelWhen: ending(cancelWhen) }),
      ...(timeOutWhen && { timeOutWhen: ending(timeOutWhen) }),
    })
    return { ...playedIn(world, step), lateRequests: world.requests.slice(inTime) }
  } finally {
    await world.close()
  }
}

/**
 * The inputs of a step in this world. On the real clock it looks often enough for short builds; on a faster one it has
 * weeks, for the minutes of a busy machine are days there.
 */
export function inputsFor(world: StartedWorld): Record<string, string> {
  return {
    ...stepInputs(world, imageName),
    ...(world.clock.speed === 1 ? { 'poll-interval-seconds': '0.05' } : { 'timeout-minutes': '30000' }),
  }
}
