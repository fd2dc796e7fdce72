/** Something that happens at a moment of simulated time. */
export type Event = { readonly at: number; readonly happen: () => void; cancelled?: boolean }

/** Events to come, handed out in the order of their moments, and those of one moment in the order of their coming. */
export type EventQueue = {
  readonly add: (event: Event) => void
  readonly next: () => Event | undefined
}

type Entry = Event & { readonly order: number }

/** An empty queue: a binary heap, for a fleet has thousands of events to come at any moment. */
export function createEventQueue(): EventQueue {
  const heap: Entry[] = []
  let added = 0
  return {
    add: event => {
      const entry = Object.assign(event, { order: added++ })
      let index = heap.length
      while (index > 0) {
        const above = (index - 1) >> 1
        const parent = heap[above]!
        if (isBefore(parent, entry)) break
        heap[index] = parent
        index = above
      }
      heap[index] = entry
    },
    next: () => {
      const first = heap[0]
      const last = heap.pop()
      if (last !== undefined && last !== first) sink(heap, last)
      return first
    },
  }
}

/** Puts `entry` where the first one was, and lets it down to its place. */
function sink(heap: Entry[], entry: Entry): void {
  let index = 0
  for (;;) {
    let below = 2 * index + 1
    if (below >= heap.length) break
    if (below + 1 < heap.length && isBefore(heap[below + 1]!, heap[below]!)) below++
    const child = heap[below]!
    if (isBefore(entry, child)) break
    heap[index] = child
    index = below
  }
  heap[index] = entry
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order)
}
