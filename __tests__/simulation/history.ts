import type { RequestKind, SeenRequest } from '../../emulator/network/messages.js'
import type { Image, ImageContent, LanguageExtension } from '../../emulator/azure/cluster.js'
import type { Operation } from '../../emulator/azure/operations.js'
import type { ClusterSnapshot } from '../../emulator/azure/state-history.js'
import type { Exchange } from './connection.js'
import type { ActionRun } from './run-action.js'
import type { Course } from './simulate.js'

/** A span of time, in milliseconds since 1970. */
type Span = { readonly from: number; readonly to: number }

/** What happened, as the service itself has it: nobody can talk it round. */
export type History = {
  readonly course: Course
  /** Milliseconds by which a reading may have been late. */
  readonly lag: number
  /** What was there at a moment. */
  readonly at: (time: number) => ClusterSnapshot
  /** All that was there at any moment of a span. */
  readonly during: (span: Span) => readonly ClusterSnapshot[]
  /** The operations that a run has started, in their order. */
  readonly startedBy: (run: ActionRun) => readonly Operation[]
  /** Operations of others: of the other run, and of the colleague. */
  readonly startedByOthers: (run: ActionRun) => readonly Operation[]
  readonly requestOf: (operation: Operation) => SeenRequest | undefined
  /**
   * From so long before a run's last reading of this as readings are late, until its end: a statement that was true
   * at a moment of this is one that could be made. Undefined where there was no such reading.
   */
  readonly knownFrom: (run: ActionRun, subject: Subject) => Span | undefined
}

/** The history of a course. */
export function historyOf(course: Course): History {
  const { service, schedule } = course
  const { requests, operations, stateHistory } = service
  const lag = Math.max(...Object.values(schedule.lagSeconds)) * 1000
  const requestOf = ({ request }: Operation): SeenRequest | undefined =>
    request === undefined ? undefined : requests[request - 1]
  const isOf = (operation: Operation, run: ActionRun): boolean =>
    requestOf(operation)?.headers['actor'] === run.plan.name
  const at = (time: number): ClusterSnapshot =>
    stateHistory.all.findLast(({ from }) => from <= time) ?? stateHistory.all[0]!
  return {
    course,
    lag,
    at,
    during: ({ from, to }) => [
      at(from),
      ...stateHistory.all.filter(snapshot => snapshot.from > from && snapshot.from <= to),
    ],
    startedBy: run => operations.all.filter(each => isOf(each, run)),
    startedByOthers: run => operations.all.filter(each => !isOf(each, run)),
    requestOf,
    knownFrom(run, subject) {
      const reads = run.exchanges.filter(each => isRead(each) && subjectOf(each, operations.all) === subject)
      const last = reads[lastBelieved(reads)]
      if (last === undefined) return undefined
      return { from: (last.request.takenAt ?? last.request.at) - lag, to: run.endedAt }
    },
  }
}

function isRead(exchange: Exchange): boolean {
  const { reply, kind } = exchange
  return reply !== undefined && (reply.status < 300 || (reply.status === 404 && kind !== 'poll' && kind !== 'location'))
}

/** The last read that counts: 404s can be wrong, and do not count until each read has shown one for two minutes. */
function lastBelieved(reads: readonly Exchange[]): number {
  const before = reads.findLastIndex(({ reply }) => reply?.status !== 404)
  const [first, last] = [reads[before + 1], reads.at(-1)]
  const isDoubted = before >= 0 && first !== undefined && last!.request.at < first.request.at + MISSING_FOR
  return isDoubted ? before : reads.length - 1
}

/** Milliseconds for which a 404 may be wrong. */
const MISSING_FOR = 120_000

/** What a request is about. */
type Subject = 'image' | 'cluster' | 'query'

const subjects: { readonly [kind in RequestKind]?: Subject } = {
  'get-image': 'image',
  'list-images': 'image',
  'put-image': 'image',
  'delete-image': 'image',
  'get-cluster': 'cluster',
  switch: 'cluster',
  query: 'query',
}

/** What is read by an exchange; of an operation, what it changes. */
function subjectOf({ kind, request }: Exchange, operations: readonly Operation[]): Subject | undefined {
  if (kind !== 'poll' && kind !== 'location') return subjects[kind]
  const operation = operations.find(({ id }) => request.path.includes(id))
  if (operation === undefined) return undefined
  return operation.extensions === undefined ? 'image' : 'cluster'
}

