import type { RunContext } from './context.js'

/** Makes the context of each try of what another change of the cluster may hold up. */
export type Tries<Context> = () => Context

/**
 * Returns contexts for one try after the other. The first opens groups in the log and phases as usual. From the second on,
 * lines are written only where they say something new, and all that is not the change itself is one phase of waiting.
 */
export function createTries<Context extends RunContext>(context: Context): Tries<Context> {
  const { state, runtime } = context
  const { log, clock } = runtime
  const written = new Set<string>()
  let tries = 0

  /** Makes the phase that has just ended a part of the waiting before it, or the first of it. */
  const endWaiting = (): void => {
    const last = state.phases.at(-1)
    const before = state.phases.at(-2)
    if (last === undefined) return
    if (before?.name === waiting) {
      before.to = clock.time()
      state.phases.pop()
    } else state.phases.splice(-1, 1, { ...last, name: waiting, to: clock.time() })
  }
  const phase: RunContext['phase'] = async (name, work) => {
    if (tries === 1) {
      const result = await context.phase(name, work)
      if (result === 'decide-again') endWaiting()
      return result
    }
    const current = { name, from: clock.time(), to: undefined as number | undefined }
    state.phases.push(current)
    try {
      const result = await work()
      current.to = clock.time()
      if (result === 'decide-again' || name !== 'Build') endWaiting()
      return result
    } finally {
      current.to ??= clock.time()
    }
  }
  const line: typeof log.line = (text, tone) => {
    if (tries > 1 && written.has(text)) return
    written.add(text)
    log.line(text, tone)
  }
  const trying = { ...context, phase, runtime: { ...runtime, log: { ...log, line } } }
  return () => {
    tries++
    return trying
  }
}

const waiting = 'Wait for another change'
