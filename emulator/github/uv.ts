/**
 * Stands for uv, which resolves requirements, together with the index that it asks: a program of its own, whose first
 * argument is a file with the releases. It knows what a step needs of `uv pip compile` and `uv export`, and writes it as uv 0.9 does; it
 * takes a pinned version that the index lacks for one that exists, unless the index has the project without any version.
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { Release, Releases } from './releases.js'
import { exportLock } from './uv-export.js'

const [, , releasesFile = '', ...args] = process.argv

/** What leads to the end of the program, as uv words it. */
class Unsolvable extends Error {}

process.exitCode = main()

function main(): number {
  if (args[0] === '--version') return print('uv 0.9.18 (0cee76417 2025-12-16)')
  if (args[0] === 'export') {
    return print(exportLock(readFileSync('uv.lock', 'utf8'), readFileSync('pyproject.toml', 'utf8'), args))
  }
  const [pip, compile, file] = args
  if (pip !== 'pip' || compile !== 'compile' || file === undefined) return fail('error: unrecognized subcommand', 2)
  const releases = JSON.parse(readFileSync(releasesFile, 'utf8')) as Releases
  try {
    return print(compiled(readFileSync(file, 'utf8'), file, releases))
  } catch (error) {
    if (!(error instanceof Unsolvable)) throw error
    return fail(`  × No solution found when resolving dependencies:\n  ╰─▶ ${error.message}`, 1)
  }
}

function compiled(text: string, file: string, releases: Releases): string {
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
  for (const [name, { release }] of lines) {
    if (release.yanked === undefined) continue
    fail(`warning: \`${name}==${release.version}\` is yanked (reason: "${release.yanked}")`, 0)
  }
  return lines
    .map(([name, { release, by }]) => `${`${name}==${release.version}`.padEnd(24)}  # via ${by.sort().join(', ')}`)
    .join('\n')
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
  const pinned = /==([^,*]+)$/.exec(requirement)?.[1]
  if (versions?.length === 0) {
    throw new Unsolvable(
      `Because ${name} was not found in the package registry and you require ${requirement}, we can conclude that\n      your requirements are unsatisfiable.`,
    )
  }
  if (pinned === undefined) return versions?.at(-1) ?? { version: '1.0' }
  const { yanked: _, ...like } = versions?.at(-1) ?? { version: pinned }
  return versions?.find(({ version }) => version === pinned) ?? { ...like, version: pinned }
}

function print(text: string): 0 {
  if (text !== '') process.stdout.write(`${text}\n`)
  return 0
}

function fail<Code extends number>(text: string, code: Code): Code {
  process.stderr.write(`${text}\n`)
  return code
}
