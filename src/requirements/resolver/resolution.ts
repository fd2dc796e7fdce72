import type { Changes } from '../package-changes.js'
import type { Finding } from '../findings/finding.js'
import type { Requirements } from '../requirements.js'

/** What the requirements are resolved for; always Windows on x86-64 with CPython. */
export type ResolutionTarget = {
  /** Such as `3.10.8`; undefined where the name of the base image does not tell. */
  readonly pythonVersion: string | undefined
}

/** What an image holds, or is going to hold no longer. */
export type CurrentRequirements = ResolutionTarget & { readonly requirements: Requirements }

/** The tools that can resolve requirements. */
export type ToolName = 'uv' | 'pip'

/** A package as it would be installed, its name normalised. */
export type ResolvedPackage = { readonly name: string; readonly version: string }

/** What uv or pip says of requirements. */
export type Resolution = Resolved | Unresolvable | Unavailable

/** They can be installed. */
export type Resolved = Answered & {
  readonly outcome: 'resolved'
  /** All that would be installed, those that others depend on included; sorted by name. */
  readonly packages: readonly ResolvedPackage[]
  /** Against what is installed now; undefined where that was not asked for, or is not known. */
  readonly changes?: Changes
}

/** They cannot, as far as the tool knows: the findings, at least one, say why. */
export type Unresolvable = Answered & { readonly outcome: 'unresolvable' }

/** Nobody could be asked, or there was no answer; it says nothing of the requirements. */
export type Unavailable = {
  readonly outcome: 'unavailable'
  /** In a sentence that starts in lower case and has no full stop, to stand after a colon; it may quote a tool. */
  readonly why: string
}

/** Who answered, and what there is to say about lines. */
type Answered = {
  readonly tool: ToolName
  readonly toolVersion: string
  readonly findings: readonly Finding[]
}

/** No answer, and why. */
export function resolutionUnavailable(why: string): Unavailable {
  return { outcome: 'unavailable', why }
}
