import { describe, expect, test } from '@jest/globals'
import type { ArmError } from '../../emulator/arm-errors.js'
import type { Answer, RequestKind } from '../../emulator/messages.js'
import type { World } from '../../emulator/world.js'
import type { Played, PlayOptions } from './step.js'
import { holding, play, wanted } from './step.js'

/** Lines that a runner, a terminal, a browser or a person could take for something else than text. */
const hostile = [
  '::add-mask::forecasting',
  '  ::set-output name=state::Succeeded',
  '\t::error file=a.txt,line=1::Injected',
  'mid ##[error]Injected',
  '##[add-mask]Succeeded',
  '##[set-output name=state;]Succeeded',
  '#\u200b#[group]Injected',
  '::stop-commands::x',
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J \u0000 \u0008',
  'over\r::warning::Injected',
  'lines\u2028::notice::Injected\u2029::notice::Injected\u0085::notice::Injected',
  '\ufeff::notice::Injected',
  'right\u202eleft\u2066 \u200f',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</pre></code></details><h1>Injected</h1><!--',
  '[link](javascript:alert(1)) ![image](https://evil.example/x.png) <https://evil.example>',
  '| a | b | `code` ``` ~~~ **bold** # head @octocat #1 $x$',
  '```mermaid',
  '%0A::error::Injected %3A%3A',
]
const text = hostile.join('\n')

/** Nothing of the hostile text is obeyed, in the log, its annotations, the summary and the outputs. */
function expectHarmless(step: Played, { shown = true } = {}): void {
  // What is printed was checked for commands, groups, masks, titles and escape sequences, and the summary for whatever
  // Markdown and GitHub make of it.
  expect(step.annotations.filter(({ message, title }) => message === 'Injected' || title === 'Injected')).toEqual([])
  expect(step.annotations.filter(({ file }) => file !== undefined && file !== 'requirements.txt')).toEqual([])
  expect(JSON.stringify(step.outputs)).not.toMatch(/\\[nr]/)
  expect(step.stdout.toString()).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200f]/)
  if (shown) expect(step.log).toContain('alert(1)')
}

const body =
  (change: (body: any) => void) =>
  (answer: Answer): Answer => {
    const content = JSON.parse(answer.body)
    change(content)
    return { ...answer, body: JSON.stringify(content) }
  }
const altering = (on: RequestKind, change: (body: any) => void, skip = 0) => ({
  prepare: (world: World) => void world.fault({ on, skip, times: 3, alter: body(change) }),
})
const answering = (on: RequestKind, status: number, content: string | object) => ({
  prepare: (world: World) => void world.fault({ on, times: 1000, answer: { status, body: content } }),
})
const nested: ArmError = {
  code: text,
  message: text,
  target: text,
  details: [{ code: text, message: text }],
  additionalInfo: [{ type: text, info: { [text]: text, deep: [{ [text]: text }] } }],
}
const description = `AADSTS53003: ${text}`

