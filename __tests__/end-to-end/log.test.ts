import { describe, expect, test } from '@jest/globals'
import { expectEnd, holding, other, outcomeLine, play, type Played } from './harness.js'

/** The lines of the log in each of its groups, by its title, without what only debug logging shows. */
function groupsOf({ lines }: Played): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  let open: string[] | undefined
  for (const { command, text } of lines) {
    if (command?.name === 'group') groups.set(command.data, (open = []))
    else if (command?.name === 'endgroup') open = undefined
    else if (command === undefined) open?.push(text)
  }
  return groups
}

describe('the log', () => {
  test.concurrent('has one group a phase', async () => {
    const step = await play({ prepare: holding(other) })
    const groups = groupsOf(step)
    // Reading and checking the requirements, signing in, looking at the image and at the cluster, and the build.
    expect(groups.size).toBe(6)
    expect([...groups].filter(([, lines]) => lines.length === 0)).toEqual([])
  })

  test.concurrent('says what is done and why, who signed in, and the ids, and colours the end', async () => {
    const step = await play({ prepare: holding({ ...other, languageVersion: '3.9.7' }) })
    const [build] = step.ownBuilds
    const [, , signIn, , , ofBuild] = [...groupsOf(step).values()].map(lines => lines.join('\n'))
    for (const id of [step.world.principal.clientId, step.world.tenant.id]) expect(signIn).toContain(id)
    for (const id of [build!.id, step.outputs['correlation-id']!]) expect(ofBuild).toContain(id)
    const [both, one] = [step, await play({ prepare: holding(other) })].map(
      ({ log }) => /^.*\bupdate\b.*$/m.exec(log)![0],
    )
    // Two reasons, not one.
    expect(both).not.toBe(one)
    expect(outcomeLine(step)).toMatch(/forecasting.*adxforecast/)
  })

  test.concurrent('has a line a change, not a line a poll', async () => {
    const step = await play({ world: { buildSeconds: 1.5 } })
    expect(step.world.seen('poll').length).toBeGreaterThan(5)
    const [ofBuild = []] = [...groupsOf(step).values()].slice(-1)
    expect(ofBuild.filter(line => /\bRunning\b/.test(line))).toHaveLength(1)
  })

  test.concurrent('tells of trouble once, not at each try', async () => {
    const step = await play({
      world: { buildSeconds: 1.5 },
      prepare: world => void world.fault({ on: 'poll', skip: 2, times: 4, answer: { status: 503 } }),
    })
    expectEnd(step, { exitCode: 0 })
    expect(step.log.replace(/^::debug::.*$/gm, '').match(/\b503\b/g)).toHaveLength(1)
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
      expect(line).toMatch(new RegExp(`\\b${request.status}\\b.*\\d ms\\b`))
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
    const unanswered = traced.filter(line => line.includes('/sandboxCustomImages/forecasting?') && !/→ \d/.test(line))
    expect(unanswered).toEqual([expect.stringMatching(/^GET .*\d ms.*\w/)])
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
