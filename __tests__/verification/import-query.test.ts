import { rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  accessQuery,
  namesParameter,
  verificationProgram,
  verificationQuery,
} from '../../src/verification/import-query.js'
import { type Files, type Row, install, makeRoot, metadata, tried, wheel } from './sandbox.js'

const untouched = 'raise RuntimeError("nobody imports me")'
const lacking = (module: string) => `raise ModuleNotFoundError("No module named '${module}'", name="${module}")`
/** As blackd does. */
const inWords = (module: string, hint: string) =>
  `try:\n    import ${module}\nexcept ImportError:\n    raise ImportError("${hint}") from None\n`
const unloadable = 'raise ImportError("DLL load failed while importing it")'

/** Distributions as they are found in site-packages, and what is wanted: the modules that are tried, and what is wrong. */
const cases: readonly (readonly [name: string, version: string, modules: string, problem: string, files: Files])[] = [
  // One module, in all the forms that one has.
  [
    'simple',
    '1.0',
    'simple',
    '',
    wheel('simple', '1.0', { 'simple/__init__.py': '', 'simple/a/__init__.py': untouched }),
  ],
  [
    'six',
    '1.17.0',
    'six',
    '',
    wheel('six', '1.17.0', { 'six.py': '', 'six.happy': '', '__pycache__/six.cpython-310.pyc': '' }),
  ],
  ['ujson', '5.10', 'ujson', '', wheel('ujson', '5.10', { 'ujson.cp311-win_amd64.pyd': '' })],
  [
    'compiled',
    '1',
    'compiled',
    '',
    wheel('compiled', '1', { 'compiled.pyd': '', 'compiled.dll': '', 'compiled.pyi': '' }),
  ],
  [
    'backslashes',
    '1',
    'backslashes',
    '',
    wheel('backslashes', '1', { 'backslashes\\__init__.py': '', 'backslashes\\a.py': untouched }),
  ],
  [
    'quoted',
    '1',
    'quoted',
    '',
    { ...wheel('quoted', '1', { 'quoted.py': '' }), 'quoted-1.dist-info/RECORD': '"quoted.py","",""\n' },
  ],
  // Of another name than the distribution.
  [
    'scikit-learn',
    '1.4.2',
    'sklearn',
    '',
    wheel('scikit_learn', '1.4.2', {
      'sklearn/__init__.py': '',
      'sklearn/cluster/__init__.py': untouched,
      'sklearn/__pycache__/__init__.cpython-310.pyc': '',
      '../../Scripts/learn.py': untouched,
    }),
  ],
  [
    'untidy',
    '3.0',
    'neat, other',
    '',
    wheel('Untidy', '3.0', {
      'neat/__init__.py': '',
      'other.py': '',
      'tests/__init__.py': untouched,
      'examples/some/__init__.py': untouched,
      'setup.py': untouched,
      '_private.py': untouched,
      'un-tidy/__init__.py': untouched,
      '__init__.py': untouched,
    }),
  ],
  // The module of the distribution's own name, wherever it is, and no other.
  [
    'black',
    '24.4',
    'black',
    '',
    wheel('black', '24.4', {
      'black/__init__.py': '',
      'blackd/__init__.py': lacking('aiohttp'),
      'blib2to3/__init__.py': untouched,
    }),
  ],
  [
    'google-cloud-storage',
    '2.0',
    'google.cloud.storage',
    '',
    wheel(
      'google-cloud-storage',
      '2.0',
      {
        'google/cloud/storage/__init__.py': '',
        'google/cloud/_storage/__init__.py': untouched,
        'google/cloud/storage_v2/__init__.py': lacking('google.iam'),
      },
      'google_cloud_storage-2.0.dist-info',
    ),
  ],
  ['ruamel-yaml', '0.17', 'ruamel.yaml', '', wheel('ruamel.yaml', '0.17', { 'ruamel/yaml/__init__.py': '' })],
  [
    'zope-interface',
    '5.4',
    'zope.interface',
    '',
    wheel('zope.interface', '5.4', { 'zope/interface/__init__.py': '', 'zope.interface-5.4-nspkg.pth': '' }),
  ],
  [
    'backports-tarfile',
    '1',
    'backports.tarfile',
    '',
    wheel('backports.tarfile', '1', {
      'backports/__init__.py': '',
      'backports/tarfile/__init__.py': '',
      'backports/tarfile/__main__.py': untouched,
    }),
  ],
  ['jaraco-context', '4', 'jaraco.context', '', wheel('jaraco.context', '4', { 'jaraco/context.py': '' })],
  ['testing', '1', 'testing', '', wheel('testing', '1', { 'testing.py': '', 'tests.py': untouched })],
  // A private module of a namespace, at any depth.
  [
    'google-things',
    '2',
    'google.cloud.thing',
    '',
    wheel('google-things', '2', {
      'google/cloud/thing/__init__.py': '',
      'google/cloud/_thing_v2/__init__.py': untouched,
      'google/_upb/_message.pyd': untouched,
    }),
  ],
  // Nothing to import.
  ['meta', '7.0', '', '', wheel('meta', '7.0', {})],
  ['pandas-stubs', '2', '', '', wheel('pandas-stubs', '2', { 'pandas-stubs/__init__.pyi': '' })],
  ['only-pth', '1', '', '', wheel('only-pth', '1', { 'only-pth.pth': '', '__editable___only_finder.py': untouched })],
  // Metadata of older tools: lists relative to their own folder, names of modules alone, a single file, an egg.
  [
    'flashtext',
    '2.7',
    'flashtext',
    '',
    {
      'flashtext/__init__.py': '',
      'flashtext-2.7-py3.9.egg-info/PKG-INFO': metadata('flashtext', '2.7'),
      'flashtext-2.7-py3.9.egg-info/SOURCES.txt': 'setup.py\nsrc/flashtext/__init__.py\ntest/__init__.py\n',
      'flashtext-2.7-py3.9.egg-info/installed-files.txt':
        '..\\flashtext\\__init__.py\nPKG-INFO\n../../../bin/flash.py\n',
    },
  ],
  [
    'ancient',
    '0.1',
    'ancient_module, space.inner',
    '',
    {
      'ancient_module.py': '',
      'space/inner.py': '',
      'ancient-0.1.dist-info/METADATA': metadata('ancient', '0.1'),
      'ancient-0.1.dist-info/top_level.txt': 'ancient_module\n\nspace/inner\n_ancient\ntests\n',
    },
  ],
  ['single-file', '3.12', '', '', { 'single_file-3.12-py3.6.egg-info': metadata('single-file', '3.12') }],
  [
    'egg',
    '1',
    'egg',
    '',
    { 'egg.py': '', 'EGG-INFO/PKG-INFO': metadata('egg', '1'), 'EGG-INFO/top_level.txt': 'egg\n' },
  ],
  // Remnants of an upgrade, of what is there no more, and of nothing at all.
  [
    'upgraded',
    '2',
    'upgraded',
    '',
    {
      ...wheel('upgraded', '2', { 'upgraded.py': '' }),
      '~pgraded-1.dist-info/METADATA': metadata('upgraded', '1'),
      'aaa.dist-info/RECORD': '',
    },
  ],
  ['remnant', '', '', 'is not installed', { '~emnant-1.dist-info/METADATA': metadata('remnant', '1') }],
  // A part that lacks a module of others is optional, while another part works.
  [
    'parts',
    '1',
    'part_one, part_two',
    '',
    wheel('parts', '1', { 'part_one.py': '', 'part_two/__init__.py': lacking('aiohttp') }),
  ],
  [
    'parts',
    '1.1',
    'part_one, part_two',
    '',
    wheel('parts', '1.1', { 'part_one.py': '', 'part_two.py': inWords('no_such_module', 'Install parts[two]') }),
  ],
  // Importing does more than to define things.
  ['talkative', '1', 'talkative', '', wheel('talkative', '1', { 'talkative.py': 'print("hello")' })],

  [
    'parts',
    '2',
    'part_one, part_two',
    "cannot be imported: ModuleNotFoundError: No module named 'aiohttp'",
    wheel('parts', '2', { 'part_one.py': lacking('aiohttp'), 'part_two.py': lacking('aiohttp') }),
  ],
  [
    'parts',
    '3',
    'part_one, part_two',
    "cannot be imported: ModuleNotFoundError: No module named 'part_one.gone'",
    wheel('parts', '3', { 'part_one/__init__.py': '', 'part_two.py': 'import part_one.gone' }),
  ],
  [
    'parts',
    '4',
    'part_one, part_two',
    'cannot be imported: ImportError: DLL load failed while importing it',
    wheel('parts', '4', { 'part_one.py': lacking('aiohttp'), 'part_two.pyd': unloadable }),
  ],
  [
    'needy',
    '1',
    'needy',
    "cannot be imported: ModuleNotFoundError: No module named 'aiohttp'",
    wheel('needy', '1', { 'needy/__init__.py': lacking('aiohttp'), 'other.py': '' }),
  ],
  [
    'native',
    '1',
    'native',
    'cannot be imported: ImportError: DLL load failed while importing it',
    wheel('native', '1', {
      'native/__init__.py': 'from native import core',
      'native/core.cp311-win_amd64.pyd': unloadable,
    }),
  ],
  [
    'parts',
    '1.2',
    'part_one, part_two',
    'cannot be imported: ImportError: Reinstall',
    wheel('parts', '1.2', {
      'part_one.py': '',
      'part_two/__init__.py': inWords('part_two._native', 'Reinstall'),
    }),
  ],
  [
    'removed',
    '1',
    'removed',
    "cannot be imported: ModuleNotFoundError: No module named 'removed'",
    { ...wheel('removed', '1', {}), 'removed-1.dist-info/RECORD': 'removed/__init__.py,,\n' },
  ],
  [
    'leaving',
    '1',
    'leaving',
    'cannot be imported: SystemExit: 3',
    wheel('leaving', '1', { 'leaving.py': 'raise SystemExit(3)' }),
  ],
  [
    'multiline',
    '1',
    'multiline',
    'cannot be imported: ImportError: one\ntwo',
    wheel('multiline', '1', { 'multiline.py': 'raise ImportError("one\\ntwo")' }),
  ],
  ['nowhere', '', '', 'is not installed', {}],
]

