import type { PackageChange, PlanContent } from '../github/plan-page.js'
import type { WorkflowRun } from '../github/workflow-run.js'
import type { Record } from '../record.js'
import { factsOf, findingRows } from './facts.js'
import type { Told } from './wording.js'

/** What the page of a plan shows. */
export function planContent(told: Told, record: Record, workflow: WorkflowRun): PlanContent {
  const { comparison } = record
  const facts = factsOf(record, workflow)
  if (comparison !== undefined && 'why' in comparison) facts.push({ name: 'Not compared', value: comparison.why })
  return {
    ...told,
    changes: changesOf(record),
    resolved: false,
    findings: findingRows(record, workflow),
    facts,
    packages: [],
  }
}

function changesOf({ comparison }: Record): PackageChange[] {
  if (comparison === undefined || 'why' in comparison) return []
  const { added, removed, changed } = comparison.changes
  return [...added, ...changed, ...removed].map(({ name, ...asked }) => ({
    name,
    url: projectUrl(name),
    asked,
    installed: undefined,
  }))
}

/**
 * Page of a project, with its versions, licences, known vulnerabilities and dependencies; undefined for what is not the
 * name of one.
 */
function projectUrl(name: string): string | undefined {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? `https://deps.dev/pypi/${name}` : undefined
}
