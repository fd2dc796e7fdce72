import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import type { Fault, Substitute } from '../../emulator/azure/faults.js'
import type { Answer } from '../../emulator/network/messages.js'
import { tablesOf } from '../../emulator/azure/data-endpoint.js'
import type { World } from '../../emulator/world.js'
import {
  all,
  expectAnnotation,
  expectEnd,
  expectFailure,
  type Fact,
  holding,
  imageName,
  kindsOf,
  other,
  play,
  type Played,
  type PlayOptions,
  requirements,
  running,
  wanted,
} from './harness.js'

// How much of an answer is read, the shipped file does here as it does there. What takes memory for each of its bytes, or
// is printed at length, is played by a process that has little of it: ../end-to-end/hostile-answers.test.ts.

const MiB = 1024 * 1024

const always =
  (fault: Omit<Fault, 'times'>) =>
  (world: World): void =>
    void world.fault({ ...fault, times: 10_000 })
const json = (body: unknown): Substitute => ({ status: 200, body: JSON.stringify(body) })
const raw = (body: string): Substitute => ({ status: 200, body })

describe('an image whose content is', () => {
  const shortLines = (length: number) => 'a\n'.repeat(length / 2)
  const seen = (requirementsFileContent: string) => holding({ ...wanted, requirementsFileContent })
  const longComment = `${requirements}\n#${'x'.repeat(1.5 * MiB)}`

  test.concurrent('5 MiB of short lines is not read at all', async () => {
    const step = await play({ prepare: seen(shortLines(5 * MiB)) })
    expectFailure(step, 'service-unavailable', ['4 MiB'], { changed: 'false' })
  })

  test.concurrent.each([
    ['longer than any file', shortLines(1.2 * MiB)],
    ['of more lines than any file', 'abcde\n'.repeat(100_000)],
    ['the same as far as it is read, and then a comment', longComment],
    ['the same as far as it is read, and then more', `${requirements}\n#${'x'.repeat(MiB)}\nother==1`],
  ])('%s is other content, and is replaced', async (_, content) => {
    const step = await play({ prepare: seen(content) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action: 'update', changed: 'true' } })
  })

  test.concurrent('cut, and just as it was after a conflict, is looked at anew', async () => {
    const conflict = { status: 409, body: { error: { code: 'RequestConflict', message: 'not terminal' } } }
    const step = await play({
      prepare: all(seen(longComment), world => void world.fault({ on: 'put-image', answer: conflict })),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update' } })
    expect(step.story.filter(kind => kind === 'get-cluster')).toHaveLength(2)
  })
})

describe('an operation', () => {
  let turn = 0
  const status =
    (length: number) =>
    (answer: Answer): Answer => ({ ...answer, body: JSON.stringify({ status: `${turn++}${'x'.repeat(length)}` }) })

  test.concurrent('with a status of 5 MB, another one each time, is not followed: the image tells', async () => {
    const step = await play({ prepare: always({ on: 'poll', alter: status(5e6) }) })
    expectEnd(step, { exitCode: 0, outputs: { state: 'Succeeded', action: 'create' } })
    expect(step.annotations).toEqual([])
    expect(step.log).toContain('4 MiB')
  })

  test.concurrent.each<[string, (depth: number) => string]>([
    ['lists', depth => `{"error":{"code":"X","message":"y","details":${'['.repeat(depth)}${']'.repeat(depth)}}}`],
    ['errors', depth => `{"error":${'{"code":"X","details":['.repeat(depth / 5)}${']}'.repeat(depth / 5)}}`],
    ['facts', depth => `{"error":{"code":"X","additionalInfo":[{"info":${'['.repeat(depth)}${']'.repeat(depth)}}]}}`],
  ])('is refused with %s in each other, as deep as there is room', async (_, body) => {
    const answer = { status: 400, body: body(200_000) }
    const step = await play({ prepare: world => void world.fault({ on: 'put-image', answer }) })
    expectFailure(step, 'bad-request', [/\bX\b/], { changed: 'false' })
  })
})

describe('a list of', () => {
  const remove = (options: PlayOptions): Promise<Played> =>
    play({ ...options, inputs: { mode: 'delete', ...options.inputs } })
  const images = (length: number) => Array.from({ length }, (_, n) => ({ name: `adx/f-${n}`, properties: {} }))
  const family = { 'image-name': 'f-*', 'keep-latest': '1' }

  test.concurrent.each([60_000, 200_000])('%i images on one page is not read', async length => {
    const prepare = always({ on: 'list-images', answer: json({ value: images(length) }) })
    const step = await remove({ prepare })
    expectFailure(step, 'service-unavailable', ['250000'], { changed: 'false' })
  })

  test.concurrent('60,000 images on pages is not followed to its end', async () => {
    const prepare = ({ cluster }: World) => {
      for (let index = 0; index < 60_000; index++) cluster.images.set(`f-${index}`, wanted)
    }
    const step = await remove({ world: { listPage: 1000 }, prepare, inputs: family })
    expectFailure(step, 'list-incomplete', ['5000'], { changed: 'false' })
    expect(step.world.seen('list-images')).toHaveLength(6)
  })

  test.concurrent('pages without end is not followed', async () => {
    const step = await remove({
      prepare: world =>
        always({
          on: 'list-images',
          alter: answer => {
            const nextLink = `https://${world.cloud.armHost}${world.seen('list-images')[0]!.target}`
            return { ...answer, body: JSON.stringify({ value: [], nextLink }) }
          },
        })(world),
    })
    expectFailure(step, 'list-incomplete', ['100'], { changed: 'false' })
  }, 60_000)

  test.concurrent('8 MiB of names is not taken for shorter ones', async () => {
    const name = `adx/${'f'.repeat(3 * MiB)}`
    const prepare = always({ on: 'list-images', answer: json({ value: [{ name, properties: {} }] }) })
    const step = await remove({ prepare })
    expectFailure(step, 'service-unavailable', ['HTTP 200'], { changed: 'false' })
  })
})

describe('an answer to a query of', () => {
  const result = tablesOf({ name: 'string' }, [['pandas']])
  const change = (work: (tables: { Columns: unknown[]; Rows: unknown[] }[]) => void): string => {
    const body = JSON.parse(result.body)
    work(body.Tables)
    return JSON.stringify(body)
  }
  const many = <T>(length: number, item: T): T[] => Array.from({ length }, () => item)
  const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

  const verify = (body: string): Promise<Played> =>
    play({
      inputs: { activate: 'true', verify: 'true', database: 'telemetry' },
      prepare: all(running(imageName), always({ on: 'query', answer: raw(body) })),
    })

  test.concurrent.each<[string, string, readonly Fact[]]>([
    [
      '3 million empty columns and rows',
      `{"Tables":[{"Columns":[${'{},'.repeat(700_000)}{}],"Rows":[${'[],'.repeat(700_000)}[]]}]}`,
      [/4 MiB|250000/],
    ],
    ['400,000 status rows', change(([, , status]) => (status!.Rows = many(400_000, []))), ['250000']],
    ['100,001 rows', change(([table]) => (table!.Rows = many(100_001, []))), ['100001']],
    ['60,000 columns', change(([table]) => (table!.Columns = many(60_000, {}))), ['60000']],
    [
      'contents that name one table 40,000 times, which has 40,000 rows',
      change(([, , status, contents]) => {
        status!.Rows = many(40_000, [0, 4])
        contents!.Rows = [...many(20_000, [0, 'QueryResult']), ...many(20_000, [2, 'Nothing'])]
      }),
      [],
    ],
    [
      'lists in each other in the place of a number',
      change(([, , , contents]) => (contents!.Rows = [['?', 'QueryStatus']])).replace('"?"', deep(200_000)),
      [],
    ],
  ])('%s says nothing of the image', async (_, body, facts) => {
    const step = await verify(body)
    expectFailure(step, 'query-unanswered', facts, { 'active-image': imageName })
    expect(step.ownSwitches).toHaveLength(0)
  })

  test.concurrent.each<[string, string, readonly Fact[]]>([
    [
      'a status with 3 MiB of words',
      change(([, , status]) => (status!.Rows = [[0, 1, '', 0, 'x'.repeat(3 * MiB)]])),
      ['x…'],
    ],
    ['an exception of lists in each other', `{"Exceptions":[${deep(200_000)}]}`, []],
  ])('%s is a query that failed', async (_, body, facts) => {
    expectFailure(await verify(body), 'verification-failed', facts, { verified: 'false' })
  })

  test.concurrent('a version of 1 MiB is none', async () => {
    const [pandas, learn] = [
      ['pandas', '1.'.repeat(MiB / 2)],
      ['scikit-learn', 'x'.repeat(1001)],
    ]
    const rows = [['', '', '', '', '3.10.8'], ...[pandas, learn].map(([name, version]) => [name, version, '', '', ''])]
    const columns = { name: 'string', version: 'string', modules: 'string', problem: 'string', python: 'string' }
    const step = await verify(tablesOf(columns, rows).body)
    expectFailure(step, 'verification-failed', [/\b2\b/, 'pandas', 'scikit-learn'])
  })
})

describe('signing in', () => {
  test.concurrent.each([100_000, 3_000_000])('with a refusal of %i spaces is refused', async length => {
    const error_description = `AADSTS700016: Application${' '.repeat(length)}not found.`
    const prepare = always({
      on: 'token',
      answer: { status: 400, body: { error: 'unauthorized_client', error_description } },
    })
    expectFailure(await play({ prepare }), 'unknown-application', ['AADSTS700016: Application'])
  })

  test.concurrent.each<[string, Omit<Fault, 'times'>, readonly Fact[]]>([
    ['5 MiB of Entra', { on: 'token', answer: raw(`{"access_token":"${'x'.repeat(5 * MiB)}"}`) }, ['4 MiB']],
    ['a token of 1 MiB', { on: 'token', answer: json({ access_token: 'x'.repeat(MiB) }) }, []],
    ['a token that is a million values', { on: 'token', answer: raw(`[${'0,'.repeat(1e6)}0]`) }, ['250000']],
    ['an ID token of a million lines', { on: 'id-token', answer: json({ value: 'x\n'.repeat(1e6) }) }, []],
  ])('with %s is not done', async (_, fault, facts) => {
    const step = await play({ prepare: always(fault) })
    expectFailure(step, 'sign-in-unreachable', facts)
    expect(step.masks.length).toBeLessThan(10)
  })
})

describe("GitHub's API", () => {
  const comment = async (answer: Substitute): Promise<Played> => {
    const step = await play({
      event: pullRequest(),
      inputs: { mode: 'plan', comment: 'true' },
      prepare: all(holding(other), always({ on: 'github-api', answer })),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update' } })
    return step
  }
  const nodes = [{ id: 'c', body: 'x'.repeat(MiB), viewerDidAuthor: true }]
  const pageInfo = { hasNextPage: true, endCursor: 'a' }
  const headers = { 'Content-Type': 'application/json' }

  test.concurrent.each<[string, Substitute, Fact | undefined]>([
    ['5 MiB', raw('x'.repeat(5 * MiB)), '4 MiB'],
    [
      'an error of 3 MiB',
      { status: 200, headers, body: { errors: [{ type: 'FORBIDDEN', message: 'x'.repeat(3 * MiB) }] } },
      /x{900,1000}…/,
    ],
    [
      'a page of 3 MiB',
      { status: 403, headers: { 'Content-Type': 'text/html' }, body: 'x'.repeat(3 * MiB) },
      /403.*x{900,}…/,
    ],
    [
      'the page before the next one',
      {
        status: 200,
        headers,
        body: { data: { repository: { pullRequest: { id: 'p', comments: { nodes, pageInfo } } } } },
      },
      undefined,
    ],
  ])('that answers with %s fails nothing', async (_, answer, fact) => {
    const step = await comment(answer)
    if (fact !== undefined) expect(step.log).toMatch(fact)
    expect(kindsOf(step).filter(kind => !/^(?:notice|warning) comment$/.test(kind))).toEqual([])
    expect(step.log.length).toBeLessThan(100_000)
  })

  test.concurrent('that has comments on pages without end is left alone', async () => {
    let page = 0
    const step = await play({
      event: pullRequest(),
      inputs: { mode: 'plan', comment: 'true' },
      prepare: all(
        holding(other),
        always({
          on: 'github-api',
          alter: answer => {
            const comments = { nodes: [], pageInfo: { hasNextPage: true, endCursor: `${page++}` } }
            return { ...answer, body: JSON.stringify({ data: { repository: { pullRequest: { id: 'p', comments } } } }) }
          },
        }),
      ),
    })
    expectEnd(step, { exitCode: 0, outputs: { action: 'update' } })
    expect(step.world.api.comments).toEqual([])
    expectAnnotation(step, 'notice comment', ['100'])
  })
})
