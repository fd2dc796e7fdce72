import { spawnSync } from 'node:child_process'
import { python } from '../../../scripts/provide.js'

/** What a release of `packaging` says; null where it fails. */
export type Said = boolean | null

/** What every release of `packaging` that is there says about each question: the installed one, and pip's own. */
export type Answers = {
  /** The major numbers of these releases. */
  readonly releases: readonly number[]
  readonly markers: readonly (readonly Said[])[]
  readonly contained: readonly (readonly Said[])[]
}

/** A marker in an environment, and versions that a specifier may contain. */
export type Questions = {
  readonly markers?: readonly { readonly marker: string; readonly environment: Readonly<Record<string, string>> }[]
  readonly contained?: readonly { readonly specifier: string; readonly version: string }[]
}

const SCRIPT = String.raw`
import importlib, json, sys

releases = []
for root in ('packaging', 'pip._vendor.packaging'):
    try:
        markers = importlib.import_module(root + '.markers')
        specifiers = importlib.import_module(root + '.specifiers')
        major = int(importlib.import_module(root).__version__.split('.')[0])
    except (ImportError, AttributeError):
        continue
    # Releases before 22 order what is no version by PEP 440 too, and some before 24 lose epochs after "~=".
    if major >= 24:
        releases.append((major, markers, specifiers))
if not releases:
    raise SystemExit('no packaging')

def said(ask):
    try:
        return ask()
    except Exception:
        return None

asked = json.load(sys.stdin)
json.dump({
    'releases': [major for major, _, _ in releases],
    'markers': [
        [said(lambda: markers.Marker(each['marker']).evaluate(each['environment'])) for _, markers, _ in releases]
        for each in asked.get('markers', [])
    ],
    'contained': [
        [said(lambda: specifiers.SpecifierSet(each['specifier']).contains(each['version'], prereleases=True))
         for _, _, specifiers in releases]
        for each in asked.get('contained', [])
    ],
}, sys.stdout)
`

/** Asks all in one process; undefined where there is no Python with `packaging` 24 or newer. */
export function askPackaging(questions: Questions): Answers | undefined {
  const answer = spawnSync(python, ['-W', 'ignore', '-c', SCRIPT], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONUTF8: '1' },
  })
  if (answer.status !== 0) {
    if (process.env['PIP_ORACLE'] === 'required') throw new Error(`python3: ${answer.error?.message ?? answer.stderr}`)
    return undefined
  }
  return JSON.parse(answer.stdout) as Answers
}

/** Why tests are skipped where `askPackaging` has no answer; part of their names, to be seen. */
export const NO_PACKAGING = 'needs python3 with packaging 24'
