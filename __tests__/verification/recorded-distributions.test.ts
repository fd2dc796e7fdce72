import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Files, type Row, install, makeRoot, tried, wheel } from './sandbox.js'

/** A distribution of the index, as it was once found in an environment of its own. */
type Recorded = {
  /** The Python that it was installed in. */
  readonly python: string
  readonly name: string
  readonly version: string
  /** The folder of its metadata. */
  readonly info: string
  /** Those of its files that are modules in no other package. */
  readonly files: readonly string[]
  /** The modules to be tried. */
  readonly modules: string
  /** What kept it from being imported in truth: a class of exceptions and its message. */
  readonly problem?: string
}

const file = path.resolve(import.meta.dirname, '../../../__tests__/verification/distributions.json')
const { distributions } = JSON.parse(readFileSync(file, 'utf8')) as { readonly distributions: readonly Recorded[] }

/** Its files: the modules to be tried do what they did in truth, and nothing else may be imported. */
function filesOf({ version, info, files, modules, problem }: Recorded): Files {
  const wanted = modules.split(', ')
  const content = (file: string) => {
    const module = file.replace(/(\/__init__)?\.[^/]*$/, '').replaceAll('/', '.')
    if (wanted.includes(module)) return problem === undefined ? '' : raising(problem)
    return wanted.some(each => each.startsWith(`${module}.`)) ? '' : 'raise RuntimeError("nobody imports me")'
  }
  const project = info.split('-', 1).join()
  return wheel(project, version, Object.fromEntries(files.map(each => [each, content(each)])), info)
}

function raising(problem: string): string {
  const [type, ...message] = problem.split(': ')
  return `raise ${type}(${JSON.stringify(message.join(': '))})`
}

describe('distributions of the index are told as they are', () => {
  const root = makeRoot()
  let answers: readonly (readonly Row[])[] = []

  beforeAll(() => {
    const site = (at: number) => path.join(root, String(at))
    for (const [at, recorded] of distributions.entries()) install(site(at), filesOf(recorded))
    answers = tried(
      root,
      distributions.map(({ name }, at) => [site(at), [name]] as const),
    )
  })
  afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }))

  test.each(distributions.map((recorded, at) => [recorded.name, recorded.version, recorded.python, at] as const))(
    '%s %s of Python %s',
    (name, version, _, at) => {
      const { modules, problem } = distributions[at]!
      const said = problem === undefined ? '' : `cannot be imported: ${problem}`
      expect(answers[at]).toMatchObject([{ name, version, modules, problem: said }])
    },
  )
})
