import { describe, expect, test } from '@jest/globals'
import type { ImageContent } from '../../emulator/azure/cluster.js'
import type { Fault } from '../../emulator/azure/faults.js'
import type { Answer } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import { expectEnd, expectFailure, failureOf, holding, imageName, other, play, wanted } from './harness.js'

/** What happens just before the image is asked for the second time, after the operation has succeeded. */
const atTheEnd =
  (meanwhile: (world: World) => void, fault: Omit<Fault, 'on'> = {}) =>
  (world: World): void =>
    void world.fault({ on: 'get-image', skip: 1, meanwhile: () => meanwhile(world), ...fault })

const changed = (change: (body: any) => void) => (answer: Answer) => {
  const body = JSON.parse(answer.body)
  change(body)
  return { ...answer, body: JSON.stringify(body) }
}

const statusOf = (status: string, error?: object) => changed(body => void Object.assign(body, { status, error }))

describe('an operation that succeeded', () => {
  const contents: [string, ImageContent][] = [
    ['requirements', other],
    ['a language version', { ...wanted, languageVersion: '3.11.7' }],
    ['a base image', { ...other, baseImageName: 'x', languageVersion: '3.9.7' }],
  ]
  test.concurrent.each(contents)(
    'is no success where the image shows other content in the end: %s',
    async (_, content) => {
      const step = await play({ prepare: atTheEnd(holding(content)) })
      expectFailure(step, 'superseded', [imageName], { changed: 'true', action: 'create' })
      expect(step.outputs['state']).not.toMatch(/succeeded/i)
      expect(step.ownBuilds).toHaveLength(1)
    },
  )

  test('tells what the other content differs in', async () => {
    const steps = await Promise.all(contents.map(([, content]) => play({ prepare: atTheEnd(holding(content)) })))
    const messages = steps.map(step => failureOf(step).message.replace(/[\da-f-]{36}/g, ''))
    expect(new Set(messages).size).toBe(contents.length)
  })

  test('is no success where someone builds something else meanwhile, and that succeeds', async () => {
    const foreign = (world: World) => world.startForeignBuild({ image: imageName, content: other, seconds: 0.5 })
    const step = await play({ prepare: atTheEnd(foreign) })
    expect(step.exitCode).toBe(1)
    expect(step.outputs['state']).not.toMatch(/succeeded/i)
    expect(failureOf(step).code).toBe('superseded')
  })

  test('is no success where the image is gone', async () => {
    const step = await play({ prepare: atTheEnd(world => world.cluster.images.delete(imageName)) })
    expectEnd(step, { exitCode: 1, outputs: { changed: 'true' } })
    expect(step.outputs['state']).not.toMatch(/succeeded/i)
    expect(failureOf(step)).toMatchObject({ code: 'image-gone' })
  })

  test('is no success where the image says Failed', async () => {
    const step = await play({ prepare: atTheEnd(holding(wanted, 'Failed')) })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed', changed: 'true' } })
  })

  test.concurrent.each<[string, (answer: Answer) => Answer]>([
    ['still the former content', changed(body => void (body.properties.requirementsFileContent = 'polars'))],
    ['still a build', changed(body => void (body.properties.provisioningState = 'Running'))],
    ['nothing yet', () => ({ status: 404, headers: {}, body: '' })],
    ['an error', () => ({ status: 500, headers: {}, body: '' })],
    ['a page', answer => ({ ...answer, body: '<html></html>' })],
  ])('is a success where the image first shows %s, and then what was sent', async (_, alter) => {
    const step = await play({ prepare: world => void world.fault({ on: 'get-image', skip: 1, alter }) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
    expect(step.puts).toHaveLength(1)
  })

  test('is a success where the image shows a base that the service filled in, and the language in capitals', async () => {
    const alter = changed(body => void (body.properties.baseImageName = 'Python3_10_8'))
    const step = await play({ prepare: world => void world.fault({ on: 'get-image', skip: 1, times: 99, alter }) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded' } })
    expect(step.annotations).toEqual([])
  })
})

describe('an operation that failed', () => {
  test('is a failure at once, in its words, whatever the image shows', async () => {
    const error = { code: 'BadRequest', message: 'No such package.' }
    const step = await play({
      prepare: world => void world.fault({ on: 'poll', skip: 1, times: 99, alter: statusOf('Failed', error) }),
    })
    expectFailure(step, 'build-failed', ['No such package.'], { state: 'Failed', changed: 'true' })
    expect(step.story.at(-1)).toBe('poll')
    expect(step.ownBuilds).toMatchObject([{ finished: false }])
  })

  test.concurrent.each<[string, Omit<Fault, 'on'>]>([
    ['may not be read any more', { answer: { status: 403 } }],
    ['cannot be read any more', { answer: { status: 503 } }],
    ['is not there', { answer: { status: 404, body: { error: { code: 'ResourceGroupNotFound', message: 'x' } } } }],
  ])('is a failure where the image %s, in the words of the operation', async (_, fault) => {
    const step = await play({
      world: { outcomes: [{ status: 'Failed', error: { code: 'BadRequest', message: 'No such package.' } }] },
      prepare: world => void world.fault({ on: 'get-image', skip: 1, times: 99, ...fault }),
    })
    expectFailure(step, 'build-failed', ['No such package.'], { state: 'Failed', changed: 'true' })
  })
})

test('an image that may not be read any more in the end is no success', async () => {
  const step = await play({
    prepare: world => void world.fault({ on: 'get-image', skip: 1, times: 99, answer: { status: 403 } }),
  })
  expectEnd(step, { exitCode: 1, outputs: { changed: 'true' } })
  expect(step.outputs['state'] ?? '').not.toMatch(/succeeded/i)
  expect(failureOf(step)).toMatchObject({ code: 'forbidden' })
})
