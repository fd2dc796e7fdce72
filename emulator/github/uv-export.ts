import { parse } from 'smol-toml'

type Dependency = {
  readonly name: string
  /** Where the lock file has several. */
  readonly version?: string
  readonly marker?: string
  readonly extra?: readonly string[]
}
type Lists = Readonly<Record<string, readonly Dependency[]>>
type Package = {
  readonly name: string
  readonly version: string
  readonly dependencies?: readonly Dependency[]
  readonly 'optional-dependencies'?: Lists
  readonly 'dev-dependencies'?: Lists
}

/**
 * Returns what `uv export --frozen` prints of a lock file whose packages all come from an index: each package once. Where
 * all that ask for it have the same marker it is printed; where they differ it is left out, which uv joins with `or`.
 */
export function exportLock(lock: string, project: string, args: readonly string[]): string {
  const packages = (parse(lock) as unknown as { readonly package: readonly Package[] }).package
  const { name: root } = (parse(project) as unknown as { readonly project: { readonly name: string } }).project
  const valuesOf = (option: string) => args.filter((_, index) => args[index - 1] === option)
  const markersOf = new Map<Package, Set<string>>()
  const ask = ({ name, version, marker = '', extra = [] }: Dependency, outer: string): void => {
    const found = packages.find(each => each.name === name && (version === undefined || each.version === version))
    if (found === undefined) throw new Error(`the lock file has no package ${name}`)
    const markers = markersOf.get(found)
    markersOf.set(found, (markers ?? new Set()).add(marker || outer))
    const more = extra.flatMap(each => found['optional-dependencies']?.[each] ?? [])
    for (const each of [...(markers === undefined ? (found.dependencies ?? []) : []), ...more])
      ask(each, marker || outer)
  }
  const { dependencies = [], ...lists } = packages.find(each => each.name === root)!
  const asked = [
    dependencies,
    ...valuesOf('--extra').map(extra => lists['optional-dependencies']?.[extra] ?? []),
    ...valuesOf('--group').map(group => lists['dev-dependencies']?.[group] ?? []),
  ]
  for (const each of asked.flat()) ask(each, '')
  const lines = Array.from(markersOf, ([{ name, version }, markers]) => {
    const [marker = ''] = markers.size === 1 ? markers : []
    return `${name}==${version}${marker && ` ; ${marker}`}`
  })
  return lines.toSorted().join('\n')
}
