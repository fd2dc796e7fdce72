import type { Service } from '../../emulator/service.js'
import { stepInputs } from '../../emulator/github/action-file.js'
import type { Clock } from '../../src/clock.js'
import { Stopped } from '../../src/failure.js'
import { workflowRunFrom } from '../../src/github/workflow-run.js'
import { inputDefaults } from '../../src/inputs/input-names.js'
import { run } from '../../src/main.js'
import { memoryFiles } from '../requirements/memory-files.js'
import { connect, type Exchange } from './connection.js'
import { files, impossible, queryFile, queryText } from './contents.js'
import type { Draw } from './draw.js'
import type { RunPlan } from './schedule.js'
import { keepTold, type ToldAnnotation } from './told.js'

/** A run of the action as it went. Times in milliseconds since 1970. */
export type ActionRun = {
  readonly plan: RunPlan
  readonly text: string
  readonly startedAt: number
  readonly endedAt: number
  readonly cancelledAt: number | undefined
  readonly exitCode: number
  readonly outputs: Readonly<Record<string, string | undefined>>
  readonly annotations: readonly ToldAnnotation[]
  readonly summary: string
  readonly exchanges: readonly Exchange[]
}

/** Where a run takes place. */
export type Stage = {
  readonly service: Service
  readonly clock: Clock
  readonly tell: (actor: string, text: string) => void
}

/** Runs the action once, in the process, on simulated time. */
export async function runAction(plan: RunPlan, { service, clock, tell }: Stage, draw: Draw): Promise<ActionRun> {
  const { name } = plan
  const text = plan.file === 'impossible' ? impossible : files[plan.file]
  const given: Readonly<Record<string, string>> = {
    ...inputDefaults,
    ...stepInputs(service, plan.image),
    'language-version': '',
    resolve: 'false',
    ...plan.inputs,
  }
  const workflow = workflowRunFrom({
    GITHUB_WORKSPACE: '/ws',
    GITHUB_REPOSITORY: service.github.repository,
    GITHUB_SHA: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
    GITHUB_RUN_ID: '1',
    GITHUB_ACTION_REPOSITORY: 'org/kusto-sandbox-image',
    GITHUB_ACTION_REF: 'v1',
    ACTIONS_ID_TOKEN_REQUEST_URL: service.github.requestUrl,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: service.github.requestToken,
  })
  const exchanges: Exchange[] = []
  const told = keepTold(line => tell(name, line))
  const cancellation = new AbortController()
  const over = new AbortController()
  let cancelledAt: number | undefined
  if (plan.cancelAt !== undefined) {
    clock.sleep(plan.cancelAt * 1000, over.signal).then(
      () => {
        cancelledAt = clock.time()
        tell(name, '(cancelled)')
        cancellation.abort(new Stopped('cancelled'))
      },
      () => undefined,
    )
  }
  const startedAt = clock.time()
  tell(name, `(starts: ${JSON.stringify(plan.inputs)})`)
  const exitCode = await run({
    input: input => given[input] ?? '',
    workflow,
    files: memoryFiles({ 'requirements.txt': text, [queryFile]: queryText }),
    programs: () => Promise.reject(new Error('no program is run here')),
    tools: () => Promise.reject(new Error('nothing is resolved here')),
    formats: () => Promise.reject(new Error('no file of another format is read here')),
    commenter: () => Promise.reject(new Error('no comment is made here')),
    send: connect({ service, clock, random: draw.random }, name, exchange => exchanges.push(exchange)),
    clock,
    random: draw.random,
    newId: () => idFrom(draw),
    log: told.log,
    setOutputs: told.setOutputs,
    writeSummary: told.writeSummary,
    cancelled: cancellation.signal,
  })
  over.abort(new Error('over'))
  tell(name, `(ends with ${exitCode}: ${JSON.stringify(told.outputs)})`)
  const { outputs, annotations, summary } = told
  const endedAt = clock.time()
  // Of a family, it is about the member that it has chosen.
  const isOfFamily = plan.mode !== 'delete' && plan.image.endsWith('*')
  const chosen = isOfFamily ? { ...plan, image: outputs['image-name'] ?? plan.image } : plan
  return { plan: chosen, text, startedAt, endedAt, cancelledAt, exitCode, outputs, annotations, summary, exchanges }
}

function idFrom({ random }: Draw): string {
  return 'xxxxxxxx-xxxx-4xxx-axxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16))
}
