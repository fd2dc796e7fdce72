import type { Log } from '../../src/github/log.js'
import { sanitize } from '../../src/github/sanitize.js'

/** A message beside the log. */
export type ToldAnnotation = {
  readonly level: 'notice' | 'warning' | 'error'
  readonly title: string
  readonly text: string
}

/** What a run has told: to its log, beside it, and to whoever comes after it. */
export type Told = {
  readonly log: Log
  readonly annotations: ToldAnnotation[]
  outputs: Readonly<Record<string, string | undefined>>
  summary: string
  readonly setOutputs: (outputs: Readonly<Record<string, string | undefined>>) => void
  readonly writeSummary: (markdown: string) => Promise<void>
}

/** Keeps what a run tells. @param write is told of each line of the log. */
export function keepTold(write: (line: string) => void): Told {
  const annotations: ToldAnnotation[] = []
  const annotate = (level: ToldAnnotation['level']) => (text: string, annotation: { readonly title: string }) => {
    annotations.push({ level, title: annotation.title, text: sanitize(text) })
    write(`${level} ${annotation.title}: ${text}`)
  }
  const told: Told = {
    annotations,
    outputs: {},
    summary: '',
    setOutputs: outputs => void (told.outputs = outputs),
    writeSummary: markdown => {
      told.summary = markdown
      return Promise.resolve()
    },
    log: {
      group: (title, work) => {
        write(`[${title}]`)
        return work()
      },
      line: write,
      debug: () => undefined,
      notice: annotate('notice'),
      warning: annotate('warning'),
      error: annotate('error'),
      finding: (level, text, annotation) => annotate(level)(text, annotation),
      mask: () => undefined,
    },
  }
  return told
}
