/** Holds what is known of a managed image. */
export type ManagedImageContents = {
  /** Such as `Python3_10_8`. */
  readonly name: string
  /** Versions by normalised name. */
  readonly packages: ReadonlyMap<string, string>
  /**
   * Of a package and its version what it requires of others, as far as that limits a version, such as `numpy<1.26.0`;
   * undefined where that is not known.
   */
  readonly requiresOf: (name: string, version: string) => readonly string[] | undefined
}

/**
 * Returns what Microsoft publishes of the managed image of that name, whatever its case; undefined for other images, and
 * for those whose packages are not published: of 3.6.5 only names of modules are. Source and date are in contents.json,
 * which is read here alone, for few runs need it.
 */
export async function managedImageNamed(baseImageName: string): Promise<ManagedImageContents | undefined> {
  const { default: contents } = await import('./contents.json', { with: { type: 'json' } })
  const images: Readonly<Record<string, Readonly<Record<string, string>>>> = contents.images
  const found = Object.entries(images).find(([name]) => name.toLowerCase() === baseImageName.toLowerCase())
  if (found === undefined) return undefined
  const packages = new Map(Object.entries(found[1]))
  const requires = new Map<string, readonly string[]>(Object.entries(contents.requires))
  const unknown = new Set(contents.unknown)
  return {
    name: found[0],
    packages,
    requiresOf: (name, version) => {
      const key = `${name} ${version}`
      return packages.get(name) !== version || unknown.has(key) ? undefined : (requires.get(key) ?? [])
    },
  }
}
