import { pluralize } from '../format.js'
import { code, link } from '../github/markdown.js'
import { blobUrl, type WorkflowRun } from '../github/workflow-run.js'
import type { Changes } from '../requirements/package-changes.js'
import type { Requirements } from '../requirements/requirements.js'
import type { Resolved, ResolvedPackage } from '../requirements/resolver/resolution.js'
import { type Block, fold, mostOpenRows, tableOf } from './markdown-blocks.js'

/** From what to what; undefined where it is not there. */
type Step = { readonly from?: string; readonly to?: string }

/**
 * Returns which packages change: those that the requirements name in a table, those that change with them folded away.
 * @param resolved where that is known.
 * @param isNew whether there is no image yet, so that everything is added.
 */
export function changeBlocks(required: Changes | undefined, resolved: Resolved | undefined, isNew: boolean): Block[] {
  const installed = resolved?.changes
  const packages = new Map(resolved?.packages.map(each => [each.name, each]))
  const withOrigin = (name: string, text: string) =>
    text === '' ? '' : `${text}${originText(packages.get(name), ', ')}`
  const [requiredSteps, installedSteps] = [stepsOf(required), stepsOf(installed)]
  const names = [...requiredSteps.keys()]
  const others = [...installedSteps.keys()].filter(name => !requiredSteps.has(name))
  const shown = (each: Step | undefined) => (isNew ? code(each?.to ?? '') : stepText(each))
  const isKnown = installed !== undefined
  const named = tableOf(['Package', 'Requirements', ...(isKnown ? ['Installed'] : [])], names, name => [
    project(name),
    shown(requiredSteps.get(name)),
    ...(isKnown ? [withOrigin(name, versionText(installedSteps.get(name)))] : []),
  ])
  const rest = tableOf(['Package', 'Installed'], others, name => [
    project(name),
    withOrigin(name, shown(installedSteps.get(name))),
  ])
  const count = pluralize(others.length, 'dependency', 'dependencies')
  const verb = others.length === 1 ? 'changes' : 'change'
  const title = isNew
    ? `${count} installed with them${originsOf(others.flatMap(name => packages.get(name) ?? []))}`
    : `${count} ${verb}: ${kindsOf(others, installedSteps)}`
  const all = `${pluralize(names.length, 'package')} ${isNew ? 'in the requirements' : 'change'}`
  return [names.length > mostOpenRows ? fold(all, named) : named, fold(title, rest)]
}

function stepsOf({ added, changed, removed }: Changes = { added: [], changed: [], removed: [] }): Map<string, Step> {
  return new Map([...added, ...changed, ...removed].map(({ name, ...step }) => [name, step]))
}

/** Beside what the requirements say, that a package is added goes without saying. */
function versionText(step: Step | undefined): string {
  return step?.from === undefined ? code(step?.to ?? '') : stepText(step)
}

function stepText(step: Step | undefined): string {
  if (step === undefined) return ''
  const [from, to] = [step.from, step.to].map(text => (text === undefined ? undefined : code(text)))
  if (from === undefined) return `added ${to ?? ''}`
  return to === undefined ? `removed ${from}` : `${from} → ${to}`
}

function kindsOf(names: readonly string[], steps: ReadonlyMap<string, Step>): string {
  const kinds = Map.groupBy(names, name => {
    const { from, to } = steps.get(name) ?? {}
    return from === undefined ? 'added' : to === undefined ? 'removed' : 'of another version'
  })
  return [...kinds].map(([kind, { length }]) => `${length} ${kind}`).join(', ')
}

/** A package with its page of versions, licences and vulnerabilities; without one where the name is no project's. */
function project(name: string): string {
  return link(code(name), /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) ? `https://deps.dev/pypi/${name}` : undefined)
}

/** Says where a package comes from; nothing of what is installed as a matter of course. */
function originText(resolved: ResolvedPackage | undefined, separator: string): string {
  if (resolved?.origin === 'base') return `${separator}from the base`
  return resolved?.origin === 'replaced' ? `${separator}replaces ${code(resolved.baseVersion ?? '')} of the base` : ''
}

/** Counts packages by where they come from, where some come from the base. */
function originsOf(packages: readonly ResolvedPackage[]): string {
  if (!packages.some(({ origin }) => origin === 'base' || origin === 'replaced')) return ''
  const kinds = (['installed', 'base', 'replaced'] as const).flatMap(kind => {
    const { length } = packages.filter(({ origin }) => origin === kind)
    return length === 0 ? [] : [`${length} ${kind === 'base' ? 'from the base' : kind}`]
  })
  return `: ${kinds.join(', ')}`
}

/** Returns all that would be installed, or is, folded away. @param verb such as `are installed`. */
export function installedList({ packages }: Resolved, verb: string): Block {
  const origins = originsOf(packages)
  const head = ['Package', 'Version', ...(origins === '' ? [] : ['Origin'])]
  const rows = tableOf(head, packages, each => [
    project(each.name),
    code(each.version),
    ...(origins === '' ? [] : [originText(each, '') || 'installed']),
  ])
  return fold(`${pluralize(packages.length, 'package')} ${verb}${origins}`, rows)
}

/** Returns the packages that the requirements name, folded away, each with a link to its line. */
export function requiredList(requirements: Requirements, workflow: WorkflowRun): Block {
  const named = requirements.entries.filter(entry => entry.kind === 'requirement')
  const rows = tableOf(['Package', 'Requirements'], named, ({ name, normalizedName, shown, span }) => {
    const origin = requirements.origins[span.start.line - 1]
    const wanted = code(shown.slice(name.length).trim() || '*')
    return [project(normalizedName), link(wanted, origin && blobUrl(workflow, origin.file, origin.line))]
  })
  return fold(`${pluralize(named.length, 'package')} in the requirements`, rows)
}
