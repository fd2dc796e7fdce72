import type { TomlTable } from 'smol-toml'
import { stringAt } from './toml.js'

/** Returns the name of a wheel's file that a lock file tells, by itself or at the end of a path or URL. */
export function wheelName(wheel: TomlTable): string {
  const keys = ['name', 'filename', 'path', 'url']
  const place = keys.map(key => stringAt(wheel, key)).find(each => each !== undefined) ?? ''
  return place.replace(/[?#][^]*$/, '').replace(/^[^]*[/\\]/, '')
}

/**
 * Tells whether a wheel of this name can be installed on CPython on Windows, by its tags:
 * https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/
 *
 * @param pythonVersion in full; undefined where it is not known, and any Python of its own may be the one
 */
export function fitsTarget(wheel: string, pythonVersion: string | undefined): boolean {
  const tags = /-([^-]+)-([^-]+)-([^-]+)\.whl$/i.exec(wheel)
  if (tags === null) return false
  const [pythons = [], abis = [], platforms = []] = tags.slice(1).map(each => each.toLowerCase().split('.'))
  if (!platforms.some(platform => platform === 'any' || platform === 'win_amd64')) return false
  return pythons.some(python => abis.some(abi => isPythonOf(python, abi, pythonVersion)))
}

function isPythonOf(python: string, abi: string, pythonVersion: string | undefined): boolean {
  const match = /^(py|cp)(\d)(\d*)$/.exec(python)
  if (match === null) return false
  const [, implementation, tagMajor, tagMinor = ''] = match
  const [major = '3', minor] = pythonVersion?.split('.') ?? []
  if (tagMajor !== major) return false
  const isSame = minor === undefined || tagMinor === minor
  const isNotLater = minor === undefined || Number(tagMinor) <= Number(minor)
  if (abi === 'none') return implementation === 'py' ? isNotLater : isSame
  if (implementation !== 'cp') return false
  if (abi === 'abi3') return isNotLater
  // Up to 3.7 the ABI of the usual build ends in m.
  return isSame && (abi === python || abi === `${python}m`)
}
