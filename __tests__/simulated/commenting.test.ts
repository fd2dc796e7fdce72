import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { post } from '../../emulator/github/github-api.js'
import type { SeenRequest } from '../../emulator/network/messages.js'
import type { World } from '../../emulator/world.js'
import { drawnBy } from '../github/drawn.js'
import { shownText, tableRow } from '../shown-text.js'
import {
  expectAnnotation,
  expectEnd,
  holding,
  imageName,
  kindsOf,
  outcomeLine,
  play,
  type Played,
  type PlayOptions,
  wanted,
} from './harness.js'

const older = { ...wanted, requirementsFileContent: 'pandas==2.2.1' }

/** Plays a plan that comments, of an image that would change. */
const plan = ({ inputs, ...options }: PlayOptions = {}): Promise<Played> =>
  play({
    event: pullRequest(),
    prepare: holding(older),
    ...options,
    inputs: { mode: 'plan', comment: 'true', ...inputs },
  })

/** A whole comment of this action about the image. */
const isPage = new RegExp(`^<!-- .* -->\n### .*${imageName}`)

const bodies = ({ world }: Played) => world.api.comments.map(({ body }) => body)
const asks = (word: string) => (request: SeenRequest) => request.body.includes(word)
const mutations = ({ world }: Played) =>
  world
    .seen('github-api')
    .flatMap(({ body }) => /\b(?:addComment|updateIssueComment|deleteIssueComment)\b/.exec(body)?.[0] ?? [])

/** The marker of the plan's target, as a first run leaves it. */
async function markerOf(): Promise<string> {
  return /^<!-- .* -->/.exec(bodies(await plan())[0]!)![0]
}

