import {
  ALSO_AS_HTML,
  AVAILABILITY_CASES,
  RECORDED_VERSIONS,
  TAGS,
  TAG_VERSIONS,
} from '../__tests__/requirements/index-facts/cases.js'
import type { IndexPagesSaid } from '../__tests__/requirements/index-facts/index-pages-said.js'
import { askPython, environmentWith } from './environment.js'
import type { Recording } from './part.js'
import { packagingRelease, pipReleases } from './releases.js'

/** Everything is asked through pip's own session, with the index that pip asks here. */
const PROGRAM = String.raw`
import json, os, re, subprocess, sys, tempfile
from packaging.tags import compatible_tags, cpython_tags, parse_tag
from pip._internal.models.index import PyPI
from pip._internal.network.session import PipSession

asked = json.load(sys.stdin)
index = (os.environ.get('PIP_INDEX_URL') or PyPI.simple_url).rstrip('/')
session = PipSession()
session.verify = os.environ.get('PIP_CERT', True)
HOST = 'https://files.pythonhosted.org'

def page(project, accept):
    answer = session.get(f'{index}/{project}/', headers={'Accept': accept})
    answer.raise_for_status()
    return answer

def listed(project, versions):
    of_version = re.compile('[^/]*?-(?:' + '|'.join(map(re.escape, versions)) + r')(?:-|\.tar|\.zip)')
    as_json = page(project, 'application/vnd.pypi.simple.v1+json').json()
    files = [each for each in as_json['files'] if of_version.match(each['filename'])]
    names = {each['filename'] for each in files}
    keys = ('filename', 'requires-python', 'yanked')
    trimmed = [{key: each.get(key) for key in keys} for each in files]
    html = page(project, 'text/html').text.splitlines() if project in asked['alsoAsHtml'] else []
    keeps = lambda line: '<a ' not in line or any(f'>{name}<' in line for name in names)
    bare = lambda line: re.sub(r' (?:data-dist-info-metadata|data-core-metadata|data-provenance)="[^"]*"', '', line)
    lines = [bare(re.sub('href="https?://[^/]*', f'href="{HOST}', line)) for line in html if keeps(line)]
    return {
        'json': {'meta': {'api-version': as_json['meta']['api-version']}, 'name': as_json['name'], 'files': trimmed},
        'html': [line for line in lines if not line.startswith('<!--')],
    }

def installs(requirement, python, directory):
    run = subprocess.run([
        sys.executable, '-m', 'pip', 'install', '--quiet', '--dry-run', '--no-deps', '--ignore-installed',
        '--target', directory, '--only-binary', ':all:', '--platform', 'win_amd64', '--implementation', 'cp',
        '--python-version', python, requirement,
    ], env={name: value for name, value in os.environ.items() if name != 'PIP_FIND_LINKS'}, capture_output=True, text=True)
    if run.returncode == 0 or 'No matching distribution found' in run.stderr:
        return run.returncode == 0
    sys.exit(run.stderr)

def tags_of(python):
    major, minor = map(int, python.split('.')[:2])
    platforms = ['win_amd64']
    own = cpython_tags((major, minor), abis=None if minor > 7 else [f'cp{major}{minor}m'], platforms=platforms)
    return {*own, *compatible_tags((major, minor), f'cp{major}{minor}', platforms)}

taken = {python: tags_of(python) for python in asked['pythons']}
with tempfile.TemporaryDirectory() as directory:
    json.dump({
        'pages': {project: listed(project, versions) for project, versions in asked['versions'].items()},
        'installs': {f'{case[0]} on {case[1]}': installs(case[0], case[1], directory) for case in asked['cases']},
        'tags': {tag: [not taken[python].isdisjoint(parse_tag(tag)) for python in asked['pythons']] for tag in asked['tags']},
    }, sys.stdout)
`

/** Pages of the index, what pip makes of them, and which tags the target takes. */
export const indexPages: Recording = {
  name: 'index-pages',
  ask: (): IndexPagesSaid => {
    const [pip, packaging] = [`pip==${pipReleases.at(-1)!}`, `packaging==${packagingRelease}`] as const
    const answer = askPython(environmentWith(pip, packaging), PROGRAM, {
      versions: RECORDED_VERSIONS,
      alsoAsHtml: ALSO_AS_HTML,
      cases: AVAILABILITY_CASES.map(([requirement, python]) => [requirement, python]),
      tags: TAGS,
      pythons: TAG_VERSIONS,
    }) as Omit<IndexPagesSaid, 'said'>
    return { said: `${pip}, ${packaging}`, ...answer }
  },
}
