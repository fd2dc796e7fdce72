import type { MarkerVariable } from '../grammar/marker.js'

/** Holds what the requirements are built for, as far as it is known. */
export type PythonTarget = {
  /** In full, such as `3.10.8`; undefined where the base image's name does not say. */
  readonly pythonVersion: string | undefined
  readonly platform: Platform
  /** Undefined where the base is not a managed image, or one whose contents are not known. */
  readonly managedImage: ManagedImage | undefined
}

/** Holds the variables of markers on a platform, the versions of Python aside. What is left out is not known. */
export type Platform = Readonly<Partial<Record<MarkerVariable, string>>>

/** Some of the packages of a managed image. */
type ManagedImage = {
  /** For a sentence: `The managed image … holds numpy 1.26.4`. */
  readonly name: string
  /** Versions by normalised name. */
  readonly versions: ReadonlyMap<string, string>
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
 * Known contents of the managed images, by Python version: only what is documented, package by package
 * (https://learn.microsoft.com/azure/data-explorer/python-package-reference). The images with deep learning packages (`_DL`) are
 * not told apart there, so nothing is claimed of them.
 */
const CONTENTS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  ['3.11.7', new Map(Object.entries({ numpy: '1.26.4', pandas: '2.2.2' }))],
])

/**
 * Returns the target of an image built on a version of the language, or on the base image of that name. The name of a
 * managed image, such as `Python3_10_8_DL`, tells the version; that of a custom image tells nothing.
 *
 * @param foundation undefined where it is not known
 */
export function pythonTargetOf(
  foundation: { readonly languageVersion: string } | { readonly baseImageName: string } | undefined,
): PythonTarget {
  if (foundation === undefined) return targetFor()
  if ('languageVersion' in foundation) return targetFor(/^\d+\.\d+\.\d+$/.exec(foundation.languageVersion)?.[0])
  // Azure's names know no case.
  const managed = /^Python(\d+)_(\d+)_(\d+)(_DL)?$/i.exec(foundation.baseImageName)
  if (managed === null) return targetFor()
  const target = targetFor(managed.slice(1, 4).join('.'), foundation.baseImageName)
  return managed[4] === undefined ? target : { ...target, managedImage: undefined }
}

/** Returns the target in a few words: `CPython 3.10.8 on Windows`. */
export function formatPythonTarget({ pythonVersion }: PythonTarget): string {
  return pythonVersion === undefined ? 'CPython on Windows' : `CPython ${pythonVersion} on Windows`
}

function targetFor(pythonVersion?: string, imageName = `of Python ${pythonVersion}`): PythonTarget {
  const versions = pythonVersion === undefined ? undefined : CONTENTS.get(pythonVersion)
  return {
    pythonVersion,
    platform: windowsCPython,
    managedImage: versions && { name: imageName, versions },
  }
}
