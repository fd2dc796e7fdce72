import type { MarkerVariable } from '../grammar/marker.js'

/** Holds what the requirements are built for, as far as it is known. */
export type PythonTarget = {
  /** In full, such as `3.10.8`; undefined where the base image's name does not say. */
  readonly pythonVersion: string | undefined
  readonly platform: Platform
  /** Undefined where the base is not a managed image, or one whose contents are not known. */
  readonly managedImage?: ManagedImage | undefined
}

/** Holds the variables of markers on a platform, the versions of Python aside. What is left out is not known. */
export type Platform = Readonly<Partial<Record<MarkerVariable, string>>>

/** The packages of a managed image. */
type ManagedImage = {
  readonly name: string
  /** Versions by normalised name. */
  readonly packages: ReadonlyMap<string, string>
}

/**
 * Holds the one platform that sandbox images are built for: "3.10.8 or 3.11.7 on Windows"
 * (https://learn.microsoft.com/azure/data-explorer/language-extensions). Which release of Windows is not documented.
 */
export const windowsCPython: Platform = {
  os_name: 'nt',
  sys_platform: 'win32',
  platform_system: 'Windows',
  platform_machine: 'AMD64',
  platform_python_implementation: 'CPython',
  implementation_name: 'cpython',
}

/** Holds a version of each release of Python that an image may have, to be tried where the target's is unknown. */
export const PYTHON_VERSIONS: readonly string[] = [
  '3.6.5',
  '3.7.9',
  '3.8.10',
  '3.9.7',
  '3.10.8',
  '3.11.7',
  '3.12.8',
  '3.13.5',
  '3.14.2',
]

/**
 * Returns the target of an image built on a version of the language, or on the base image of that name. The name of a
 * managed image, such as `Python3_10_8_DL`, tells the version; that of a custom image tells nothing.
 *
 * @param foundation undefined where it is not known
 */
export function pythonTargetOf(
  foundation: { readonly languageVersion: string } | { readonly baseImageName: string } | undefined,
): PythonTarget {
  return { pythonVersion: foundation && pythonVersionOf(foundation), platform: windowsCPython }
}

function pythonVersionOf(
  foundation: { readonly languageVersion: string } | { readonly baseImageName: string },
): string | undefined {
  if ('languageVersion' in foundation) {
    const { languageVersion } = foundation
    return /^\d+\.\d+\.\d+$/.test(languageVersion) ? languageVersion : undefined
  }
  // Azure's names know no case.
  return /^Python(\d+)_(\d+)_(\d+)(?:_DL)?$/i.exec(foundation.baseImageName)?.slice(1).join('.')
}

/** Returns the target in a few words: `CPython 3.10.8 on Windows`. */
export function formatPythonTarget({ pythonVersion }: PythonTarget): string {
  return pythonVersion === undefined ? 'CPython on Windows' : `CPython ${pythonVersion} on Windows`
}
