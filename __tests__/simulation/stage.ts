import { maintenanceError, unknownPackageError } from '../../emulator/azure/arm-errors.js'
import { chanceFrom } from '../../emulator/chance.js'
import { pythonOn, setExtension } from '../../emulator/azure/cluster.js'
import type { Fault } from '../../emulator/azure/faults.js'
import type { RequestKind } from '../../emulator/network/messages.js'
import type { Outcome } from '../../emulator/azure/operations.js'
import { createService, type Service } from '../../emulator/service.js'
import type { Clock } from '../../src/clock.js'
import { basedName, contentOf, formerName, imageName, otherName, queryText } from './contents.js'
import { drawFrom } from './draw.js'
import type { PlannedEnd, PlannedFault, Schedule } from './schedule.js'

const never = new AbortController().signal

/** The service of a schedule, with all that is there at its start. */
export function setStage(schedule: Schedule, clock: Clock): Service {
  const { seed, faults } = schedule
  const service = createService({
    clock: { now: clock.time, sleep: ms => clock.sleep(ms, never) },
    chance: chanceFrom(drawFrom(seed, 'service').random),
    signed: false,
    ...settingsOf(schedule),
  })
  furnish(service, schedule)
  for (const fault of faults) service.faults.add(faultOf(fault))
  if (!schedule.readable) service.principal.actions.delete('Microsoft.Kusto/locations/operationresults/read')
  return service
}

function settingsOf(schedule: Schedule) {
  // What a new member of a family will be named, its time tells.
  const flawed = schedule.before.name === imageName ? `${imageName}/pandas` : 'pandas'
  const { buildSeconds, switchSeconds, deleteSeconds, sandboxSeconds, formerSandboxSeconds, pythonPlugin } = schedule
  return {
    buildSeconds,
    switchSeconds,
    deleteSeconds,
    spread: 0.3,
    outcomes: schedule.buildEnds.map(endOf),
    switchOutcomes: schedule.switchEnds.map(endOf),
    sandboxSeconds,
    formerSandboxSeconds,
    pythonPlugin,
    installed: new Map(schedule.flawed ? [[flawed, { version: '2.2.2', trouble: 'DLL load failed' }]] : []),
    queries: new Map([[queryText, queryAnswers(schedule)]]),
    completion: schedule.completion,
    conflictScope: schedule.conflictScope,
    repeatedPut: schedule.repeatedPut,
    putHeaders: [...schedule.putHeaders],
    retryAfterSeconds: schedule.retryAfterSeconds,
    lagSeconds: schedule.lagSeconds,
    lag: schedule.lag,
  }
}

function queryAnswers({ failingQuery }: Schedule) {
  return (image: string) => ({ columns: { passed: 'bool' }, rows: [[!failingQuery || image === formerName]] })
}

const conflict = 'Cannot modify resource because the resource entity provisioning state is not terminal.'

function endOf(end: PlannedEnd, index: number): Outcome {
  switch (end) {
    case 'succeeded':
      return { status: 'Succeeded' }
    case 'canceled':
      return { status: 'Canceled', error: { code: 'OperationCanceled', message: `Canceled by reason ${index}.` } }
    case 'failed':
      return { status: 'Failed', error: unknownPackageError(`scikit-learn==1.4.${index}`) }
    case 'conflict':
      return { status: 'Failed', error: { code: 'RequestConflict', message: conflict } }
    case 'maintenance':
      return { status: 'Failed', error: maintenanceError('adxforecast') }
  }
}

function furnish(service: Service, { before, buildSeconds, dated }: Schedule): void {
  const { cluster } = service
  const { images } = cluster
  images.set(formerName, contentOf(before.formerFile))
  images.set(otherName, contentOf('b'))
  for (const number of before.family) images.set(`${imageName}-${number}`, contentOf('b'))
  if (before.base !== undefined) {
    images.set(basedName, { language: 'Python', baseImageName: before.base, requirementsFileContent: 'tqdm' })
  }
  if (before.image === 'wanted') images.set(before.name, contentOf('a'))
  if (before.image === 'other' || before.active === 'itself') images.set(before.name, contentOf('b'))
  if (before.image === 'failed') images.set(before.name, contentOf('a'), 'Failed')
  if (dated) {
    for (const [age, image] of images.all().entries()) image.changedAt = new Date(Date.UTC(2026, 9, 1 + age))
  }
  if (before.active === 'former') setExtension(cluster, pythonOn(formerName))
  if (before.active === 'itself') setExtension(cluster, pythonOn(before.name))
  if (before.active === 'none') cluster.languageExtensions = []
  cluster.languageExtensions.push({ languageExtensionName: 'R', languageExtensionImageName: 'R' })
  if (before.second !== undefined) cluster.languageExtensions.push(pythonOn(before.second))
  // What was active before the start answers no queries any more.
  cluster.formerPython = undefined
  // With the first change, history begins.
  if (before.image === 'being built') {
    service.startForeignBuild({ image: before.name, content: contentOf('a'), seconds: buildSeconds / 2 })
  }
}

const page = '<html><body>Bad Gateway</body></html>'

function faultOf({ on, skip, times, effect }: PlannedFault): Fault {
  const struck = {
    on: on as RequestKind,
    skip,
    times,
    when: ({ headers }: { headers: Record<string, unknown> }) => headers['actor'] !== 'colleague',
  }
  if (effect.as === 'delay') return { ...struck, delayMs: effect.seconds * 1000 }
  if (effect.as === 'answer') {
    const { status, code, retryAfter } = effect
    const headers: Record<string, string> = retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }
    const body = code === undefined ? page : { error: { code, message: `${code}, for the simulation wants it so.` } }
    return { ...struck, answer: { status, headers, body } }
  }
  const { taken } = effect
  const late = typeof taken === 'number' ? { takenAfterMs: taken * 1000 } : {}
  if (effect.as === 'page') {
    const gateway = { status: 504, body: page }
    return { ...struck, ...late, ...(taken === 'at once' ? { answerAfter: gateway } : { answer: gateway }) }
  }
  const when = taken === 'at once' ? 'after' : 'before'
  return { ...struck, ...late, ...(effect.as === 'cut' ? { reset: when } : { hang: when }) }
}
