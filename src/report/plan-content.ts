import type { PackageChange, PlanContent } from './plan-page.js'
import type { Fact } from './markdown-blocks.js'
import { commitOf, runUrl } from '../github/workflow-run.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { RunState } from '../run-state.js'
import type { Changes } from '../requirements/package-changes.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { mostRows } from './most-rows.js'
import { detailsOf, findingRows } from './details.js'
import type { OutcomeMessage } from './outcome-message.js'

/** What the page of a plan shows. */
export function planContent(told: OutcomeMessage, state: RunState, workflow: WorkflowRun): PlanContent {
  const { comparison, resolution } = state
  const asked = comparison !== undefined && 'changes' in comparison ? comparison.changes : undefined
  const resolved = resolution?.outcome === 'resolved' ? resolution : undefined
  const { changes, more } = changesOf(asked, resolved?.changes)
  return {
    ...told,
    changes,
    moreChanges: more,
    resolved: resolved?.changes !== undefined,
    findings: findingRows(state, workflow),
    facts: [...detailsOf(state, workflow), ...planFacts(state)],
    commit: commitOf(workflow),
    runUrl: runUrl(workflow),
    packages: (resolved?.packages ?? []).map(({ name, version }) => ({ name, version, url: projectUrl(name) })),
  }
}

/** What was not compared or resolved, and why; or who resolved it. */
function planFacts({ inputs, comparison, resolution }: RunState): Fact[] {
  const facts: Fact[] = []
  if (comparison !== undefined && 'why' in comparison) facts.push({ name: 'Not compared', value: comparison.why })
  if (resolution?.outcome === 'unavailable') facts.push({ name: 'Not resolved', value: resolution.why })
  else if (resolution !== undefined) {
    const target = formatPythonTarget(
      pythonTargetOf(inputs !== undefined && 'foundation' in inputs ? inputs.foundation : undefined),
    )
    facts.push({ name: 'Resolved by', value: `${resolution.tool} ${resolution.toolVersion}, for ${target}` })
  }
  return facts
}

/** The packages that the requirements name first, then those that change with them. */
function changesOf(
  asked: Changes | undefined,
  installed: Changes | undefined,
): { readonly changes: PackageChange[]; readonly more: number } {
  const [askedSteps, installedSteps] = [asked, installed].map(stepsOf) as [Steps, Steps]
  const names = [...new Set([...askedSteps.keys(), ...installedSteps.keys()])]
  const changes = names.slice(0, mostRows).map(name => ({
    name,
    url: projectUrl(name),
    asked: askedSteps.get(name),
    installed: installedSteps.get(name),
  }))
  return { changes, more: names.length - changes.length }
}

type Steps = ReadonlyMap<string, { readonly from?: string; readonly to?: string }>

function stepsOf(changes: Changes | undefined): Steps {
  const { added = [], changed = [], removed = [] } = changes ?? {}
  return new Map([...added, ...changed, ...removed].map(({ name, ...step }) => [name, step]))
}

/**
 * Page of a project, with its versions, licences, known vulnerabilities and dependencies; undefined for what is not the
 * name of one.
 */
function projectUrl(name: string): string | undefined {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? `https://deps.dev/pypi/${name}` : undefined
}