describe('the program that tries packages in a sandbox', () => {
  const root = makeRoot()
  const site = path.join(root, 'shared')
  const odd = ['"; import os', "'''", '../six', 'six\n', '__import__("os")', '${}', 'x'.repeat(10_000), '*', '[!~]']
  let answers: readonly (readonly Row[])[] = []

  // Python takes seconds to start, so all is asked of one.
  beforeAll(() => {
    for (const [at, [, , , , files]] of cases.entries()) install(path.join(root, String(at)), files)
    install(site, wheel('six', '1', { 'six.py': '' }))
    install(site, wheel('broken', '1', { 'broken.py': 'raise ValueError("x" * 10_000)' }))
    answers = tried(root, [
      ...cases.map(([name], at) => [path.join(root, String(at)), [name]] as const),
      [site, ['', 'broken', 'six']],
      [site, odd],
    ])
  })
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }))

  test.each(cases.map(([name, version, modules, problem], at) => [name, version, { modules, problem }, at] as const))(
    'tells of %s %s: %j',
    (name, version, { modules, problem }, at) => {
      const python = expect.stringMatching(/^3\.\d+\.\d+/)
      expect(answers[at]).toEqual([{ name, version, modules, problem, python }])
    },
  )

  test('goes on after a package that is broken, tells no more than a part of a long error, and of Python for an empty name', () => {
    const rows = answers.at(-2)
    expect(rows).toMatchObject([
      { name: '', version: '', problem: '' },
      { name: 'broken' },
      { name: 'six', problem: '' },
    ])
    expect(rows?.[1]?.problem.length).toBeLessThan(600)
  })

  test('takes names for nothing but names', () => {
    const rows = answers.at(-1)
    expect(rows?.map(({ name, problem }) => ({ name, problem }))).toEqual(
      odd.map(name => ({ name, problem: 'is not installed' })),
    )
  })
})

describe('the query', () => {
  test('declares what it is given, and holds the program between marks that are not in it', () => {
    expect(verificationQuery).toContain('declare query_parameters(packages:dynamic);')
    expect(verificationQuery.split('```')).toHaveLength(3)
    expect(verificationQuery).toContain(verificationProgram)
    // The engine reads no escapes between such marks, and the program needs none.
    expect(verificationProgram).not.toContain('\\')
    expect(accessQuery).not.toContain('python')
  })

  test('gets names as a literal that nothing leaves', () => {
    const { packages } = namesParameter(['pandas', `")]; .drop table x //`, '\u2028'])
    expect(packages.startsWith('dynamic(')).toBe(true)
    expect(JSON.parse(packages.slice('dynamic('.length, -1))).toEqual(['', 'pandas', `")]; .drop table x //`, '\u2028'])
  })
})
