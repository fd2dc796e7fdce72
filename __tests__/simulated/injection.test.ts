import { describe, expect, test } from '@jest/globals'
import type { Answer, RequestKind } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import { expectHarmless, hostile, nested, text } from '../hostile.js'
import { holding, play, type PlayOptions, wanted } from './harness.js'

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
      world: { buildSeconds: 60 },
      inputs: { 'timeout-minutes': '0.05' },
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

  test('the URL of an operation that cannot be read', async () => {
    const path = '/subscriptions/::add-mask::x/providers/Microsoft.Kusto/locations/##[error]Injected/operationResults/'
    const url = `https://management.azure.com${path}<script>%0A::error::Injected?x=|`
    const step = await play({
      prepare: world =>
        void world.fault({
          on: 'put-image',
          alter: answer => ({ ...answer, headers: { ...answer.headers, 'Azure-AsyncOperation': url } }),
        }),
    })
    expectHarmless(step, { shown: false })
    expect(step.exitCode).toBe(0)
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
})
