import type { Changes } from '../package-changes.js'
import type { Finding } from '../findings/finding.js'
import type { PackageOrigin } from '../managed-images/base-conflicts.js'
import type { ManagedImageContents } from '../managed-images/managed-image.js'
import type { Requirements } from '../requirements.js'

/** Holds what the requirements are resolved for; always Windows on x86-64 with CPython. */
export type ResolutionTarget = {
  /** Such as `3.10.8`; undefined where the base image's name does not say. */
  readonly pythonVersion: string | undefined
  /** Undefined where it is not known. */
  readonly base?: Base | undefined
}

/** Holds what an image is built on. @internal */
export type Base = {
  readonly name: string
  /** The managed image at the bottom; undefined for Python alone. */
  readonly managed: ManagedImageContents | undefined
  /** The requirements of the custom images upon it, the lowest first. */
  readonly layers: readonly Requirements[]
}

/** Holds what an image holds, or is going to hold no longer. */
export type CurrentRequirements = ResolutionTarget & { readonly requirements: Requirements }

/** Holds the tools that can resolve requirements. */
export type ToolName = 'uv' | 'pip'

/** Holds a package as it would be installed, its name normalised. */
export type ResolvedPackage = { readonly name: string; readonly version: string } & Partial<PackageOrigin>

/** Holds what uv or pip says of requirements. */
export type Resolution = Resolved | Unresolvable | Unavailable

/** Says that the requirements can be installed. */
export type Resolved = Answered & {
  readonly outcome: 'resolved'
  /** All that would be installed, those that others depend on included; sorted by name. */
  readonly packages: readonly ResolvedPackage[]
  /** The line of the requirements' text that asks for each package, by its name; of a dependency, a line that leads to it. */
  readonly lines: ReadonlyMap<string, number>
  /** Against what is installed now; undefined where that is not known or not wanted. */
  readonly changes?: Changes
}

/** They cannot, as far as the tool knows: the findings, at least one, say why. */
type Unresolvable = Answered & { readonly outcome: 'unresolvable' }

/** Says that no tool gave an answer, which says nothing of the requirements. */
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
  /** What the answer leaves open, in sentences. */
  readonly caveats: readonly string[]
}

/** Returns that there is no answer, and why. */
export function resolutionUnavailable(why: string): Unavailable {
  return { outcome: 'unavailable', why }
}