/** An image of a snapshot, by its name, whose case does not matter. */
export function imageIn({ images }: ClusterSnapshot, name: string): Image | undefined {
  return images.find(image => image.name.toLowerCase() === name.toLowerCase())
}

/** What queries in Python ran on; undefined where they were not enabled. */
export function activeIn({ cluster }: ClusterSnapshot): string | undefined {
  const python = cluster.languageExtensions.find(isPython)
  return python?.languageExtensionCustomImageName ?? python?.languageExtensionImageName
}

/** The images that queries in Python may have run on: of two entries nobody knows which one counts. */
export function allActiveIn({ cluster }: ClusterSnapshot): readonly string[] {
  return cluster.languageExtensions
    .filter(isPython)
    .map(each => each.languageExtensionCustomImageName ?? each.languageExtensionImageName)
}

function isPython({ languageExtensionName }: LanguageExtension): boolean {
  return languageExtensionName === 'PYTHON'
}

const versions: Readonly<Record<string, string>> = { '3.10': '3.10.8' }

/** Whether an image holds what a run wants. A version in short is the one that the service makes of it. */
export function isWanted({ plan, text }: ActionRun, content: ImageContent | undefined): boolean {
  if (content === undefined) return false
  const whole = (version: string | undefined) => version && (versions[version] ?? version)
  const { 'language-version': version = '', 'base-image-name': base = '' } = plan.inputs
  return (
    (content.requirementsFileContent ?? '') === text &&
    (whole(content.languageVersion) ?? '') === (whole(version) ?? '') &&
    (content.baseImageName ?? '').toLowerCase() === base.toLowerCase()
  )
}

/** What an operation switches Python to; undefined where it is no switch. */
export function switchedTo({ extensions }: Operation): string | undefined {
  const python = extensions?.find(isPython)
  return python && (python.languageExtensionCustomImageName ?? python.languageExtensionImageName)
}

export function isBuild({ kind }: Operation): boolean {
  return kind === 'SandboxCustomImageCreateOrUpdateCommand'
}

export function isDeletion({ kind }: Operation): boolean {
  return kind === 'SandboxCustomImageDeleteCommand'
}

/** Whether an operation ended because something came between that passes. */
export function isInterrupted({ outcome, holdsImage }: Operation): boolean {
  return !holdsImage || ['RequestConflict', 'ServiceIsInMaintenance'].includes(outcome.error?.code ?? '')
}

/** Whether an answer has told a run why an operation failed. */
export function wasRead({ id, outcome }: Operation, { exchanges }: ActionRun): boolean {
  const code = outcome.error?.code
  return code !== undefined && exchanges.some(each => each.request.path.includes(id) && each.reply?.text.includes(code))
}

/** Whether an answer has told a run the status with which an operation ended, and not only the error of its Location. */
export function isStatusRead({ id, outcome }: Operation, { exchanges }: ActionRun): boolean {
  return exchanges.some(
    ({ request, reply }) =>
      request.path.includes(id) && reply?.status === 200 && reply.text.includes(`"${outcome.status}"`),
  )
}

/** Whether two names are those of one image. */
export function same(one: string | undefined, other: string | undefined): boolean {
  return one?.toLowerCase() === other?.toLowerCase()
}

/** The code of a failure; empty where the run went well. */
export function codeOf({ annotations, exitCode }: ActionRun): string {
  return exitCode === 0 ? '' : (annotations.find(({ level }) => level === 'error')?.title ?? 'none')
}

/** What became of a request for a change, as its sender can tell. */
export type Fate = 'accepted' | 'refused' | 'lost'

/** The fate of a request for a change: of a gateway's page nobody knows who wrote it. */
export function fateOf({ reply }: Exchange): Fate {
  if (reply === undefined || reply.status === 408) return 'lost'
  // There was nothing to delete.
  if (reply.status === 204) return 'refused'
  const isOurs = reply.text === '' || reply.text.startsWith('{')
  if (reply.status < 300) return isOurs ? 'accepted' : 'lost'
  if (reply.status >= 500) return reply.text.includes('ServiceIsInMaintenance') ? 'refused' : 'lost'
  return 'refused'
}

const changing: readonly RequestKind[] = ['put-image', 'switch', 'delete-image']

/** The requests for changes that a run has sent. */
export function changesAskedBy(run: ActionRun): readonly Exchange[] {
  return run.exchanges.filter(({ kind }) => changing.includes(kind))
}
