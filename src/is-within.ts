import type { PlatformPath } from 'node:path'

/** Tells whether `place` is `directory` or something below it, by their names; both absolute. */
export function isWithin(
  place: string,
  directory: string,
  rules: Pick<PlatformPath, 'isAbsolute' | 'relative' | 'sep'>,
): boolean {
  const relative = rules.relative(directory, place)
  return relative !== '..' && !relative.startsWith(`..${rules.sep}`) && !rules.isAbsolute(relative)
}