describe('nothing of a hostile text is obeyed in', () => {
  test.concurrent.each<[string, PlayOptions]>([
    ['the error of a build', { world: { outcomes: [{ status: 'Failed', error: nested }] } }],
    [
      'the error of a build, about a requirement',
      {
        world: {
          outcomes: [
            { status: 'Failed', error: { code: 'X', message: `No matching distribution found for pandas\n${text}` } },
          ],
        },
      },
    ],
    ['a refusal of the build', answering('put-image', 400, { error: nested })],
    [
      'a refusal for a lack of rights',
      answering('put-image', 403, {
        error: { code: 'AuthorizationFailed', message: `perform action '${text}' over scope '${text}'` },
      }),
    ],
    ['a refusal to be looked at', answering('get-image', 403, { error: nested })],
    ['a page of an unreadable operation', answering('poll', 404, { error: nested })],
    ["Entra's refusal", answering('token', 400, { error: 'x', error_description: description, error_codes: [53003] })],
  ])('%s', async (_, options) => {
    expectHarmless(await play(options))
  })

  test.concurrent.each<[string, PlayOptions]>([
    ['a status of the operation', altering('poll', content => void (content.status = text))],
    ['a state of the image', altering('get-image', content => void (content.properties.provisioningState = text), 1)],
  ])('%s', async (_, options) => {
    expectHarmless(await play({ ...options, world: { buildSeconds: 0.5 } }))
  })

  test('the last state that was seen', async () => {
    const step = await play({
      world: { buildSeconds: 600 },
      timeOutWhen: world => world.seen('poll').length > 2,
      prepare: world =>
        void world.fault({ on: 'poll', times: 1000, alter: body(content => void (content.status = text)) }),
    })
    expectHarmless(step)
  })

  test.concurrent.each<[string, PlayOptions]>([
    [
      'ids and names of the image',
      altering('get-image', content => Object.assign(content, { id: text, name: text }), 1),
    ],
    [
      'other properties of the image',
      altering('get-image', content => {
        Object.assign(content.properties, { baseImageName: text, [text]: text })
        content[text] = text
      }),
    ],
    [
      'the requirements that the image holds',
      { prepare: holding({ ...wanted, requirementsFileContent: text, baseImageName: text }) },
    ],
    ['a refusal as a page', answering('put-image', 400, `<html>${text.replaceAll('<', '&lt;')}</html>`)],
    ['a refusal as a page that is broken', answering('put-image', 400, text)],
    ["GitHub's refusal", answering('id-token', 403, text)],
  ])('%s', async (_, options) => {
    expectHarmless(await play(options), { shown: false })
  })

  test('comments of the requirements', async () => {
    const oneLine = hostile.map(line => line.replace(/[\r\u0085\u2028\u2029]/g, ' '))
    const lines = oneLine.flatMap(line => [`# ${line}`, `pandas==2.2.2 # ${line}`])
    const step = await play({ files: { 'requirements.txt': lines.join('\n') } })
    expectHarmless(step, { shown: false })
    expect(step.exitCode).toBe(0)
  })

  test('requirements that are none', async () => {
    const lines = hostile.flatMap(line => [
      line,
      `x @ https://example.com/${line}`,
      `pandas==2.2.2 ; ${line}`,
      `--${line}`,
    ])
    const step = await play({ files: { 'requirements.txt': lines.join('\n') } })
    expectHarmless(step, { shown: false })
    expect(step.exitCode).toBe(1)
    expect(step.world.requests).toEqual([])
  })

  test('what pip says of requirements', async () => {
    const message = hostile.map(line => `ERROR: No matching distribution found for ${line}`).join('\n')
    const step = await play({ world: { outcomes: [{ status: 'Failed', error: { code: 'X', message } }] } })
    expectHarmless(step)
  })

  test.concurrent.each(hostile.filter(line => !/[\u0000\n\r]/.test(line)).map(line => line.replaceAll('/', '∕')))(
    'the name of a requirements file: %j',
    async name => {
      const files = { [name.trim()]: '-r none.txt' }
      const step = await play({ inputs: { 'requirements-file': name }, files })
      expect(step.exitCode).toBe(1)
      expect(step.annotations.filter(({ message }) => message === 'Injected')).toEqual([])
      expect(step.annotations.length).toBeGreaterThan(0)
      expect(step.world.requests).toEqual([])
    },
  )

  test('inputs that are wrong', async () => {
    const names = ['client-id', 'tenant-id', 'environment', 'image-name', 'cluster-name', 'force', 'timeout-minutes']
    const step = await play({ inputs: Object.fromEntries(names.map(name => [name, text.replace('\u0000', '')])) })
    expect(step.exitCode).toBe(1)
    expectHarmless(step)
  })

  test('headers of answers', async () => {
    const line = '::add-mask::x ##[error]Injected <script>alert(1)</script> | [a](javascript:x)'
    const step = await play({
      prepare: world =>
        void world.fault({
          on: ['put-image', 'get-image', 'poll'],
          times: 1000,
          alter: answer => ({
            ...answer,
            headers: {
              ...answer.headers,
              'x-ms-correlation-request-id': line,
              'x-ms-request-id': line,
              'x-ms-operation-root-activity-id': line,
            },
          }),
        }),
      debug: true,
    })
    expectHarmless(step)
    expect(step.exitCode).toBe(0)
  })

  test('the URL of an operation', async () => {
    const path = '/subscriptions/::add-mask::x/providers/Microsoft.Kusto/locations/##[error]Injected/operationResults/'
    const url = `https://management.azure.com${path}<script>%0A::error::Injected?x=|`
    const step = await play({
      prepare: world =>
        void world.fault({
          on: 'put-image',
          alter: answer => ({ ...answer, headers: { ...answer.headers, 'Azure-AsyncOperation': url } }),
        }),
      debug: true,
    })
    expectHarmless(step, { shown: false })
    expect(step.exitCode).toBe(0)
  })
})
