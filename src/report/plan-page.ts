import { pluralize } from '../format.js'
import { code, link } from '../github/markdown.js'
import {
  bytes,
  paragraphs,
  factTable,
  findingTable,
  fitParts,
  fitTable,
  detailsBlock,
  heading,
} from './markdown-blocks.js'
import type { Fact, FindingRow, Words } from './markdown-blocks.js'

/** From what to what; undefined where it is not there. */
export type PlannedStep = { readonly from?: string; readonly to?: string }

/** What becomes of one package. */
export type PackageChange = {
  readonly name: string
  /** Page of the project. */
  readonly url: string | undefined
  /** What the requirements say of it; undefined where that does not change, or where only other packages want it. */
  readonly asked: PlannedStep | undefined
  /** Its version in the image, where that is known to change. */
  readonly installed: PlannedStep | undefined
}

/** A package as it would be installed. */
export type Installed = { readonly name: string; readonly version: string; readonly url: string | undefined }

/** What a plan shows, in the job summary and in a comment on the pull request. All texts are plain. */
export type PlanContent = Words & {
  readonly changes: readonly PackageChange[]
  /** How many more packages change. */
  readonly moreChanges?: number
  /** Whether what would be installed is known, before and after. */
  readonly resolved: boolean
  readonly findings: readonly FindingRow[]
  readonly facts: readonly Fact[]
  readonly packages: readonly Installed[]
  /** Of which it speaks. */
  readonly commit: { readonly sha: string; readonly url: string } | undefined
  /** Page of the run that found it out. */
  readonly runUrl: string | undefined
}

/**
 * The plan as Markdown: the sentence that matters first, the changes, the findings, and what else there is to know, the
 * packages that would be installed folded away.
 * @param limit bytes; what does not fit is left out with a note.
 */
export function planMarkdown(content: PlanContent, limit: number): string {
  const { changes, moreChanges = 0, resolved, findings, facts, packages } = content
  const top = fitParts([heading(content), ...paragraphs(content, '', limit / 5)], limit / 2)
  let room = limit - bytes(top) - 1000
  const section = (share: number, make: (room: number) => string): string => {
    const made = make(Math.max(0, room * share))
    room -= bytes(made) + 2
    return made
  }
  const changed = section(0.5, share => changeTable(changes, moreChanges, resolved, share))
  const found = section(0.6, share => findingTable(findings, share))
  const about = section(0.5, share => factTable('About this plan', facts, share))
  const all = section(0.9, share => installedTable(packages, share))
  return `${[top, changed, found, about, all, origin(content)].filter(part => part !== '').join('\n\n')}\n`
}

/** A comment outlives the commit that it was made for, so it says which that was. */
function origin({ commit, runUrl }: PlanContent): string {
  const said = commit === undefined ? '' : ` for ${link(code(commit.sha.slice(0, 7)), commit.url)}`
  return runUrl === undefined ? '' : `${link('Planned', runUrl)}${said}.`
}

function changeTable(changes: readonly PackageChange[], more: number, resolved: boolean, room: number): string {
  const head = ['Package', 'Requirements', ...(resolved ? ['Installed'] : [])]
  const row = ({ name, url, asked, installed }: PackageChange) => [
    link(code(name), url),
    stepWords(asked),
    ...(resolved ? [stepWords(installed)] : []),
  ]
  return fitTable(head, changes, row, room, more)
}

function stepWords(step: PlannedStep | undefined): string {
  if (step === undefined) return ''
  const [from, to] = [step.from, step.to].map(text => (text === undefined ? undefined : code(text)))
  if (from === undefined) return `added ${to ?? ''}`
  return to === undefined ? `removed ${from}` : `${from} → ${to}`
}

function installedTable(packages: readonly Installed[], room: number): string {
  const row = ({ name, version, url }: Installed) => [link(code(name), url), code(version)]
  const title = `${pluralize(packages.length, 'package')} would be installed`
  return detailsBlock(title, false, ['Package', 'Version'], packages, row, room)
}
