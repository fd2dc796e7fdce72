import type { Cloud, Target } from '../model/target.js'
import type { ImageFamily } from '../model/image-family.js'
import type { RetentionRule } from '../model/retention.js'
import type { Foundation } from '../model/image.js'
import type { FindingId } from '../requirements/findings/finding.js'
import type { DependencySelection } from '../requirements/formats/dependency-file.js'
import type { InputName } from './input-names.js'

/** Holds what the user asks for, validated. */
export type Inputs = ApplyInputs | PlanInputs | VerifyInputs | DeleteInputs

/** Holds the inputs of `mode: apply`, which makes the image match. */
export type ApplyInputs = CommonInputs &
  ImageInputs & {
    readonly mode: 'apply'
    /** Of a family, its image is what their names have in common, with a `*` at the end. */
    readonly target: Target
    readonly foundation: Foundation
    readonly wait: boolean
    /** How the image is tried once it is active; undefined: it is not tried. */
    readonly verification: Verification | undefined
    /** Whether the cluster goes back to the former image where that fails. */
    readonly rollback: boolean
  }

/** Says how an active image is tried. */
export type Verification = {
  readonly database: string
  /** Paths and patterns of the files whose queries it must pass. */
  readonly queries: readonly string[]
}

/** Holds the inputs of `mode: verify`, which tries the active image and changes nothing. */
export type VerifyInputs = CommonInputs &
  ImageInputs & {
    readonly mode: 'verify'
    readonly target: Target
    readonly foundation: Foundation
    readonly verification: Verification
  }

/** Holds the inputs of `mode: plan`, which says what `apply` would do. */
export type PlanInputs = CommonInputs &
  ImageInputs & {
    readonly mode: 'plan'
    /** Undefined: there is only a file to check. */
    readonly target: Target | undefined
    /** What would have to be given for a target to be known. */
    readonly missing: readonly InputName[]
    /** Undefined only where there is no target. */
    readonly foundation: Foundation | undefined
    /** Whether the pull request gets a comment; `on-change`: where something would change. */
    readonly comment: 'false' | 'true' | 'on-change'
    /** With which it is made; may be empty. */
    readonly gitHubToken: string
  }

/** Holds the inputs of `mode: delete`, which deletes the image, or the old ones of a family. */
export type DeleteInputs = CommonInputs & {
  readonly mode: 'delete'
  /** Of a family, its image is what their names have in common, with a `*` at the end. */
  readonly target: Target
  readonly family: RetentionRule | undefined
  /** Whether it is only to be said what would be deleted, as `mode: plan` wants. */
  readonly dryRun: boolean
}

/** Holds the inputs that all modes have. */
export type CommonInputs = {
  /** Undefined: the session of the Azure CLI. */
  readonly application: { readonly clientId: string; readonly tenantId: string } | undefined
  readonly audience: string
  readonly cloud: Cloud
  /** Milliseconds between two looks, if the user fixed them. */
  readonly pollInterval: number | undefined
  /** Milliseconds for the whole step. */
  readonly timeout: number
  readonly summary: boolean
}

/** Holds what the image is to be, and how that is checked. */
export type ImageInputs = {
  /** The images of which one holds the content; undefined where a single one is named. */
  readonly family: ImageFamily | undefined
  readonly language: string
  /** Path in the workspace; empty for an image with no packages of its own. */
  readonly requirementsFile: string
  /** What of that file is wanted besides its dependencies. */
  readonly selection: DependencySelection
  /** Whether warnings about the requirements fail the step too. */
  readonly strict: boolean
  /** Findings that are neither shown nor counted. */
  readonly ignoredFindings: ReadonlySet<FindingId>
  /** Whether uv or pip is asked; `auto`: if one of them can be. */
  readonly resolve: 'auto' | 'true' | 'false'
  /** Whether all that would be installed is pinned before it is compared and sent; `upgrade`: to the newest versions. */
  readonly lock: 'false' | 'true' | 'upgrade'
  readonly force: boolean
  /** Whether queries are to run on the image. */
  readonly activate: boolean
}

/** Tells whether the run only says what would be done. */
export function isPlan(inputs: Inputs | undefined): boolean {
  return inputs?.mode === 'plan' || (inputs?.mode === 'delete' && inputs.dryRun)
}
