import { at, type Answer, type Services } from './services.js'

/** Holds one followed change: its request, each read of its operation, and each read of the resource. */
export type Followed = {
  readonly accepted: Answer
  readonly polls: readonly Answer[]
  /** Reads of the resource, and how long after the request each was, in milliseconds. */
  readonly reads: readonly { readonly after: number; readonly answer: Answer }[]
  /** The answers to what was asked for while the change was under way, in this order. */
  readonly meanwhile: readonly Answer[]
  /** The resource after the end. */
  readonly final: Answer
}

/** Holds what was seen again and again: each time it became something else, in milliseconds from the first look. */
export type Seen = readonly { readonly from: number; readonly what: string }[]

/** Milliseconds between two reads of something that is under way: at first, and when a minute is over. */
const [firstPause, pause] = [2_000, 10_000]
/** Milliseconds of a change after which nobody waits for its end any more. */
const longestChange = 90 * 60_000
/** Milliseconds by which reads may be late, as far as is known. */
const lag = 120_000

/** Holds a request, and how what it starts is followed. */
export type Change = {
  readonly request: () => Promise<Answer>
  /** Reads a path or URL; undefined where no answer comes. */
  readonly read: (target: string) => Promise<Answer | undefined>
  /** Path of what is changed. */
  readonly resource: string
  /** What is asked for while the change is under way. */
  readonly meanwhile?: readonly (() => Promise<Answer>)[]
}

/** Follows a change to its end. @throws {Error} when it has none. */
export async function follow(
  { request, read, resource, meanwhile = [] }: Change,
  { now, sleep }: Services['clock'],
): Promise<Followed> {
  const sentAt = now()
  const accepted = await request()
  const reads: { after: number; answer: Answer }[] = []
  const polls: Answer[] = []
  const others: Answer[] = []
  const look = async () => {
    const after = now() - sentAt
    const answer = await read(resource)
    if (answer !== undefined) reads.push({ after, answer })
  }
  await look()
  if (accepted.status < 300) {
    for (const other of meanwhile) others.push(await other())
    const url = accepted.headers['azure-asyncoperation'] ?? accepted.headers['location']
    for (let passed = 0; ; passed = now() - sentAt) {
      if (hasEnded(polls.at(-1), passed > lag ? reads.at(-1)?.answer : undefined, url !== undefined)) break
      if (passed > longestChange) throw new Error(`no end came within ${longestChange / 60_000} minutes`)
      await sleep(passed < 60_000 ? firstPause : pause)
      const poll = url === undefined ? undefined : await read(url)
      if (poll !== undefined) polls.push(poll)
      await look()
    }
  }
  const final = (await read(resource)) ?? reads.at(-1)?.answer
  if (final === undefined) throw new Error('no read of it was answered')
  return { accepted, polls, reads, meanwhile: others, final }
}

/** Whether a change has ended: its operation says so, or, where that cannot be read, the resource. */
function hasEnded(poll: Answer | undefined, read: Answer | undefined, hasOperation: boolean): boolean {
  if (poll?.status === 200 && isTerminal(at(poll, 'status'))) return true
  const isUnreadable = !hasOperation || (poll !== undefined && poll.status >= 400)
  return isUnreadable && read !== undefined && (read.status === 404 || isTerminal(stateOf(read)))
}

/** Looks again and again. @param isOver hears how often the same was seen, and for how many milliseconds it was looked. */
export async function watch(
  look: () => Promise<string>,
  isOver: (same: number, passed: number) => boolean,
  { now, sleep }: Services['clock'],
): Promise<Seen> {
  const started = now()
  const seen: { from: number; what: string }[] = []
  for (let same = 0; !isOver(same, now() - started);) {
    const [from, what] = [now() - started, await look()]
    same = seen.at(-1)?.what === what ? same + 1 : 1
    if (same === 1) seen.push({ from, what })
    await sleep(pause)
  }
  return seen
}

/** Returns what was seen, in a clause. */
export function seenText(seen: Seen): string {
  return seen.map(({ from, what }) => `${what} from ${Math.round(from / 1000)} s on`).join(', ') || 'nothing'
}

/** Returns the provisioning state of a resource. */
export function stateOf(answer: Answer): unknown {
  return at(answer, 'properties', 'provisioningState')
}

/** Tells whether a state is an end. */
export function isTerminal(state: unknown): boolean {
  return state === 'Succeeded' || state === 'Failed' || state === 'Canceled'
}
