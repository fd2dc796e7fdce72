import { portalUrl } from './azure/target.js'
import type { Log } from './github/log.js'
import { summaryMarkdown } from './github/summary.js'
import type { Fact, Package } from './github/summary.js'
import { blobUrl, issuesUrl } from './github/workflow-run.js'
import { stateAtEnd } from './record.js'
import type { Record } from './record.js'
import type { Requirements } from './requirements/requirements.js'
import type { World } from './steps/scene.js'
import { listed } from './phrases.js'
import { reasonWords, tell } from './wording.js'
import type { Told } from './wording.js'

/**
 * Reports what is known of a run: the outputs first, for a cancelled step has little time, then the log and the summary.
 * @returns the exit code: 0 for `Succeeded`, or for acceptance where the user waits for no more; else 1.
 */
export async function report(record: Record, world: World): Promise<number> {
  const elapsed = world.clock.now() - record.started
  const told = tell(record, elapsed, issuesUrl(world.workflow))
  const good = record.ending?.as === 'succeeded' || record.ending?.as === 'accepted'

  world.setOutputs(outputsOf(record, elapsed))
  tellLog(told, good, record, world.log)
  // The inputs as a whole may be wrong; this one is heeded all the same.
  if (record.inputs?.summary ?? world.input('summary').toLowerCase() !== 'false') {
    await world.writeSummary(summaryOf(told, good, record, world)).catch((error: unknown) => {
      world.log.warning(`The job summary could not be written: ${String(error)}`, { title: 'summary' })
    })
  }
  return good ? 0 : 1
}

/** The step's outputs, in the order of action.yml. */
export const outputNames = [
  'image-id',
  'image-name',
  'state',
  'changed',
  'action',
  'requirements-sha256',
  'operation-id',
  'correlation-id',
  'duration-seconds',
] as const

/** The values of the outputs. What is not known stays unset, which reads as empty. */
function outputsOf(record: Record, elapsed: number): { [name in (typeof outputNames)[number]]: string | undefined } {
  return {
    'image-id': record.imageId,
    'image-name': record.inputs?.image,
    state: stateAtEnd(record),
    changed: String(record.submitted === 'yes'),
    action: record.decision?.action,
    'requirements-sha256': record.requirements?.sha256,
    'operation-id': record.operationId,
    'correlation-id': record.correlationId,
    'duration-seconds': (elapsed / 1000).toFixed(1),
  }
}

/** The runner keeps ten annotations of a kind a step; one is the failure itself. */
const mostPlaces = 9

function tellLog(told: Told, good: boolean, { ending }: Record, log: Log): void {
  if (good) return log.line(told.headline, 'good')
  const ids = Object.entries(told.ids).map(([name, id]) => `${name} ${id}`)
  const text = [
    told.headline,
    ...told.details,
    told.remedy,
    told.aftermath,
    ids.length === 0 ? '' : `(${ids.join(', ')})`,
  ]
    .filter(line => line !== '')
    .join('\n')
  const places = ending?.as === 'failure' ? ending.failure.places : []
  const [only] = places
  const atPlace = places.length === 1 && only !== undefined && only.reason === undefined
  log.error(text, atPlace ? { title: told.code, place: only } : { title: told.code })
  if (!atPlace) {
    for (const place of places.slice(0, mostPlaces)) {
      log.error(place.reason ?? told.headline, { title: told.code, place })
    }
  }
  if (ending?.as === 'defect' && ending.error instanceof Error) log.line(ending.error.stack ?? '', 'quiet')
}

function summaryOf(told: Told, good: boolean, record: Record, world: World): string {
  const { inputs, requirements, decision, phases } = record
  const facts: Fact[] = []
  if (inputs !== undefined) {
    facts.push({ name: 'Image', value: inputs.image })
    facts.push({ name: 'Cluster', value: inputs.cluster, url: portalUrl(inputs) })
    facts.push(
      { name: 'Resource group', value: inputs.resourceGroup },
      { name: 'Subscription', value: inputs.subscription },
    )
    const { language, foundation } = inputs
    facts.push({
      name: 'Built on',
      value: 'languageVersion' in foundation ? `${language} ${foundation.languageVersion}` : foundation.baseImageName,
    })
  }
  for (const [index, file] of (requirements?.files ?? []).entries()) {
    facts.push({ name: index === 0 ? 'Requirements' : '…including', value: file, url: blobUrl(world.workflow, file) })
  }
  if (decision !== undefined) {
    const why = listed(decision.reasons.map(reason => reasonWords[reason]))
    facts.push({ name: 'Action', value: why === '' ? decision.action : `${decision.action}: ${why}` })
  }
  facts.push({ name: 'State', value: stateAtEnd(record) ?? 'not known' })
  for (const [name, id] of Object.entries(told.ids)) {
    facts.push({ name: `${name.charAt(0).toUpperCase()}${name.slice(1)} ID`, value: id })
  }
  const blames = record.ending?.as === 'failure' ? record.ending.failure.places : []
  const marked = blames.flatMap(({ file, line, reason }) =>
    reason === undefined ? [] : [{ place: `${file}:${line}`, reason, url: blobUrl(world.workflow, file, line) }],
  )
  return summaryMarkdown({
    ...told,
    good,
    marked,
    facts,
    findings: record.findings.map(({ id, severity, message, file, line }) => ({
      id,
      severity,
      message,
      place: `${file}:${line}`,
      url: blobUrl(world.workflow, file, line),
    })),
    packages: packagesOf(requirements, world),
    phases,
    now: world.clock.time(),
  })
}

function packagesOf(requirements: Requirements | undefined, { workflow }: World): Package[] {
  if (requirements === undefined) return []
  return requirements.entries.flatMap(entry => {
    if (entry.kind !== 'requirement') return []
    const origin = requirements.origins[entry.span.start.line - 1]
    const wanted = entry.text.slice(entry.name.length).trim()
    if (origin === undefined) return [{ name: entry.name, wanted, place: '' }]
    const url = blobUrl(workflow, origin.file, origin.line)
    return [{ name: entry.name, wanted, place: `${origin.file}:${origin.line}`, ...(url === undefined ? {} : { url }) }]
  })
}
