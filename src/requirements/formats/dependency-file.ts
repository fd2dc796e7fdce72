import type { Place } from '../../failure.js'
import type { Origin } from '../file/origin.js'
import type { Severity } from '../findings/finding.js'

/** Holds what a file of another format than pip's asks for. */
export type DependencyFile = {
  /** In the order of the file. */
  readonly lines: readonly DependencyLine[]
  readonly problems: readonly FormatProblem[]
}

/** Holds a line as pip reads it, which names one package, and where the file asks for it. */
export type DependencyLine = { readonly text: string; readonly origin: Origin }

/** Holds something that is wrong with such a file. */
export type FormatProblem = {
  readonly id: FormatProblemId
  readonly severity: Severity
  /** What is the matter, in sentences. Quotes the file. */
  readonly problem: string
  /** What to do, in sentences. */
  readonly remedy: string
  readonly place: Place
}

/** Lists the stable ids; requirements files have `direct-reference`, `no-wheel` and `syntax`, too. */
export type FormatProblemId =
  | 'file-format'
  | 'syntax'
  | 'unknown-extra'
  | 'unknown-dependency-group'
  | 'requires-python'
  | 'direct-reference'
  | 'no-wheel'
  | 'other-index'

/** Names the parts of a file that are wanted besides its dependencies. */
export type DependencySelection = { readonly extras: readonly string[]; readonly dependencyGroups: readonly string[] }

/** Returns a problem that is an error. */
export function errorAt(id: FormatProblemId, problem: string, remedy: string, place: Place): FormatProblem {
  return { id, severity: 'error', problem, remedy, place }
}

/** Names the formats that are told apart by the name of the file: https://packaging.python.org/en/latest/specifications/pylock-toml/#file-name */
export type DependencyFileKind = 'requirements' | 'pyproject' | 'pylock' | 'uv-lock'

/** Tells the kind of a file by its name. */
export function dependencyFileKind(file: string): DependencyFileKind {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
  if (name === 'pyproject.toml') return 'pyproject'
  if (name === 'uv.lock') return 'uv-lock'
  return /^pylock(?:\.[^.]+)?\.toml$/.test(name) ? 'pylock' : 'requirements'
}
