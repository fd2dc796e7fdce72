import { describe, expect, test } from '@jest/globals'
import { excerptOf, includedFiles, renderDocs } from '../../scripts/docs.js'
import path from 'node:path'
import { stepsOf, workflowsIn } from './workflows.js'

const own = workflowsIn('.github/workflows')
const recipes = workflowsIn('examples/workflows')
const workflows = [...own, ...recipes].map(workflow => [workflow.file, workflow] as const)

/** What may be named without a SHA: this action, from here or by its release, and what stands for a user's own. */
const unpinned = /^(?:\.\/|org\/kusto-sandbox-image@v1$|contoso\/)/

describe.each(workflows)('%s', (_, workflow) => {
  const { text, permissions, jobs } = workflow
  const steps = stepsOf(workflow)

  test('grants nothing but to the jobs that say what they need', () => {
    expect(permissions).toEqual({})
    // Not `write-all`, nor `read-all`.
    for (const job of Object.values(jobs)) expect(job.permissions).not.toEqual(expect.any(String))
  })

  test('pins the actions of others by their commit, and says the version', () => {
    const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(match => match[1]!)
    for (const each of uses.filter(use => !unpinned.test(use))) {
      expect(each).toMatch(/^[\w.-]+\/[\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/)
    }
    expect(uses.length).toBe(
      steps.filter(step => step.uses).length + Object.values(jobs).filter(job => job.uses).length,
    )
  })

  test('puts no expression into a script', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([])
  })

  test('leaves no token in a checkout', () => {
    for (const { uses, with: inputs } of steps) {
      if (uses?.startsWith('actions/checkout@')) expect(inputs).toMatchObject({ 'persist-credentials': false })
    }
  })
})

test('one version of an action, and one commit of a version, is used everywhere', () => {
  const pins = workflows.flatMap(([, { text }]) => [
    ...text.matchAll(/uses: ([\w.-]+\/[\w.-]+)[\w./-]*@(\w+ # \S+)$/gm),
  ])
  const byAction = Map.groupBy(pins, match => match[1])
  for (const [action, uses] of byAction) {
    expect([action, ...new Set(uses.map(match => match[2]))]).toEqual([action, expect.any(String)])
  }
  expect(byAction.size).toBeGreaterThan(2)
})

test.each(recipes.map(recipe => [recipe.file, recipe] as const))('%s activates only with time for it', (_, recipe) => {
  for (const { with: inputs = {} } of stepsOf(recipe)) {
    if ('activate' in inputs) {
      const plans = inputs['mode'] === 'plan'
      expect(plans || Number(inputs['timeout-minutes']) >= 150).toBe(true)
    }
  }
})

describe('the lines of a file that a page shows', () => {
  const file = 'a:\n  b: 1\n\n  c: 2\n  d:\n    b: 3\ne: 4'

  test.each([
    ['"b:"', 'b: 1'],
    ['"b:" to "c:"', 'b: 1\n\nc: 2'],
    ['"c:", "b:"', 'c: 2\n# …\nb: 3'],
    ['"d:" to "b:", "e:"', 'd:\n  b: 3\n# …\ne: 4'],
  ])('%s', (ranges, shown) => {
    expect(excerptOf('x.yml', file, ranges)).toBe(shown)
  })

  test.each(['"x:"', '"c:", "a:"', '"c:" to "x:"'])('%s are not there', ranges => {
    expect(() => excerptOf('x.yml', file, ranges)).toThrow('x.yml has no line with')
  })
})

test('every recipe is shown by a page, and only what is there is', () => {
  const shown = includedFiles(renderDocs(path.resolve(import.meta.dirname, '../../..')))
  expect(recipes.map(({ file }) => file).filter(file => !shown.includes(file))).toEqual([])
  expect(recipes.length).toBeGreaterThan(15)
})
