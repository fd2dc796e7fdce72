import { isDeepStrictEqual } from 'node:util'
import { CORPUS } from '../__tests__/requirements/corpus.js'
import { TREES } from '../__tests__/requirements/trees.js'
import type { PipSaid, PipVerdict, Tree } from '../__tests__/requirements/pip-said.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { packagingRelease, pipReleases } from './releases.js'

const PROGRAM = String.raw`
import importlib, json, os, sys, tempfile

question = json.load(sys.stdin)
if question['packaging']:
    # In the place of the one that pip has of its own, before anything of pip has imported it.
    for name in ('', '.markers', '.requirements', '.specifiers', '.tags', '.utils', '.version'):
        sys.modules['pip._vendor.packaging' + name] = importlib.import_module('packaging' + name)

from pip._internal.network.session import PipSession
from pip._internal.req import constructors
from pip._internal.req.req_file import parse_requirements
from pip._vendor.packaging import utils

def canonical(spec):
    return str(spec) if spec.operator == '===' else '%s%s' % spec._canonical_spec

def described(parsed):
    req = constructors.install_req_from_parsed_requirement(parsed)
    options = parsed.options or {}
    printed = ['--hash=%s:%s' % (name, digest) for name, all in options.get('hashes', {}).items() for digest in all]
    for key, value in (options.get('config_settings') or {}).items():
        printed += ['--config-settings=%s=%s' % (key, each) for each in (value if isinstance(value, list) else [value])]
    printed += ['--global-option=%s' % value for value in options.get('global_options', [])]
    all = {
        'name': utils.canonicalize_name(req.name) if req.req else None,
        'extras': sorted(utils.canonicalize_name(extra) for extra in req.extras),
        'specifiers': sorted(set(map(canonical, req.req.specifier))) if req.req else [],
        'url': (req.req.url if req.req else None) or (req.link.url if req.link else None),
        'marker': str(req.markers) if req.markers else None,
        'editable': parsed.is_editable,
        'options': sorted(printed),
    }
    if all['url']:
        all['url'] = all['url'].replace('file://' + os.getcwd(), 'file:///workspace')
    return {key: value for key, value in all.items() if value}

def verdict(tree):
    for name, text in tree.items():
        os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)
        with open(name, 'wb') as file:
            file.write(text.encode('utf-8', 'surrogatepass'))
    try:
        return [described(parsed) for parsed in parse_requirements('requirements.txt', session=session)]
    except Exception:
        return 'rejected'

session = PipSession()
verdicts = []
with tempfile.TemporaryDirectory() as root:
    for number, tree in enumerate(question['trees']):
        directory = os.path.join(root, str(number))
        os.makedirs(os.path.join(directory, 'local'))
        with open(os.path.join(directory, 'local', 'pyproject.toml'), 'w') as file:
            file.write('[project]\nname = "local"\n')
        os.chdir(directory)
        verdicts.append(verdict(tree))
    os.chdir('/')
json.dump(verdicts, sys.stdout)
`

/** A release of pip, with the `packaging` that it brings along, or another one in its place. */
type Parser = { readonly pip: string; readonly packaging?: string }

/** What is followed: the newest pip, with what the next one is going to bring along. */
export const NEWEST: Parser = { pip: pipReleases.at(-1)!, packaging: packagingRelease }
const OTHERS: readonly Parser[] = pipReleases.map(pip => ({ pip }))

/** Asks a parser about files. */
export function askParser({ pip, packaging }: Parser, trees: readonly Tree[]): readonly PipVerdict[] {
  const packages = packaging === undefined ? [] : [`packaging==${packaging}`]
  const environment = environmentWith(`pip==${pip}`, ...packages)
  return askPython(environment, PROGRAM, { trees, packaging: packaging !== undefined }) as PipVerdict[]
}

/** What each release of pip makes of the corpus, and of trees of files. */
export const pipParser: Recording = {
  name: 'pip-parser',
  ask: (): PipSaid => {
    const lines = CORPUS.filter(({ incomparable }) => incomparable === undefined).map(({ text }) => text)
    const names = [...lines, ...TREES.map(([name]) => name)]
    const trees = [...lines.map(text => ({ 'requirements.txt': text })), ...TREES.map(([, tree]) => tree)]
    const byName = (verdicts: readonly PipVerdict[]): Readonly<Record<string, PipVerdict>> =>
      Object.fromEntries(names.map((name, index) => [name, verdicts[index]!]))
    const newest = byName(askParser(NEWEST, trees))
    const others = OTHERS.map(parser => [nameOf(parser), byName(askParser(parser, trees))] as const)
    return { said: nameOf(NEWEST), newest, others: dissent(newest, others) }
  },
}

function nameOf({ pip, packaging }: Parser): string {
  return `pip ${pip}${packaging === undefined ? '' : ` with packaging ${packaging}`}`
}

/** Where parsers differ from the newest one. */
function dissent(
  newest: PipSaid['newest'],
  others: readonly (readonly [parser: string, verdicts: PipSaid['newest']])[],
): PipSaid['others'] {
  const differing = Object.entries(newest).map(([name, verdict]) => {
    const those = others.filter(([, verdicts]) => !isDeepStrictEqual(verdicts[name], verdict))
    return [name, Object.fromEntries(those.map(([parser, verdicts]) => [parser, verdicts[name]!]))] as const
  })
  return Object.fromEntries(differing.filter(([, those]) => Object.keys(those).length > 0))
}
