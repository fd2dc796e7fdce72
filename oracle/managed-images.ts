import { readFileSync } from 'node:fs'
import path from 'node:path'
import { evaluateMarker, markerEnvironment } from '../src/requirements/evaluate/evaluate-marker.js'
import { pythonTargetOf } from '../src/requirements/evaluate/python-target.js'
import { canonicalMarker } from '../src/requirements/grammar/marker.js'
import { normalizedName } from '../src/requirements/grammar/named-requirement.js'
import { requirementsOf } from '../src/requirements/requirements.js'
import { type Environment, askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { pipReleases } from './releases.js'

const file = path.resolve(import.meta.dirname, '../../src/requirements/managed-images/contents.json')

/**
 * Has pip read the metadata of wheels for Windows, which downloads and builds nothing; it refuses those whose
 * `Requires-Python` excludes the version. What has no such wheel is told as missing, one at a time.
 */
const PROGRAM = String.raw`
import json, os, re, subprocess, sys, tempfile

asked = json.load(sys.stdin)
environment = {name: value for name, value in os.environ.items() if name != 'PIP_FIND_LINKS'}
packages = asked['packages']
missing = []
with tempfile.TemporaryDirectory() as directory:
    requirements, report = (os.path.join(directory, name) for name in ('requirements.txt', 'report.json'))
    while True:
        with open(requirements, 'w') as lines:
            lines.writelines(f'{name}=={version}\n' for name, version in packages.items())
        run = subprocess.run([
            sys.executable, '-m', 'pip', 'install', '--quiet', '--dry-run', '--no-deps', '--ignore-installed',
            '--target', os.path.join(directory, 'target'), '--only-binary', ':all:', '--platform', 'win_amd64',
            '--implementation', 'cp', '--python-version', asked['python'], '--report', report, '-r', requirements,
        ], env=environment, capture_output=True, text=True)
        if run.returncode == 0:
            break
        lost = re.search(r'No matching distribution found for ([^\s=]+)==', run.stderr)
        if lost is None:
            sys.exit(run.stderr)
        del packages[lost[1]]
        missing.append(lost[1])
    with open(report) as text:
        installed = json.load(text)['install']
requires = [(each['metadata']['name'], each['metadata'].get('requires_dist', [])) for each in installed]
json.dump({'missing': missing, 'requires': requires}, sys.stdout)
`

type Packages = Readonly<Record<string, string>>

type Contents = {
  readonly source: Readonly<Record<string, string>>
  readonly images: Readonly<Record<string, Packages>>
  readonly unknown: readonly string[]
}

type Answer = {
  readonly missing: readonly string[]
  readonly requires: readonly (readonly [string, readonly string[]])[]
}

/**
 * What the packages of the managed images require of others: of their `Requires-Dist` what limits a version and may hold
 * on the image. The lists themselves are Microsoft's, and stay as they are.
 */
export const managedImages: Recording = {
  name: 'managed-images',
  file,
  ask: () => {
    const contents = JSON.parse(readFileSync(file, 'utf8')) as Contents
    const { source, images } = contents
    const environment = environmentWith(`pip==${pipReleases.at(-1)!}`)
    const requires = new Map<string, readonly string[]>()
    const unknown = new Set<string>()
    const asked = new Set<string>()
    for (const [image, packages] of Object.entries(images)) {
      const { pythonVersion, platform } = pythonTargetOf({ baseImageName: image })
      const variables = markerEnvironment({ pythonVersion, platform })
      const fresh = Object.entries(packages).filter(each => !asked.has(`${pythonVersion} ${each.join(' ')}`))
      for (const each of fresh) asked.add(`${pythonVersion} ${each.join(' ')}`)
      // pip ends at the first that is missing, and looks in this order.
      const isLost = (each: readonly string[]) => (contents.unknown.includes(each.join(' ')) ? 0 : 1)
      fresh.sort((one, other) => isLost(one) - isLost(other))
      const answer = askPip(environment, Object.fromEntries(fresh), pythonVersion!)
      for (const name of answer.missing) unknown.add(`${name} ${packages[name]!}`)
      for (const [name, texts] of answer.requires) {
        const key = `${name} ${packages[name]!}`
        // The same version may be on images of two versions of Python, and require different things there.
        const limits = texts.flatMap(text => limitIn(text, variables))
        requires.set(key, [...new Set([...(requires.get(key) ?? []), ...limits])].sort())
      }
    }
    return {
      source,
      images,
      requires: Object.fromEntries([...requires].filter(([, limits]) => limits.length > 0).sort(byKey)),
      unknown: [...unknown].filter(key => !requires.has(key)).sort(),
    }
  },
}

function askPip(environment: Environment, packages: Packages, python: string): Answer {
  const { missing, requires } = askPython(environment, PROGRAM, { packages, python }) as Answer
  return { missing, requires: requires.map(([name, texts]) => [normalizedName(name), texts]) }
}

/** A requirement in one spelling, without its extras; nothing where it limits no version, or never holds there. */
function limitIn(text: string, variables: ReturnType<typeof markerEnvironment>): readonly string[] {
  const [entry] = requirementsOf(text).entries
  if (entry?.kind !== 'requirement') throw new Error(`${text} is no requirement`)
  const { marker, specifiers } = entry
  if (specifiers.length === 0 || (marker && evaluateMarker(marker, variables) === false)) return []
  const limits = specifiers.map(({ operator, version }) => operator + version).sort()
  return [`${entry.normalizedName}${limits.join(',')}${marker ? `; ${canonicalMarker(marker)}` : ''}`]
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1
}
