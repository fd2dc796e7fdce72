/**
 * Tells whether CPython of that version on 64-bit Windows can install a wheel with these tags, which may be a compressed
 * set, such as `cp39.cp310-abi3-win32.win_amd64`: https://packaging.python.org/specifications/platform-compatibility-tags/
 */
export function fitsWindows(wheelTags: string, pythonVersion: string): boolean {
  const [pythons = [], abis = [], platforms = []] = wheelTags.split('-').map(each => each.split('.'))
  const onWindows = platforms.includes('win_amd64')
  if (!onWindows && !platforms.includes('any')) return false

  const [major = '', minor = ''] = pythonVersion.split('.')
  const own = `cp${major}${minor}`
  /** Tells whether a tag, such as `py38`, names a minor version from `first` up to that of the target. */
  const isUpTo = (tag: string, prefix: string, first: number): boolean => {
    const number = tag.startsWith(prefix) ? tag.slice(prefix.length) : ''
    return /^(?:0|[1-9]\d?)$/.test(number) && Number(number) >= first && Number(number) <= Number(minor)
  }
  const isGeneric = (tag: string): boolean => tag === own || tag === `py${major}` || isUpTo(tag, `py${major}`, 0)
  if (abis.includes('none') && pythons.some(isGeneric)) return true
  if (!onWindows) return false
  // Up to 3.7, the letter of a memory allocator stands in the name.
  const ownAbi = Number(minor) < 8 ? `${own}m` : own
  if (abis.includes(ownAbi) && pythons.includes(own)) return true
  return abis.includes('abi3') && pythons.some(tag => isUpTo(tag, `cp${major}`, 2))
}
