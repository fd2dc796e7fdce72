import { describe, expect, test } from '@jest/globals'
import type { Fault } from '../../emulator/azure/faults.js'
import { pullRequest } from '../../emulator/github/events.js'
import { built, expectAnnotation, expectEnd, expectFailure, failureOf, fast, kindsOf, play } from './harness.js'

describe('a proxy that', () => {
  test.concurrent.each<[string, Omit<Fault, 'on'>]>([
    ['refuses', { answer: { status: 502 } }],
    ['is too busy', { answer: { status: 503 } }],
    ['cuts the connection', { reset: 'before' }],
    ['says nothing', { hang: 'before' }],
  ])('%s at the first connection to each host is asked again', async (_, fault) => {
    const step = await play({
      world: fast,
      prepare(world) {
        for (const host of ['run-actions', 'login.', 'management.']) {
          world.fault({ on: 'connect', when: request => request.host.startsWith(host), ...fault })
        }
      },
    })
    expectEnd(step, built)
    expect(step.ownBuilds).toHaveLength(1)
  })

  test.concurrent.each([
    ['run-actions', 'run-actions-1-azure-eastus.actions.githubusercontent.com'],
    ['login.', 'login.microsoftonline.com'],
  ])('never leads to %s is told of by that name', async (start, host) => {
    const step = await play({
      world: fast,
      prepare: world =>
        void world.fault({
          on: 'connect',
          times: 1000,
          when: request => request.host.startsWith(start),
          answer: { status: 403 },
        }),
    })
    expectFailure(step, 'sign-in-unreachable', [host, 'HTTPS_PROXY', '403'], { changed: 'false' })
  })

  test.concurrent.each([
    'http://dana:S3cr3t%zz@proxy.contoso.com:3128',
    'socks5://dana:S3cr3t@proxy.contoso.com:1080',
    'dana:S3cr3t@proxy.contoso.com:3128',
  ])('cannot be used (%s) is named without its value before anything is sent', async HTTPS_PROXY => {
    const step = await play({ env: { HTTPS_PROXY } })
    expectFailure(step, 'proxy', ['HTTPS_PROXY'], { changed: 'false' })
    // What hides passwords leaves the sentence as it is.
    expect(failureOf(step).message).not.toContain('***')
    expect(step.world.requests).toEqual([])
    expect(step.stdout.toString() + step.summary).not.toMatch(/S3cr3t|proxy\.contoso/)
  })

  test.concurrent('cannot be used does not matter where nothing is sent', async () => {
    const names = ['client-id', 'tenant-id', 'subscription-id', 'resource-group', 'cluster-name', 'image-name']
    const step = await play({
      event: pullRequest(),
      env: { HTTPS_PROXY: 'socks5://proxy.contoso.com:1080' },
      inputs: { mode: 'plan', comment: 'true', ...Object.fromEntries(names.map(name => [name, ''])) },
    })
    expectEnd(step, { exitCode: 0 })
    expectAnnotation(step, 'warning comment', ['HTTPS_PROXY'])
    expect(step.log).not.toContain('proxy.contoso')
  })

  test.concurrent('wants a password gets it, and nobody else sees it', async () => {
    const step = await play({
      world: fast,
      env: ({ env }) => ({ HTTPS_PROXY: env['HTTPS_PROXY']!.replace('//', '//dana:S3cr3t%25@') }),
      debug: true,
      prepare: world => void world.fault({ on: 'connect', answer: { status: 502 } }),
    })
    expectEnd(step, built)
    expect(step.stdout.toString() + step.summary).not.toMatch(/S3cr3t|dana:/)
  })

  test.concurrent('is not there is told of', async () => {
    const step = await play({ world: fast, env: { HTTPS_PROXY: 'http://127.0.0.1:9' } })
    expectFailure(step, 'sign-in-unreachable', ['127.0.0.1:9'])
  })
})

test.concurrent('an authority that nobody trusts is told of', async () => {
  const step = await play({ world: fast, env: { NODE_EXTRA_CA_CERTS: undefined } })
  expectFailure(step, 'certificate-untrusted', ['NODE_EXTRA_CA_CERTS'])
  expect(step.world.requests).toEqual([])
})

test.concurrent('certificates that nobody checks are warned of', async () => {
  const step = await play({
    // Node itself warns on the error output.
    env: { NODE_EXTRA_CA_CERTS: undefined, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' },
  })
  expectEnd(step, built)
  expect(kindsOf(step)).toEqual(['warning certificates-unchecked'])
  expectAnnotation(step, 'warning certificates-unchecked', ['NODE_EXTRA_CA_CERTS'])
})
