import { readFileSync, readdirSync } from 'node:fs'
import { EOL } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { findingSections, guideSections } from './guide.js'
import { decodeJwt } from 'jose'
import { drawnBy } from './github/drawn.js'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readActionFile } from '../emulator/github/action-file.js'
import { dataHost } from '../emulator/azure/cluster.js'
import { projectRoot } from '../emulator/github/project.js'
import type { StepResult } from '../emulator/github/runner.js'
import type { World } from '../emulator/world.js'

const schema = JSON.parse(readFileSync(join(projectRoot, 'docs/plan.schema.json'), 'utf8'))
let compiled: ValidateFunction | undefined
/** Compiled late, for few steps plan. */
const planValidator = (): ValidateFunction =>
  (compiled ??= new Ajv2020({ allErrors: true }).compile(closed(schema) as object))

/** The schema without its leave to add fields: what this version writes, it describes. */
function closed(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part
  if (Array.isArray(part)) return part.map(closed)
  const inner = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, closed(value)]))
  return 'type' in part && part.type === 'object' ? { ...inner, additionalProperties: false } : inner
}

const ownCommands = ['add-mask', 'group', 'endgroup', 'debug', 'error', 'warning', 'notice']

/** The code that names the groups of the log: a title that does not stand there comes from outside. */
const steps = readdirSync(join(projectRoot, 'src/steps')).map(file =>
  readFileSync(join(projectRoot, 'src/steps', file), 'utf8'),
)
const isOwnGroup = (title: string): boolean => steps.some(text => text.includes(`'${title}'`))

const { outputs: outputNames } = await readActionFile(join(projectRoot, 'action.yml'))

/** All HTML that a page may hold; of outside text none may become any. */
const ownHtml =
  /^(?:<details><summary>(?:[\w ,:()❌]|⚠️|ℹ️)+<\/summary>|<\/details>|<!-- kusto-sandbox-image [\da-f]{32} -->)$/u

