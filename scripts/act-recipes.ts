/**
 * `npm run recipes`: runs the recipes for Linux runners under act, in host mode, with the emulator around them:
 * https://github.com/nektos/act. Each is run as it stands; what it takes from others (checkout, uv, az, gh) is a stand-in.
 */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { playOf, recipes } from '../__tests__/recipe-plays.js'
import { stepsOf, type Workflow } from '../__tests__/project/workflows.js'
import { exampleReleases } from '../emulator/github/releases.js'
import { actionRuntime, projectRoot } from '../emulator/github/project.js'
import { fillSearchPath } from '../emulator/github/runner.js'
import { type StartedWorld, startWorld } from '../emulator/world.js'

/** Recipes that act cannot run, and why. */
const excluded: Readonly<Record<string, string>> = {
  'reusable-caller.yml': 'calls a workflow of another repository',
  'reusable.yml': 'is called, and does nothing alone',
}

const act = process.env['ACT'] ?? 'act'

const [only] = process.argv.slice(2)
const workflows = [...new Set(recipes.map(([, { workflow }]) => workflow))].filter(
  ({ file }) => only === undefined || path.basename(file) === only,
)
for (const workflow of workflows) {
  const name = path.basename(workflow.file)
  const why = excluded[name]
  if (why !== undefined) {
    console.log(`${name}: left out: it ${why}`)
    continue
  }
  const problems = await problemsOf(workflow)
  console.log(`${name}: ${problems.length === 0 ? 'as expected' : problems.join('\n')}`)
  if (problems.length > 0) process.exitCode = 1
}