describe('a plan comments on its pull request', () => {
  test('with the page of the summary, the commit and the run', async () => {
    const step = await plan()
    expectEnd(step, { exitCode: 0 })
    const [body] = bodies(step)
    const heading = shownText(body!.split('\n')[1]!)
    expect(heading).toMatch(/^### (?!❌).*forecasting.*adxforecast/)
    expect(heading).toContain(outcomeLine(step))
    expect(tableRow(body!, 'pandas')).toMatch(/==2\.2\.1.*==2\.2\.2/)
    expect(shownText(body!)).toContain('a94a8fe')
    expect(body).toContain('https://github.com/contoso/forecasting/commit/a94a8fe5ccb19ba61c4c0873d391e987982fbbd3')
    expect(body).toContain('https://github.com/contoso/forecasting/actions/runs/17604213398')
    expect(step.summary.trimEnd()).toBe(body!.slice(body!.indexOf('\n') + 1).trimEnd())
    expect(step.masks).toContain(step.world.api.token)
    expect(mutations(step)).toEqual(['addComment'])
  })

  test('once: the next run updates it in place, however many comments there are', async () => {
    const marker = await markerOf()
    let own: string
    const step = await plan({
      prepare(world) {
        holding(older)(world)
        for (let index = 0; index < 150; index++) post(world.api, 'dana', `Comment ${index}`)
        own = post(world.api, world.api.viewer, `${marker}\nfrom before`).id
        for (let index = 0; index < 150; index++) post(world.api, 'dana', `Comment ${index}`)
      },
    })
    expectEnd(step, { exitCode: 0 })
    expect(step.world.api.comments).toHaveLength(301)
    const updated = step.world.api.comments.find(({ id }) => id === own)!
    expect(updated.body).toMatch(isPage)
    expect(updated.edits).toBe(1)
    expect(mutations(step)).toEqual(['updateIssueComment'])
  })

  test('and leaves it alone where it says the same already', async () => {
    const first = await plan()
    const step = await plan({
      prepare(world) {
        holding(older)(world)
        post(world.api, world.api.viewer, bodies(first)[0]!)
      },
    })
    expect(mutations(step)).toEqual([])
    expectEnd(step, { exitCode: 0 })
  })

  test('where it would not work, too', async () => {
    const step = await plan({ files: { 'requirements.txt': 'numpy=1.26.4' } })
    expectEnd(step, { exitCode: 1 })
    expect(shownText(bodies(step)[0]!)).toMatch(/^.*\n### ❌ .*\b1\b/)
    expect(drawnBy(bodies(step)[0]!).links).toContainEqual(expect.stringMatching(/\/requirements\.txt#L1$/))
  })

  test('one for each target', async () => {
    const marker = await markerOf()
    const step = await plan({
      inputs: { 'image-name': 'fraud' },
      prepare: world => void post(world.api, world.api.viewer, `${marker}\nof another image`),
    })
    expect(bodies(step)).toEqual([`${marker}\nof another image`, expect.stringMatching(/### .*fraud/)])
  })

  test('whose names know no case', async () => {
    const marker = await markerOf()
    const step = await plan({
      inputs: { 'image-name': 'Forecasting', 'resource-group': 'Analytics-Prod' },
      prepare: world => void post(world.api, world.api.viewer, `${marker}\nof the same image`),
    })
    expect(bodies(step)).toHaveLength(1)
  })

  test("at an enterprise's server", async () => {
    const env = { GITHUB_API_URL: 'https://github.contoso.com/api/v3', GITHUB_SERVER_URL: 'https://github.contoso.com' }
    const step = await plan({ env })
    expect(bodies(step)).toEqual([
      expect.stringContaining('https://github.contoso.com/contoso/forecasting/actions/runs/'),
    ])
    expect(step.world.seen('github-api').map(({ host, path }) => host + path)).toEqual(
      Array.from({ length: 3 }, () => 'github.contoso.com/api/graphql'),
    )
  })

  test('with a token of its own', async () => {
    const step = await plan({
      inputs: { 'github-token': 'github_pat_11ABCDEFG' },
      prepare(world) {
        holding(older)(world)
        Object.assign(world.api, { token: 'github_pat_11ABCDEFG', viewer: 'dana' })
      },
    })
    expect(step.world.api.comments.map(({ author }) => author)).toEqual(['dana'])
    expect(step.masks).toContain('github_pat_11ABCDEFG')
  })
})

describe('a comment that someone else has made', () => {
  test('is not touched, whatever is hidden in it', async () => {
    const marker = await markerOf()
    const step = await plan({ prepare: world => void post(world.api, 'mallory', `${marker}\nnothing changes`) })
    expect(bodies(step)).toEqual([`${marker}\nnothing changes`, expect.stringMatching(isPage)])
  })

  test('with the same token is not touched either, whatever it quotes', async () => {
    const quotes = [`> ${await markerOf()}\n> ### as it was`, `Updated:\n\n${await markerOf()}\n### as it was`]
    const step = await plan({
      prepare(world) {
        holding(older)(world)
        for (const quote of quotes) post(world.api, world.api.viewer, quote)
      },
    })
    expect(bodies(step)).toEqual([...quotes, expect.stringMatching(isPage)])
    expect(mutations(step)).toEqual(['addComment'])
  })
})

describe('on-change', () => {
  const onChange = (options: PlayOptions) => plan({ ...options, inputs: { comment: 'on-change', ...options.inputs } })
  const withComment = (prepare: (world: World) => void, marker: string) => (world: World) => {
    prepare(world)
    post(world.api, world.api.viewer, `${marker}\nfrom before`)
  }

  test('makes one where something would change', async () => {
    expect(bodies(await onChange({}))).toHaveLength(1)
  })

  test('or would not work', async () => {
    expect(bodies(await onChange({ files: { 'requirements.txt': '-e .' }, prepare: holding(wanted) }))).toHaveLength(1)
  })

  test('makes none where nothing would', async () => {
    const step = await onChange({ prepare: holding(wanted) })
    expect(bodies(step)).toEqual([])
    expect(mutations(step)).toEqual([])
  })

  test('brings the one that is there up to date when the change goes away', async () => {
    const step = await onChange({ prepare: withComment(holding(wanted), await markerOf()) })
    expect(step.outputs).toMatchObject({ action: 'none' })
    expect(mutations(step)).toEqual(['updateIssueComment'])
    expect(bodies(step)).toEqual([expect.stringMatching(isPage)])
    expect(shownText(bodies(step)[0]!)).toContain(outcomeLine(step))
  })

  test('and when it cannot be told any more', async () => {
    const prepare = withComment(({ principal }) => principal.actions.clear(), await markerOf())
    const step = await onChange({ prepare })
    expectEnd(step, { exitCode: 1 })
    expect(shownText(bodies(step)[0]!)).toMatch(/^.*\n### ❌ [^]*sandboxCustomImages\/read/i)
  })
})

describe('nothing is asked of the API', () => {
  test.each<[string, PlayOptions]>([
    ['unless a comment is wanted', { inputs: { comment: 'false' } }],
    ['in a run that is about no pull request', { event: { name: 'push', payload: {}, variables: {} } }],
    ['without a token', { inputs: { 'github-token': '' } }],
    ['by apply', { inputs: { mode: 'apply' } }],
    [
      'by a run that is over',
      {
        prepare: world => void world.fault({ on: 'get-image', hang: 'before' }),
        inputs: { 'timeout-minutes': '0.5' },
      },
    ],
  ])('%s', async (_, options) => {
    const step = await plan(options)
    expect(step.world.seen('github-api')).toEqual([])
    expect(bodies(step)).toEqual([])
  })
})

describe('without permission there is a notice, and nothing fails', () => {
  test.each<[string, PlayOptions]>([
    ['to write', { prepare: world => void (world.api.permission = 'read') }],
    ['to read', { prepare: world => void (world.api.permission = 'none') }],
    ['of any kind', { inputs: { 'github-token': 'ghs_somebodyelses' } }],
    [
      'in a fork',
      {
        event: pullRequest('stranger/forecasting'),
        world: { idTokenPermission: false },
        prepare: world => void (world.api.permission = 'read'),
      },
    ],
    ['to a pull request that is not there', { event: { ...pullRequest(), payload: { pull_request: { number: 8 } } } }],
    ['for the address is not secure', { env: { GITHUB_API_URL: 'http://github.contoso.com/api/v3' } }],
  ])('%s', async (_, options) => {
    const step = await plan(options)
    expectEnd(step, { exitCode: 0 })
    expect(kindsOf(step)).not.toContain('warning comment')
    expectAnnotation(step, 'notice comment', ['pull-requests: write'])
    expect(bodies(step)).toEqual([])
  })
})

describe('when GitHub has a bad moment', () => {
  const fault = (fault: Parameters<World['fault']>[0]) => (world: World) => {
    holding(older)(world)
    world.fault(fault)
  }

  test.concurrent.each<[string, Parameters<World['fault']>[0]]>([
    ['an answer is an error', { on: 'github-api', answer: { status: 502, body: '<html>Unicorn!</html>' } }],
    ['an answer is a page', { on: 'github-api', answer: { status: 200, body: '<html>Unicorn!</html>' } }],
    ['an answer is empty', { on: 'github-api', answer: { status: 200, body: '' } }],
    [
      'an answer is no JSON',
      { on: 'github-api', answer: { status: 200, body: '{', headers: { 'Content-Type': 'application/json' } } },
    ],
    [
      'it throttles',
      {
        on: 'github-api',
        answer: {
          status: 403,
          headers: { 'Retry-After': '1' },
          body: { message: 'You have exceeded a secondary rate limit.' },
        },
      },
    ],
    [
      'it throttles in another way',
      {
        on: 'github-api',
        answer: { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } },
      },
    ],
    [
      'something went wrong there',
      {
        on: 'github-api',
        answer: {
          status: 200,
          body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
        },
      },
    ],
    ['the connection is cut', { on: 'github-api', reset: 'before' }],
    ['the connection is cut in the middle', { on: 'github-api', truncate: true }],
    ['the answer to the new comment is lost', { on: 'github-api', when: asks('addComment'), reset: 'after' }],
    [
      'the answer to the new comment is an error',
      { on: 'github-api', when: asks('addComment'), answerAfter: { status: 504, body: 'x' } },
    ],
  ])('%s: the comment is there in the end, once', async (_, problem) => {
    const step = await plan({ prepare: fault(problem) })
    expectEnd(step, { exitCode: 0 })
    expect(bodies(step)).toEqual([expect.stringMatching(isPage)])
    expect(step.annotations).toEqual([])
  })

  test('for long, there is a warning, and nothing fails', async () => {
    const step = await plan({
      prepare: fault({ on: 'github-api', times: 100, answer: { status: 503 } }),
    })
    expectEnd(step, { exitCode: 0 })
    expect(kindsOf(step)).toEqual(['warning comment'])
    expectAnnotation(step, 'warning comment', ['HTTP 503'])
    expect(step.world.seen('github-api')).toHaveLength(4)
  })

  test('and does not answer at all, the run waits a minute for it, not longer', async () => {
    const step = await plan({ prepare: fault({ on: 'github-api', times: 100, hang: 'before' }) })
    expectEnd(step, { exitCode: 0 })
    expect(kindsOf(step)).toEqual(['warning comment'])
    const [first] = step.world.seen('github-api')
    expect(step.world.clock.now() - first!.at).toBeLessThan(61_000)
  })

  test('a cancelled run ends at once', async () => {
    const step = await plan({
      prepare: fault({ on: 'github-api', times: 100, hang: 'before' }),
      cancelWhen: world => world.seen('github-api').length > 0,
    })
    expect(step.endedAfterCancelMs).toBe(0)
  })
})

describe('two runs at the same moment', () => {
  test('end with one comment, whoever came first', async () => {
    const marker = await markerOf()
    const step = await plan({
      prepare(world) {
        holding(older)(world)
        const meanwhile = () => void post(world.api, world.api.viewer, `${marker}\nof the other run`)
        world.fault({ on: 'github-api', when: asks('addComment'), meanwhile })
      },
    })
    expect(bodies(step)).toEqual([expect.stringMatching(isPage)])
  })

  test('that both remove the second one', async () => {
    const marker = await markerOf()
    const step = await plan({
      prepare(world) {
        holding(older)(world)
        post(world.api, world.api.viewer, `${marker}\nfirst`)
        const second = post(world.api, world.api.viewer, `${marker}\nsecond`)
        const meanwhile = () => void world.api.comments.splice(world.api.comments.indexOf(second), 1)
        world.fault({ on: 'github-api', when: asks('deleteIssueComment'), meanwhile })
      },
    })
    expect(bodies(step)).toEqual([expect.stringMatching(isPage)])
    expect(step.annotations).toEqual([])
  })
})

describe('the comment fits, and nothing in it is obeyed', () => {
  test.concurrent.each<[string, string]>([
    ['many packages', Array.from({ length: 5000 }, (_, index) => `package-${index}==1.${index}`).join('\n')],
    ['many findings', Array.from({ length: 5000 }, (_, index) => `p${index}`).join('\n')],
    ['a very long line', `x @ https://example.org/${'|'.repeat(500_000)}`],
    ['letters of many bytes', Array.from({ length: 3000 }, (_, index) => `"数据分析${index}`).join('\n')],
  ])('%s', async (_, text) => {
    const step = await plan({ files: { 'requirements.txt': text } })
    const [body = ''] = bodies(step)
    expect(body.length).toBeGreaterThan(2000)
    expect(body.length).toBeLessThanOrEqual(65_536)
    expect(step.annotations.filter(({ title }) => title === 'comment')).toEqual([])
  })

  test('mentions, links, images, markers of others', async () => {
    const evil = '@dana #1 ![x](https://evil.example/x.png) <img src=x> <!-- kusto-sandbox-image --> [a](javascript:x)'
    const step = await plan({ files: { 'requirements.txt': `${evil}\nx @ https://evil.example/@dana/<b>` } })
    const [body = ''] = bodies(step)
    // Whether anything is made of it was seen by the invariants of every step.
    expect(drawnBy(body).html.filter(text => text.startsWith('<!--'))).toHaveLength(1)
    expect(body).toContain('@dana')
  })
})