/** Where a page's links may lead. */
const ownLinks =
  /^https:\/\/(?:github\.com|github\.contoso\.com|deps\.dev|portal\.azure\.(?:com|us|cn))\/[\w./#@%!~-]*$/

/** Titles of annotations: each has a section that says more. */
const explained = new Set([...guideSections(), ...findingSections()])

const token = /eyJ[\w-]+\.[\w-]+\.[\w-]+/

/** What is true of every step, however it ends and whatever the world does to it. */
export function checkInvariants(step: StepResult, world: World): void {
  checkEnd(step, world)
  checkSecrets(step, world)
  checkPrinted(step)
  for (const page of [step.summary, ...pagesOf(world)]) checkPage(page)
  checkDestinations(world)
  // A run that deletes reads no requirements, and tells whether it has deleted something.
  const { action, plan, 'requirements-sha256': sha256 } = step.outputs
  if (sha256 !== undefined || plan !== undefined) expect(world.seen('delete-image')).toEqual([])
  if (action !== 'delete') expect(world.deletions.filter(({ request }) => request !== undefined)).toEqual([])
  if (plan !== undefined) {
    const writes = world.requests.filter(({ host, method }) => host === world.cloud.armHost && method !== 'GET')
    expect(writes).toEqual([])
  }
}

function checkEnd(step: StepResult, world: World): void {
  const { exitCode, signal, outputs, droppedOutputs, state, exportedEnv, addedPath, stderr } = step
  // What went wrong in the program itself stands there, so it comes first.
  expect(stderr.toString().slice(0, 1000)).toBe('')
  expect({ exitCode, signal }).toEqual({ exitCode: exitCode === 0 ? 0 : 1, signal: null })
  expect(Object.keys(outputs).filter(name => !outputNames.includes(name))).toEqual([])
  expect(droppedOutputs).toEqual([])
  expect({ state, exportedEnv, addedPath }).toEqual({ state: {}, exportedEnv: {}, addedPath: '' })
  checkPlan(outputs)
  if (outputs['plan'] === undefined) checkChanged(outputs, world)
  expect(outputs['duration-seconds']).toMatch(/^\d+(\.\d+)?$/)
}

/** Whether something changed is true of the service, and left open only where something was asked for. */
function checkChanged({ changed = '' }: StepResult['outputs'], world: World): void {
  const own = [...world.builds, ...world.deletions].filter(({ request }) => request !== undefined)
  // A deletion counts once it has succeeded, and what something else came between has changed nothing.
  const done = own.filter(({ kind, finished, outcome: { status, error }, holdsImage }) =>
    kind === 'SandboxCustomImageDeleteCommand'
      ? finished && status === 'Succeeded'
      : holdsImage && !/RequestConflict|ServiceIsInMaintenance/.test(JSON.stringify(error) ?? ''),
  )
  expect(changed).toMatch(/^(true|false|)$/)
  if (changed === '') expect(world.seen('put-image', 'delete-image')).not.toEqual([])
  if (changed === 'true') expect(own).not.toEqual([])
  if (changed === 'false') expect(done).toEqual([])
}

/** A plan is as its schema says, and says what the other outputs say. */
function checkPlan(outputs: StepResult['outputs']): void {
  if (outputs['plan'] === undefined) return
  const plan = JSON.parse(outputs['plan'])
  const isPlan = planValidator()
  expect({ valid: isPlan(plan), errors: isPlan.errors }).toEqual({ valid: true, errors: null })
  expect(plan.action).toBe(outputs['action'] ?? null)
  expect(plan.state).toBe(outputs['state'] ?? null)
  expect(String(plan.changed ?? '')).toBe(outputs['changed'] ?? '')
  expect(plan.compared || (plan.action === null && plan.reasons.length === 0)).toBe(true)
  expect(plan.action === 'delete').toBe(plan.images?.some(({ deleted }: { deleted: boolean }) => deleted) ?? false)
}

/** No secret is shown anywhere, and none is printed but to have it masked. */
function checkSecrets(step: StepResult, world: World): void {
  const printed = step.stdout
    .toString()
    .split('\n')
    .filter(line => !line.startsWith('::add-mask::'))
    .join('\n')
  const comments = JSON.stringify(world.api.comments)
  const places = { printed, log: step.log, summary: step.summary, outputs: JSON.stringify(step.outputs), comments }
  const tokens = tokensOf(world)
  const secrets = [world.github.requestToken, world.api.token, ...tokens.flatMap(piecesOfToken), ...signaturesOf(world)]
  for (const [place, text] of Object.entries(places)) {
    expect({ place, secrets: secrets.filter(secret => text.includes(secret)) }).toEqual({ place, secrets: [] })
    expect({ place, token: token.exec(text)?.[0] }).toEqual({ place, token: undefined })
  }
  expect(tokens.filter(each => !step.masks.includes(each))).toEqual([])
  // Ids and names must stay readable, and outputs that hold them must not be dropped.
  expect(step.masks.filter(mask => !token.test(mask) && !/^(?:ghs|github_pat)_/.test(mask))).toEqual([])
}

/** All ID tokens and access tokens that were used. */
function tokensOf(world: World): string[] {
  const assertions = world.seen('token').flatMap(({ body }) => new URLSearchParams(body).get('client_assertion') ?? [])
  const bearers = world.requests
    .filter(({ kind }) => kind !== 'id-token')
    .flatMap(({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? [])
  return [...new Set([...assertions, ...bearers])]
}

function piecesOfToken(text: string): string[] {
  return [text, text.split('.')[2] ?? text]
}

/** Both ends of every part of the URLs of operations that is a signature. */
function signaturesOf({ builds }: World): string[] {
  const targets = builds.flatMap(({ statusTarget, resultTarget }) => [statusTarget, resultTarget])
  return targets.flatMap(target => {
    const query = new URLSearchParams(target.split('?')[1])
    return ['c', 's', 'h'].flatMap(name => {
      const value = query.get(name)!
      return [value.slice(-24), value.slice(20, 44)]
    })
  })
}

/** The runner obeys nothing but the action's own commands, and a terminal nothing but its own colours. */
function checkPrinted({ commands, annotations, stdout }: StepResult): void {
  expect(commands.filter(({ name }) => !ownCommands.includes(name))).toEqual([])
  const groups = commands.filter(({ name }) => name === 'group').map(({ data }) => data)
  expect(groups.filter(title => !isOwnGroup(title))).toEqual([])
  // GitHub's log knows no group within a group.
  const inTurn = commands.map(({ name }) => name).filter(name => name === 'group' || name === 'endgroup')
  expect(inTurn).toEqual(groups.flatMap(() => ['group', 'endgroup']))
  expect(annotations.filter(({ title }) => !explained.has(title ?? ''))).toEqual([])
  const foreign = stdout
    .toString()
    .replaceAll(EOL, '\n')
    .replace(/\u001b\[(?:0|31|32|90)m/g, '')
    .match(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g)
  expect(foreign).toBeNull()
}

/** The comments of this action. */
function pagesOf({ api }: World): string[] {
  return api.comments.flatMap(({ author, body, edits }) =>
    author === api.viewer && (edits > 0 || /^<!-- [^>]*-->\n### /.test(body)) ? [body] : [],
  )
}

/** Neither Markdown nor GitHub makes anything of outside text: no HTML, no link, no mention, no cell of a table. */
function checkPage(page: string): void {
  const { html, links, resolved, columns, kinds } = drawnBy(page)
  expect(html.flatMap(text => text.split(/\n+/)).filter(text => !ownHtml.test(text))).toEqual([])
  expect(links.filter(url => !ownLinks.test(url))).toEqual([])
  expect(resolved).toEqual([])
  expect(columns.filter(count => count < 2 || count > 5)).toEqual([])
  expect(kinds.filter(kind => !ownKinds.has(kind))).toEqual([])
  expect(page).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/)
}

/** The parts that a page is made of. */
const ownKinds = new Set([
  'heading',
  'paragraph',
  'text',
  'space',
  'table',
  'list',
  'list_item',
  'code',
  'codespan',
  'blockquote',
  'br',
  'strong',
  'link',
  'html',
])

/** Each token goes to whom it is meant for, nothing goes anywhere else, and nothing known is asked for. */
function checkDestinations(world: World): void {
  expect(world.refusedConnects).toEqual([])
  expect(world.seen('foreign', 'discovery', 'other')).toEqual([])
  const github = world.requests.filter(({ headers }) => headers.authorization?.includes(world.github.requestToken))
  expect(github.filter(({ kind }) => kind !== 'id-token')).toEqual([])
  const azure = world.requests.filter(
    ({ headers, kind }) => headers.authorization !== undefined && kind !== 'id-token' && kind !== 'github-api',
  )
  const api = world.requests.filter(({ headers }) => /\b(?:ghs|github_pat)_/.test(headers.authorization ?? ''))
  expect(api.filter(({ kind }) => kind !== 'github-api')).toEqual([])
  const hosts = { arm: world.cloud.armHost, data: dataHost(world.cluster) }
  expect(azure.filter(({ host, kind }) => host !== (kind === 'query' ? hosts.data : hosts.arm))).toEqual([])
  expect(azure.filter(({ host, headers }) => audienceOf(headers.authorization!) !== `https://${host}`)).toEqual([])
}

/** For whom a token is, as it says itself; undefined of a token that no Entra has issued. */
function audienceOf(authorization: string): unknown {
  return decodeJwt(authorization.replace(/^Bearer /, '')).aud
}
