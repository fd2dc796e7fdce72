import type { Limits } from '../../emulator/azure/throttle.js'
import type { Client } from './clients.js'
import { createEventClock } from './event-clock.js'
import { randomFrom } from './random.js'
import { createService } from './service.js'

/** Images that are wanted at the same moment. */
export type Wanted = {
  readonly client: Client
  /** Milliseconds that the build of each image takes. */
  readonly builds: readonly number[]
  readonly limits: Limits | undefined
  readonly seed: number
}

/** How one image fared. Milliseconds. */
export type Course = {
  /** From the start of the client until the service began to build. */
  readonly begun: number
  /** From the end of the build until the client knew of it. */
  readonly noticed: number
  /** From the start of the client to its end. */
  readonly whole: number
  /** What the client threw, if it did not come to a good end. */
  readonly error: unknown
}

/** How all of them fared, and what it cost. */
export type Outcome = {
  readonly courses: readonly Course[]
  readonly requests: number
  readonly throttled: number
}

/** The time limit of a step. */
const limit = 90 * 60_000

/** Lets all clients run at once under one principal, each with the time limit of a step. */
export async function simulate({ client, builds, limits, seed }: Wanted): Promise<Outcome> {
  const clock = createEventClock()
  const random = randomFrom(seed)
  const names = builds.map((_, index) => `image${index}`)
  const times = new Map(names.map((name, index) => [name, builds[index]!]))
  const service = createService({ clock, random, limits, buildTime: name => times.get(name)! })

  const course = async (image: string): Promise<Course> => {
    const timeout = new AbortController()
    clock.sleep(limit, timeout.signal).then(
      () => timeout.abort(new Error(`${image} was not done within 90 minutes`)),
      () => undefined,
    )
    let error: unknown
    try {
      await client.run(image, { send: service.send, clock, random, signal: timeout.signal })
    } catch (thrown) {
      error = thrown
    }
    const build = service.build(image)
    return {
      begun: build?.from ?? Number.NaN,
      noticed: clock.now() - (build?.to ?? Number.NaN),
      whole: clock.now(),
      error,
    }
  }
  const courses = await clock.elapse(Promise.all(names.map(course)))
  return { courses, requests: service.count.requests, throttled: service.count.throttled }
}
