import type { ArmResponse, NoResponse, AzureContext } from '../arm.js'
import { observeLocation, observeOperation } from '../operation.js'
import { createPoller, type Poller, retryDelay, throttleDelay } from '../poll-interval.js'
import type { ReadResult, Reading } from '../read-resource.js'
import { Failure } from '../../failure.js'
import {
  type Acceptance,
  answerLost,
  type Attempt,
  type Change,
  type ChangeResult,
  hasBegun,
  isUnderWay,
  type Obstacle,
  operationRead,
  requestAccepted,
  type RequestFate,
  requestRefused,
  requestSent,
  resourceRead,
} from './change.js'
import { type Classify, nextStep, type Step } from './next-step.js'
import { type ChangeRequest, fateOfResponse } from './request-fate.js'

/** Tells what is particular to one kind of change. */
export type ChangeSpec<Resource> = {
  readonly request: ChangeRequest
  /** Reads the resource once. @throws {Failure} when the service refuses. */
  readonly read: () => Promise<ReadResult<Resource>>
  /** Is called with each read, and with when its request left. */
  readonly onRead: (result: ReadResult<Resource>, sentAt: number) => void
  readonly classify: Classify<Resource>
  /** The resource's own word for how it is. */
  readonly stateOf: (resource: Resource) => string
}

/** Receives what is seen of a change. */
export type ChangeProgress = {
  readonly accepted: (operationId: string | undefined, correlationId: string) => void
  readonly answerLost: (why: string) => void
  /** What a lost request asked for is there, or is known not to be; or nobody can know any more: `lost`. */
  readonly answerSettled: (fate: 'found' | 'lost' | 'not-received') => void
  readonly obstacle: (obstacle: Obstacle) => void
  /** A status of the operation, or a state of the resource, each time it is read. */
  readonly state: (state: string) => void
  /** A read that showed nothing; reading goes on. */
  readonly unreadable: (why: string) => void
  /** A way of asking that is closed; another one takes over. */
  readonly closed: (why: string) => void
}

/** Holds what carrying out a change needs. */
export type ChangeOptions = {
  readonly azure: AzureContext
  /** The user's own pause between two reads, in milliseconds. */
  readonly pollInterval: number | undefined
  readonly progress: ChangeProgress
  /** Whether the result is waited for, or the acceptance alone. */
  readonly waits: boolean
}

/**
 * Asks for a change, unless it is under way already, and carries it to its end: does what {@link nextStep} says until it is done.
 * @param before the resource as it was read right before, with nobody changing it.
 * @returns the result; or that it was accepted, where no more is waited for; or that something came between, and it is
 * time to look and decide again.
 * @throws {Failure} when the service refuses for a reason that waiting does not mend.
 */
export async function runChange<Resource>(
  change: Change<Resource>,
  before: Reading<Resource>,
  spec: ChangeSpec<Resource>,
  options: ChangeOptions,
): Promise<ChangeResult<Resource> | 'accepted' | 'decide-again'> {
  const { clock, signal } = options.azure
  const latest = change.attempts.at(-1)
  // One that is under way is followed on.
  let step: Step<Resource> =
    latest !== undefined && isUnderWay(latest)
      ? nextStep(change, spec.classify, clock.now(), options.azure.deadline)
      : { do: 'submit' }
  let poller = createPoller(options.azure, options.pollInterval)
  for (;;) {
    switch (step.do) {
      case 'submit':
        await submit(change, before, spec, options)
        poller = createPoller(options.azure, options.pollInterval)
        if (last(change).fate !== 'refused')
          last(change).nextPollAt = clock.now() + poller(last(change).operation?.retryAfter)
        break
      case 'read-operation':
        await readOperation(last(change), step, poller, options)
        break
      case 'read-resource':
        await readResource(change, spec, poller, options)
        break
      case 'wait':
        await clock.sleep(Math.max(0, step.until - clock.now()), signal)
        break
      case 'decide-again':
        settle(change, traceOf(change), options.progress)
        return 'decide-again'
      case 'done':
        settle(change, step.result.as === 'unanswered' ? traceOf(change) : 'found', options.progress)
        return (change.result = step.result)
    }
    if (!options.waits && isUnderWay(last(change))) return 'accepted'
    step = nextStep(change, spec.classify, clock.now(), options.azure.deadline)
  }
}

function last<Resource>({ attempts }: Change<Resource>): Attempt<Resource> {
  const attempt = attempts.at(-1)
  if (attempt === undefined) throw new Error('nothing was asked for yet')
  return attempt
}

/** Tells what has been seen of a request whose answer was lost, when nothing is under way any more. */
function traceOf<Resource>(change: Change<Resource>): Extract<RequestFate, 'found' | 'lost' | 'not-received'> {
  const attempt = last(change)
  if (hasBegun(change.kind, attempt)) return 'found'
  return attempt.isPlausible === true ? 'lost' : 'not-received'
}

function settle(change: Change<unknown>, fate: 'found' | 'lost' | 'not-received', progress: ChangeProgress): void {
  const attempt = last(change)
  if (attempt.fate !== 'lost') return
  attempt.fate = fate
  attempt.isSettled = true
  // What was seen under way was reported then.
  if (!hasBegun(change.kind, attempt)) progress.answerSettled(fate)
}

