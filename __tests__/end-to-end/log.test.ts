import { describe, expect, test } from '@jest/globals'
import { expectEnd, holding, other, play } from './harness.js'

const groupsOf = (log: string) => [...log.matchAll(/^::group::(.*)$/gm)].map(([, title]) => title)

describe('the log', () => {
  test.concurrent('has one group a phase', async () => {
    const step = await play({ prepare: holding(other) })
    expect(groupsOf(step.log)).toEqual([
      'Read the requirements',
      'Check the requirements',
      'Sign in',
      'Look at the image',
      'Look at the cluster',
      'Build',
    ])
  })

  test.concurrent('says what is done and why, who signed in, and the ids, and colours the end', async () => {
    const step = await play({ prepare: holding({ ...other, languageVersion: '3.9.7' }) })
    const [build] = step.ownBuilds
    expect(step.log).toContain(`as application ${step.world.principal.clientId} of tenant ${step.world.tenant.id}`)
    expect(step.log).toMatch(/update.*language version changed and the requirements changed/)
    expect(step.log).toContain(`operation ${build!.id}, correlation ${step.outputs['correlation-id']}`)
    expect(step.log.trimEnd().split('\n').at(-1)).toMatch(/^\u001b\[32m.*has Succeeded\.\u001b\[0m$/)
  })

  test.concurrent('has a line a change, not a line a poll', async () => {
    const step = await play({ world: { buildSeconds: 1.5 } })
    expect(step.world.seen('poll').length).toBeGreaterThan(5)
    expect(step.log.match(/: Running/g)).toHaveLength(1)
  })

  test.concurrent('tells of trouble once, not at each try', async () => {
    const step = await play({
      world: { buildSeconds: 1.5 },
      prepare: world => void world.fault({ on: 'poll', skip: 2, times: 4, answer: { status: 503 } }),
    })
    expectEnd(step, { exitCode: 0 })
    expect(step.log.replace(/^::debug::.*$/gm, '').match(/could not be read/g)).toHaveLength(1)
  })
})

describe('debug logging', () => {
  test.concurrent('shows the method, URL, status, duration and ids of each request', async () => {
    const step = await play({ world: { buildSeconds: 0.2 }, debug: true, inputs: { 'poll-interval-seconds': '0.15' } })
    expectEnd(step, { exitCode: 0 })
    const traced = step.commands.filter(({ name }) => name === 'debug').map(({ data }) => data)
    expect(traced).toHaveLength(step.world.requests.length)
    step.world.requests.forEach((request, index) => {
      const line = traced[index]!
      expect(line).toContain(`${request.method} https://${request.host}${request.path}`)
      expect(line).toMatch(new RegExp(`→ ${request.status} in \\d+ ms`))
      const correlation = request.headers['x-ms-correlation-request-id']
      if (correlation !== undefined) {
        expect(line).toContain(`x-ms-correlation-request-id ${String(correlation)}`)
        expect(line).toMatch(/x-ms-request-id [\da-f-]{36}/)
      }
      expect(line).not.toMatch(/bearer|authorization|[?&][tcsh]=/i)
    })
    expect(
      traced.filter(line => /operationResults.*x-ms-operation-root-activity-id [\da-f-]{36}/.test(line)),
    ).not.toEqual([])
  })

  test.concurrent('shows a request without an answer, and why', async () => {
    const step = await play({ debug: true, prepare: world => void world.fault({ on: 'get-image', reset: 'before' }) })
    const traced = step.commands.filter(({ name }) => name === 'debug').map(({ data }) => data)
    expect(traced).toHaveLength(step.world.requests.length)
    expect(
      traced.filter(line => /^GET .*forecasting\?api-version=2024-04-13 → no answer after \d+ ms: /.test(line)),
    ).toHaveLength(1)
  })

  test.concurrent("of Azure's own libraries goes through the same door, or nowhere", async () => {
    const step = await play({
      debug: true,
      env: { AZURE_LOG_LEVEL: 'verbose' },
      prepare: world =>
        void world.fault({
          on: 'token',
          answer: { status: 400, body: { error: 'x', error_description: 'AADSTS1: Oh.\n##[add-mask]forecasting' } },
        }),
    })
    expectEnd(step, { exitCode: 1 })
  })
})
