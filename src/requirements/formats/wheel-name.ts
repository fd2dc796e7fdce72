import type { TomlTable } from 'smol-toml'
import { fitsWindows } from '../evaluate/wheel-tags.js'
import { stringAt } from './toml.js'

/** Returns the name of a wheel's file that a lock file tells, by itself or at the end of a path or URL. */
export function wheelName(wheel: TomlTable): string {
  const keys = ['name', 'filename', 'path', 'url']
  const place = keys.map(key => stringAt(wheel, key)).find(each => each !== undefined) ?? ''
  return place.replace(/[?#][^]*$/, '').replace(/^[^]*[/\\]/, '')
}

/**
 * Tells whether a wheel of this name can be installed on CPython on Windows.
 *
 * @param pythonVersion in full; undefined where it is not known, and any version of Python 3 may be the one
 */
export function fitsTarget(wheel: string, pythonVersion: string | undefined): boolean {
  const name = wheel.toLowerCase()
  const parts = name.slice(0, -suffix.length).split('-')
  if (!name.endsWith(suffix) || parts.length < 4) return false
  const tags = parts.slice(-3).join('-')
  const versions = pythonVersion === undefined ? anyPython : [pythonVersion]
  return versions.some(version => fitsWindows(tags, version))
}

const suffix = '.whl'

const anyPython = Array.from({ length: 30 }, (_, minor) => `3.${minor}`)
