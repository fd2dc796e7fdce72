import { spawnSync } from 'node:child_process'
import { python } from '../../scripts/provide.js'

/** What pip makes of a package line. */
export type PipPackage = {
  readonly name: string | null
  readonly extras: readonly string[]
  readonly specifiers: readonly string[]
  readonly url: string | null
  readonly marker: string | null
  readonly editable: boolean
  readonly options: readonly string[]
}

/** What pip makes of a file: its packages in order, or why it rejects it. */
export type PipVerdict = { readonly packages: readonly PipPackage[] } | { readonly error: string }

/** A requirements file with those that it includes; `requirements.txt` is the one that pip is given. */
export type Tree = Readonly<Record<string, string>>

// Since 24.1, pip vendors a `packaging` that holds versions and specifiers to PEP 440. Before a release that does not,
// the `packaging` that is installed beside it stands in.
const SCRIPT = String.raw`
import json, os, sys, tempfile
import pip
from pip._internal.network.session import PipSession
from pip._internal.req import constructors, req_install
from pip._internal.req.req_file import parse_requirements
from pip._internal.utils import packaging as pip_packaging

if tuple(int(part) for part in pip.__version__.split('.')[:2]) >= (24, 1):
    from pip._vendor.packaging import markers, requirements, utils
else:
    from packaging import markers, requirements, utils
    from packaging import __version__ as version
    if int(version.split('.')[0]) < 22:
        raise SystemExit('neither pip nor packaging is new enough')
    for module in (constructors, req_install, pip_packaging):
        module.get_requirement = module.Requirement = requirements.Requirement
        module.InvalidRequirement = requirements.InvalidRequirement
    constructors.Marker = markers.Marker

def canonical(spec):
    # Releases of packaging before 25 canonicalise even what the identity operator compares as text.
    return str(spec) if spec.operator == '===' else '%s%s' % spec._canonical_spec

def described(parsed):
    req = constructors.install_req_from_parsed_requirement(parsed)
    options = parsed.options or {}
    printed = ['--hash=%s:%s' % (name, digest) for name, all in options.get('hashes', {}).items() for digest in all]
    for key, value in (options.get('config_settings') or {}).items():
        printed += ['--config-settings=%s=%s' % (key, each) for each in (value if isinstance(value, list) else [value])]
    printed += ['--global-option=%s' % value for value in options.get('global_options', [])]
    return {
        'name': utils.canonicalize_name(req.name) if req.req else None,
        'extras': sorted(utils.canonicalize_name(extra) for extra in req.extras),
        'specifiers': sorted(map(canonical, req.req.specifier)) if req.req else [],
        'url': (req.req.url if req.req else None) or (req.link.url if req.link else None),
        'marker': str(req.markers) if req.markers else None,
        'editable': parsed.is_editable,
        'options': sorted(printed),
    }

def verdict(tree):
    for name, text in tree.items():
        os.makedirs(os.path.dirname(os.path.abspath(name)), exist_ok=True)
        with open(name, 'wb') as file:
            file.write(text.encode('utf-8', 'surrogatepass'))
    try:
        return {'packages': [described(parsed) for parsed in parse_requirements('requirements.txt', session=session)]}
    except RecursionError as error:
        return {'error': repr(error)}
    except Exception as error:
        return {'error': repr(error)}

def equal(one, other):
    return requirements.Requirement(one) == requirements.Requirement(other)

asked = json.load(sys.stdin)
session = PipSession()
verdicts = []
with tempfile.TemporaryDirectory() as root:
    for number, tree in enumerate(asked['trees']):
        directory = os.path.join(root, str(number))
        os.makedirs(os.path.join(directory, 'local'))
        with open(os.path.join(directory, 'local', 'pyproject.toml'), 'w') as file:
            file.write('[project]\nname = "local"\n')
        os.chdir(directory)
        verdicts.append(verdict(tree))
    os.chdir('/')
json.dump({'verdicts': verdicts, 'equal': [equal(*pair) for pair in asked['pairs']]}, sys.stdout)
`

/** Asks pip's own parser about all trees, and `packaging` about the equality of all pairs, in one process. */
export function askPip(
  trees: readonly Tree[],
  pairs: readonly (readonly [string, string])[] = [],
): { readonly verdicts: readonly PipVerdict[]; readonly equal: readonly boolean[] } | undefined {
  const answer = spawnSync(python, ['-W', 'ignore', '-c', SCRIPT], {
    input: JSON.stringify({ trees, pairs }),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, PYTHONUTF8: '1' },
  })
  if (answer.status !== 0) {
    if (process.env['PIP_ORACLE'] === 'required') throw new Error(`python3 with pip: ${answer.error ?? answer.stderr}`)
    return undefined
  }
  return JSON.parse(answer.stdout) as ReturnType<typeof askPip>
}

/** Why tests are skipped where `askPip` has no answer; part of their names, to be seen. */
export const NO_PIP = 'needs python3 with pip 24.1, or with an older pip and packaging 22'