async function submit<Resource>(
  change: Change<Resource>,
  before: Reading<Resource>,
  { request }: ChangeSpec<Resource>,
  { azure, progress }: ChangeOptions,
): Promise<void> {
  const { clock } = azure
  const earlier = change.attempts.length
  const attempt = requestSent(change, before, clock.now())
  let answer: ArmResponse | NoResponse
  try {
    answer = await azure.arm.ask(request.arm, azure.signal)
  } catch (error) {
    // Signing in anew was refused, so nothing was sent.
    if (error instanceof Failure) requestRefused(attempt, clock.now())
    throw error
  }
  const now = clock.now()
  const { correlationId } = answer
  const fate = fateOfResponse(answer, request)
  switch (fate.as) {
    case 'accepted':
      requestAccepted(attempt, trusted(fate.acceptance, azure, progress), now)
      return progress.accepted(attempt.operation?.id, fate.acceptance.correlationId)
    case 'nothing-to-do':
      requestRefused(attempt, now, correlationId)
      change.result = { as: 'gone' }
      return
    case 'lost':
      answerLost(attempt, fate.why, correlationId, now)
      return progress.answerLost(fate.why)
    case 'obstacle':
      requestRefused(attempt, now, correlationId, fate.obstacle)
      return hinder(attempt, fate.obstacle, earlier, azure, progress)
    case 'refused':
      requestRefused(attempt, now, correlationId)
      throw fate.failure
  }
}

/** Sets when to try again: a little later each time. */
function hinder(
  attempt: Attempt<unknown>,
  obstacle: Obstacle,
  earlier: number,
  { clock, random }: AzureContext,
  progress: ChangeProgress,
): void {
  const { by, retryAfter } = obstacle
  const pause = by === 'throttling' ? throttleDelay(retryAfter, random()) : retryDelay(earlier, retryAfter, random())
  attempt.nextPollAt = clock.now() + pause
  progress.obstacle(obstacle)
}

/** The acceptance without URLs that lead away from Resource Manager: a token must not follow them. */
function trusted(acceptance: Acceptance, { arm }: AzureContext, progress: ChangeProgress): Acceptance {
  const checked = (name: string, url: string | undefined) => {
    if (url === undefined || arm.isTrustedUrl(url)) return url
    const origin = URL.canParse(url) ? new URL(url).origin : 'not a URL'
    progress.closed(`${name} is not followed: its URL points to a host other than Azure Resource Manager (${origin})`)
    return undefined
  }
  return {
    ...acceptance,
    operationUrl: checked('The operation', acceptance.operationUrl),
    locationUrl: checked('The Location of the operation', acceptance.locationUrl),
  }
}

async function readOperation(
  attempt: Attempt<unknown>,
  { kind, url }: Extract<Step<unknown>, { do: 'read-operation' }>,
  poller: Poller,
  { azure, progress }: ChangeOptions,
): Promise<void> {
  const answer = await azure.arm.ask({ method: 'GET', url }, azure.signal)
  const observation = kind === 'status' ? observeOperation(answer) : observeLocation(answer)
  const now = azure.clock.now()
  const closed = operationRead(attempt, observation, now)
  if (observation.seen === 'status') {
    if (attempt.operation?.end?.as !== 'succeeded') progress.state(observation.status)
  } else if (closed === undefined) progress.unreadable(observation.why)
  else progress.closed(closed)
  if (attempt.obstacle !== undefined) return hinder(attempt, attempt.obstacle, 0, azure, progress)
  attempt.nextPollAt = attempt.operation?.end === undefined ? now + poller(answer.retryAfter) : now
}

async function readResource<Resource>(
  change: Change<Resource>,
  { read, onRead, classify, stateOf }: ChangeSpec<Resource>,
  poller: Poller,
  { azure, progress }: ChangeOptions,
): Promise<void> {
  const attempt = last(change)
  const sentAt = azure.clock.now()
  const result = await read()
  onRead(result, sentAt)
  const now = azure.clock.now()
  attempt.lastRead = { of: 'resource', at: now }
  if (result.seen === 'nothing') {
    progress.unreadable(result.why)
    // Whether the operation has ended is what pauses are for; once it has, only this look is left.
    const isLastLook = result.throttled && attempt.operation?.end !== undefined
    const pause = isLastLook ? throttleDelay(result.retryAfter, azure.random()) : poller(result.retryAfter)
    attempt.nextPollAt = now + pause
    return
  }
  const { resource, retryAfter } = result
  const view = classify(resource, attempt.before.resource)
  const isUnderWay = view === 'under-way'
  const isRebuilt = change.kind === 'deletion' && view === 'other-under-way'
  const isPlausible = view === 'done' || isRebuilt || isUnderWay
  const hadBegun = hasBegun(change.kind, attempt)
  resourceRead(attempt, { sentAt, resource }, { isUnderWay, isPlausible }, now)
  if (attempt.fate === 'lost' && !hadBegun && hasBegun(change.kind, attempt)) progress.answerSettled('found')
  if (isUnderWay && resource !== undefined) progress.state(stateOf(resource))
  attempt.nextPollAt = now + poller(retryAfter)
}
