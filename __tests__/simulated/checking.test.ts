import { describe, expect, test } from '@jest/globals'
import { drawnBy } from '../github/drawn.js'
import { shownText } from '../shown-text.js'
import { expectAnnotation, expectEnd, expectFailure, kindsOf, play } from './harness.js'

describe('the requirements are checked before anything is sent', () => {
  test('an error stops the step at once, with its line and columns annotated', async () => {
    const step = await play({
      files: { 'requirements.txt': 'pandas==2.2.2\n-r more.txt', 'more.txt': '\nnumpy=1.26.4\n' },
    })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'false' } })
    // Why the step stopped, before the finding itself.
    expect(kindsOf(step)).toEqual(['error findings', 'error syntax'])
    expectAnnotation(step, 'error findings', [/\b1\b/, /more\.txt\D+2\b/])
    expect(step.stdout.toString()).toContain('::error title=syntax,file=more.txt,line=2,col=6,endColumn=7::')
    expect(step.world.requests).toEqual([])
    expect(step.outputs['requirements-sha256']).toMatch(/^[0-9a-f]{64}$/)
    expect(drawnBy(step.summary).links).toContainEqual(expect.stringMatching(/\/more\.txt#L2$/))
  })

  test.each([
    ['two pins of one package', 'numpy==1.26.4\nNumPy==1.26.3', 'duplicate'],
    ["an index of one's own", '--index-url https://pypi.example\nnumpy==1.26.4', 'unsupported-option'],
    ['an editable directory', '-e ./lib', 'unsupported-option'],
  ])('%s', async (_, text, title) => {
    const step = await play({ files: { 'requirements.txt': text } })
    expectEnd(step, { exitCode: 1 })
    expect(step.annotations.map(annotation => annotation.title)).toContain(title)
    expect(step.world.requests).toEqual([])
  })

  const doubtful = 'numpy==1.26.4; sys_platform == "linux"\npandas'

  test('warnings and notices are shown, and the build goes on', async () => {
    const step = await play({ files: { 'requirements.txt': doubtful } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action: 'create' } })
    expect(step.annotations.map(({ level, title, line }) => [level, title, line])).toEqual([
      ['warning', 'marker-excludes', 1],
      ['notice', 'unpinned', 2],
    ])
    for (const id of ['marker-excludes', 'unpinned']) expect(step.summary).toContain(id)
  })

  test('strict: warnings fail the step too', async () => {
    const step = await play({ inputs: { strict: 'true' }, files: { 'requirements.txt': doubtful } })
    expectEnd(step, { exitCode: 1 })
    expect(kindsOf(step)).toEqual(['error findings', 'warning marker-excludes', 'notice unpinned'])
    expectAnnotation(step, 'error findings', [/\b1\b/])
    expect(step.world.requests).toEqual([])
  })

  test('ignored findings are neither shown nor counted', async () => {
    const inputs = { strict: 'true', 'ignore-findings': 'marker-excludes,\n unpinned' }
    const step = await play({ inputs, files: { 'requirements.txt': doubtful } })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(step.annotations).toEqual([])
  })

  test.each(['syntax', 'include', 'nonsense'])('%s cannot be ignored', async id => {
    const step = await play({ inputs: { 'ignore-findings': id } })
    expectFailure(step, 'inputs', ['ignore-findings', `"${id}"`])
    expect(step.world.requests).toEqual([])
  })

  test('what is not pinned is one notice that names all lines, and the summary names the packages', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `package-${index}`)
    const step = await play({ files: { 'requirements.txt': names.join('\n') } })
    expectEnd(step, { exitCode: 0 })
    expect(kindsOf(step)).toEqual(['notice unpinned'])
    expectAnnotation(step, 'notice unpinned', [/\b30\b/, ...names.map((_, index) => new RegExp(`\\b${index + 1}\\b`))])
    const page = shownText(step.summary)
    expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([])
  })

  test("as many as GitHub keeps are annotations, the run's own first; the rest is in the summary", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => [`a${index}=1`, `b${index}==1; sys_platform == "linux"`])
    const step = await play({
      inputs: { 'language-version': '3.12.4' },
      files: { 'requirements.txt': lines.flat().join('\n') },
    })
    expectEnd(step, { exitCode: 1 })
    const kinds = Map.groupBy(kindsOf(step), kind => kind.split(' ')[0]!)
    expect(kinds.get('error')).toEqual(['error findings', ...Array.from({ length: 9 }, () => 'error syntax')])
    expect(kinds.get('warning')).toHaveLength(10)
    expect(step.log).toMatch(/\b21\b/)
    expect(step.summary).toContain('b29')
  })
})