async function problemsOf(workflow: Workflow): Promise<readonly string[]> {
  const [, recipe] = recipes.find(([, each]) => each.workflow === workflow)!
  const { world: settings, prepare } = playOf(recipe)
  // Resolving takes real time, of which the action allows a minute.
  const speed = workflow.text.includes('resolve: true') ? 20 : 1000
  const world = await startWorld({ ...settings, speed, buildSeconds: 300, switchSeconds: 900 })
  const folder = mkdtempSync(path.join(tmpdir(), 'kusto-recipe-'))
  try {
    prepare(world)
    const bin = path.join(folder, 'bin')
    await fillSearchPath(bin, exampleReleases)
    standIns(bin, world)
    const repository = path.join(folder, 'repository')
    writeRepository(repository, workflow)
    const { code, log } = await run(argumentsOf(workflow, recipe, world, folder), repository, bin, folder)
    return [
      ...(code === 0 ? [] : [`ended with ${code}\n${log.slice(-6000)}`]),
      ...(world.seen('get-image', 'list-images', 'get-cluster').length === 0
        ? ['asked nothing of Resource Manager']
        : []),
      ...world.refusedConnects.map(host => `reached for ${host}`),
    ]
  } finally {
    await world.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Puts programs on the search path that stand for those of others. */
function standIns(bin: string, world: StartedWorld): void {
  const token = (audience?: string) => world.tokenFor(world.principal, audience)
  const script = (name: string, lines: readonly string[]) => {
    writeFileSync(path.join(bin, name), ['#!/bin/sh', ...lines, ''].join('\n'))
    chmodSync(path.join(bin, name), 0o755)
  }
  const data = `https://${world.cluster.name}.${world.cluster.location.toLowerCase().replaceAll(' ', '')}.${world.cluster.dataDomain}`
  const answer = (accessToken: string) => JSON.stringify({ accessToken, expires_on: 4_000_000_000 })
  script('az', [
    'case "$*" in',
    `*${data}*) echo '${answer(token(data))}' ;;`,
    `*) echo '${answer(token())}' ;;`,
    'esac',
  ])
  // Nobody's issue is open, and whatever is asked for succeeds.
  for (const name of ['gh', 'uvx']) script(name, ['exit 0'])
  script('node', [`exec '${actionRuntime()}' "$@"`])
}

/** A repository with the recipe and what it needs. */
function writeRepository(repository: string, { file }: Workflow): void {
  const files: Readonly<Record<string, string>> = {
    'functions/requirements.txt': 'pandas==2.2.2\nscikit-learn==1.4.2\n',
    'functions/tests/test.kql': 'print passed = true\n',
    'images/base.txt': 'pandas==2.2.2\n',
    'images/routing.txt': 'scikit-learn==1.4.2\n',
    'images/forecasting.txt': 'scikit-learn==1.4.2\n',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.join(repository, path.dirname(name)), { recursive: true })
    writeFileSync(path.join(repository, name), text)
  }
  const workflows = path.join(repository, '.github/workflows')
  mkdirSync(workflows, { recursive: true })
  cpSync(path.join(projectRoot, file), path.join(workflows, path.basename(file)))
}

function argumentsOf(
  workflow: Workflow,
  recipe: (typeof recipes)[number][1],
  world: StartedWorld,
  folder: string,
): string[] {
  const { event, world: settings } = playOf(recipe)
  const name = ['push', 'pull_request', 'workflow_dispatch', 'schedule'].find(each => each in workflow.on) ?? 'push'
  const eventFile = path.join(folder, 'event.json')
  writeFileSync(eventFile, JSON.stringify(event.payload))
  const stub = path.join(folder, 'stub')
  mkdirSync(stub, { recursive: true })
  writeFileSync(
    path.join(stub, 'action.yml'),
    'name: stub\nruns:\n  using: composite\n  steps: [{ run: "true", shell: sh }]\n',
  )
  // What is shipped alone: act packs all that it is given, again for each step.
  const action = path.join(folder, 'action')
  for (const shipped of ['action.yml', 'dist'])
    cpSync(path.join(projectRoot, shipped), path.join(action, shipped), { recursive: true })
  const others = new Set(
    stepsOf(workflow).flatMap(({ uses }) => (uses === undefined || uses.startsWith('org/') ? [] : [uses])),
  )
  const ids = {
    CLIENT_ID: world.principal.clientId,
    TENANT_ID: world.tenant.id,
    SUBSCRIPTION_ID: world.cluster.subscriptionId,
  }
  const known: Readonly<Record<string, string>> = {
    KUSTO_RESOURCE_GROUP: world.cluster.resourceGroup,
    KUSTO_CLUSTER: world.cluster.name,
    KUSTO_DATABASE: 'telemetry',
  }
  const variables = new Set([...workflow.text.matchAll(/\bvars\.(\w+)/g)].map(([, variable = '']) => variable))
  const valueOf = (variable: string) =>
    known[variable] ?? Object.entries(ids).find(([ending]) => variable.endsWith(ending))?.[1] ?? ''
  const given = [
    ['--workflows', `.github/workflows/${path.basename(workflow.file)}`],
    ['--eventpath', eventFile],
    ['--platform', 'ubuntu-latest=-self-hosted'],
    ['--platform', 'self-hosted=-self-hosted'],
    ['--pull=false', '--action-offline-mode', '--no-cache-server'],
    ['--secret', `GITHUB_TOKEN=${world.api.token}`],
    ['--local-repository', `org/kusto-sandbox-image@v1=${action}`],
    workflow.text.includes('matrix.cluster') ? ['--matrix', `cluster:${settings.cluster.name}`] : [],
  ]
  return [
    name,
    ...given.flat(),
    ...[...others].flatMap(uses => ['--local-repository', `${uses}=${stub}`]),
    ...[...variables].flatMap(variable => ['--var', `${variable}=${valueOf(variable)}`]),
    ...Object.entries(world.env).flatMap(([variable, value]) => ['--env', `${variable}=${value}`]),
  ]
}

function run(
  args: readonly string[],
  cwd: string,
  bin: string,
  home: string,
): Promise<{ code: number | null; log: string }> {
  return new Promise((resolve, reject) => {
    // Where the remote is no repository of GitHub's, act does not know whose pull request it plays.
    const origin = 'git remote add origin https://github.com/contoso/forecasting'
    const commit = 'git add . && git -c user.name=a -c user.email=a@example.com commit --quiet -m a'
    const git = spawn('sh', ['-c', `git init --quiet && ${origin} && ${commit}`], { cwd, stdio: 'inherit' })
    git.once('error', reject)
    git.once('exit', status => {
      if (status !== 0) {
        reject(new Error(`git ended with ${status}: the recipe has no repository to run in`))
        return
      }
      const env = { PATH: `${bin}${path.delimiter}${process.env['PATH']}`, HOME: home }
      const child = spawn(act, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
      let log = ''
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => void (log += chunk.toString()))
      child.once('error', reject)
      child.once('close', code => resolve({ code, log }))
    })
  })
}
