import * as core from '@actions/core'
import type { NoticeCode, OutcomeCode, Place } from '../failure.js'
import { redactUrls } from '../redact.js'
import { sanitize, sanitizeLine } from './sanitize.js'

/** Says how a line is meant. */
type Tone = 'plain' | 'good' | 'bad' | 'quiet'

type Level = 'notice' | 'warning' | 'error'

/** Holds what an annotation is about, and where. */
type Annotation<Title extends string> = { readonly title: Title; readonly place?: Place }

/**
 * Prints to the log of the step: the one door through which text is printed. Nothing that passes it is obeyed by anybody,
 * and passwords in URLs do not pass it.
 */
export type Log = {
  /** Opens a group, does the work, and closes the group however the work ends. */
  readonly group: <T>(title: string, work: () => Promise<T>) => Promise<T>
  readonly line: (text: string, tone?: Tone) => void
  readonly debug: (text: string) => void
  readonly notice: (text: string, annotation: Annotation<NoticeCode>) => void
  readonly warning: (text: string, annotation: Annotation<NoticeCode>) => void
  readonly error: (text: string, annotation: Annotation<OutcomeCode>) => void
  /** Annotates a line of a file with what was found there; its title is the id of the finding. */
  readonly finding: (level: Level, text: string, annotation: Annotation<string>) => void
  /** Registers a secret with the runner, which then hides it wherever it appears. */
  readonly mask: (secret: string) => void
}

const colours: Record<Tone, string> = { plain: '', good: '\u001b[32m', bad: '\u001b[31m', quiet: '\u001b[90m' }

const annotate = { notice: core.notice, warning: core.warning, error: core.error }

/** Prints the log as the runner reads it from the process's output. */
export const runnerLog: Log = {
  group: (title, work) => core.group(shownLine(title), work),
  line: (text, tone = 'plain') => {
    for (const line of shown(text).split('\n')) {
      core.info(colours[tone] === '' ? line : `${colours[tone]}${line}\u001b[0m`)
    }
  },
  debug: text => core.debug(shown(text)),
  notice: (text, annotation) => core.notice(shown(text), properties(annotation)),
  warning: (text, annotation) => core.warning(shown(text), properties(annotation)),
  error: (text, annotation) => core.error(shown(text), properties(annotation)),
  finding: (level, text, annotation) => annotate[level](shown(text), properties(annotation)),
  mask: secret => {
    // An empty mask would hide everything, and one of several lines is a mask for each of them.
    for (const line of secret.split(/[\r\n]+/)) if (line !== '') core.setSecret(line)
  },
}

/** Returns a log that also passes each annotation of the run's own to a listener, before it is printed. */
export function withListener(log: Log, note: (level: Level, text: string) => void): Log {
  return {
    ...log,
    notice: (text, annotation) => {
      note('notice', text)
      log.notice(text, annotation)
    },
    warning: (text, annotation) => {
      note('warning', text)
      log.warning(text, annotation)
    },
    error: (text, annotation) => {
      note('error', text)
      log.error(text, annotation)
    },
  }
}

function shown(text: string): string {
  return sanitize(redactUrls(text))
}

function shownLine(text: string): string {
  return sanitizeLine(redactUrls(text))
}

function properties({ title, place }: Annotation<string>): core.AnnotationProperties {
  if (place === undefined) return { title: shownLine(title) }
  return {
    title: shownLine(title),
    file: sanitizeLine(place.file),
    startLine: place.line,
    ...(place.column === undefined ? {} : { startColumn: place.column }),
    ...(place.endColumn === undefined ? {} : { endColumn: place.endColumn }),
  }
}
