import type { ResolverDiagnostic } from './resolver-diagnostic.js'

/** What a complaint means for the image, by its kind. */
export type DiagnosticMessage = Pick<ResolverDiagnostic, 'id' | 'severity' | 'message'>

/** No project of that name, or no version of it that was asked for. */
export function notFound(): DiagnosticMessage {
  return {
    id: 'not-found',
    severity: 'error',
    message: 'There is no such project or version: correct the name or the version.',
  }
}

/** There are versions, but for other versions of Python. */
export function otherPython(pythonVersion: string): DiagnosticMessage {
  const message = `No version that satisfies this line supports Python ${pythonVersion}: ask for another version.`
  return { id: 'not-found', severity: 'error', message }
}

/** There are versions, but no wheels that the image could hold. */
export function noWheel(pythonVersion: string): DiagnosticMessage {
  const target = `Windows (x86-64) and Python ${pythonVersion}`
  const message =
    `There is no wheel for ${target}: the service would have to build the package from source, which may fail. ` +
    'Ask for a version that has one.'
  return { id: 'no-wheel', severity: 'warning', message }
}

/** There are versions, but their metadata cannot be read. */
export function invalidMetadata(): DiagnosticMessage {
  const message = 'The package index offers this package with metadata that are invalid: ask for another version.'
  return { id: 'invalid-metadata', severity: 'warning', message }
}

/** Requirements that exclude each other. */
export function conflict(): DiagnosticMessage {
  return {
    id: 'conflict',
    severity: 'error',
    message: 'Requirements exclude each other: loosen or change one of them.',
  }
}

/** A version that its authors took back. */
export function yanked(name: string, version: string, reason: string): DiagnosticMessage {
  const why = reason === '' ? '' : ` (“${reason}”)`
  return {
    id: 'yanked',
    severity: 'warning',
    message: `${name} ${version} was yanked by its authors${why}: ask for another version.`,
  }
}
