import { exportLock } from './uv-export.js'
import type { Release, Releases } from './releases.js'

/** What uv ended with. */
type UvEnd = { readonly code: number; readonly output: string; readonly errors: string }

/** What leads to the end of uv, as it words it. */
class Unsolvable extends Error {}

/**
 * Answers as uv, together with the index that it asks. It knows what a step needs of `uv pip compile` and `uv export`, and
 * says it as uv 0.9 does; it takes a pinned version that the index lacks for one that exists, unless the index has the
 * project without any version.
 *
 * @param read returns the text of a file of the directory that it runs in.
 */
export function answerAsUv(args: readonly string[], read: (file: string) => string, releases: () => Releases): UvEnd {
  if (args[0] === '--version') return end('uv 0.9.18 (0cee76417 2025-12-16)')
  if (args[0] === 'export') return end(exportLock(read('uv.lock'), read('pyproject.toml'), args))
  const [pip, compile, file] = args
  if (pip !== 'pip' || compile !== 'compile' || file === undefined) {
    return { code: 2, output: '', errors: 'error: unrecognized subcommand\n' }
  }
  try {
    const held = args.includes('--output-file') ? read(args[args.indexOf('--output-file') + 1]!) : ''
    return compiled(read(file), file, holding(held, releases()))
  } catch (error) {
    if (!(error instanceof Unsolvable)) throw error
    const errors = `  × No solution found when resolving dependencies:\n  ╰─▶ ${error.message}\n`
    return { code: 1, output: '', errors }
  }
}

function end(output: string, warnings: readonly string[] = []): UvEnd {
  return { code: 0, output: output && `${output}\n`, errors: warnings.map(each => `${each}\n`).join('') }
}

function compiled(text: string, file: string, releases: Releases): UvEnd {
  const asked = new Map<string, { readonly release: Release; readonly by: string[] }>()
  const waiting = requirementsIn(text).map(requirement => ({ requirement, by: `-r ${file}` }))
  for (const { requirement, by } of waiting) {
    const known = asked.get(nameOf(requirement))
    if (known !== undefined) {
      known.by.push(by)
      continue
    }
    const release = newest(requirement, releases)
    asked.set(nameOf(requirement), { release, by: [by] })
    for (const required of release.requires ?? []) waiting.push({ requirement: required, by: nameOf(requirement) })
  }
  const lines = [...asked].sort(([one], [other]) => (one < other ? -1 : 1))
  const warnings = lines.flatMap(
    ([
      name,
      {
        release: { version, yanked },
      },
    ]) => (yanked === undefined ? [] : `warning: \`${name}==${version}\` is yanked (reason: "${yanked}")`),
  )
  const packages = lines.map(
    ([name, { release, by }]) => `${`${name}==${release.version}`.padEnd(24)}  # via ${by.sort().join(', ')}`,
  )
  return end(packages.join('\n'), warnings)
}

/** As uv prefers the versions that its output file has. */
function holding(output: string, releases: Releases): Releases {
  const held = requirementsIn(output).map(requirement => {
    const name = nameOf(requirement)
    const others = (releases[name] ?? []).filter(({ version }) => version !== pinOf(requirement))
    return [name, [...others, newest(requirement, releases)]] as const
  })
  return { ...releases, ...Object.fromEntries(held) }
}

function pinOf(requirement: string): string | undefined {
  return /==([^,*]+)$/.exec(requirement)?.[1]
}

function requirementsIn(text: string): string[] {
  return text.split('\n').flatMap(line => line.replace(/\s*;.*/, '').trim() || [])
}

function nameOf(requirement: string): string {
  return (/^[\w.-]+/.exec(requirement)?.[0] ?? '').replace(/[-_.]+/g, '-').toLowerCase()
}

function newest(requirement: string, releases: Releases): Release {
  const name = nameOf(requirement)
  const versions = releases[name]
  const pinned = pinOf(requirement)
  if (versions?.length === 0) {
    throw new Unsolvable(
      `Because ${name} was not found in the package registry and you require ${requirement}, we can conclude that\n      your requirements are unsatisfiable.`,
    )
  }
  if (pinned === undefined) return versions?.at(-1) ?? { version: '1.0' }
  const { yanked: _, ...like } = versions?.at(-1) ?? { version: pinned }
  return versions?.find(({ version }) => version === pinned) ?? { ...like, version: pinned }
}
