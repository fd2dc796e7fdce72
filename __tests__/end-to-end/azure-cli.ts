import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { dataHost } from '../../emulator/azure/cluster.js'
import { actionRuntime } from '../../emulator/github/project.js'
import type { StartedWorld } from '../../emulator/world.js'
import { connectTo } from '../emulator/client.js'
import { play, type Played, type PlayOptions } from './harness.js'

/** Runs a step after an `azure/login`: with an `az` that is this script, and neither client-id nor tenant-id. */
export async function withCli(
  script: (world: StartedWorld) => Promise<string>,
  options: PlayOptions = {},
): Promise<{ step: Played; calls: string[] }> {
  const home = await mkdtemp(join(tmpdir(), 'azure-cli-'))
  try {
    const step = await play({
      // The job may have no ID token at all.
      ...options,
      world: { idTokenPermission: false, ...options.world },
      inputs: { 'client-id': '', 'tenant-id': '', ...options.inputs },
      async prepare(world) {
        const keep = `appendFileSync(${JSON.stringify(join(home, 'calls'))}, args + '\\n')`
        const args = "const args = process.argv.slice(2).join(' ')"
        const lines = ["import { appendFileSync } from 'node:fs'", args, keep, await script(world)]
        await writeFile(join(home, 'az.mjs'), lines.join('\n'))
        // As the Azure CLI itself is one on each system.
        await writeFile(join(home, 'az'), `#!/bin/sh\nexec '${actionRuntime()}' '${home}/az.mjs' "$@"\n`, {
          mode: 0o755,
        })
        await writeFile(join(home, 'az.cmd'), `@"${actionRuntime()}" "%~dp0az.mjs" %*\r\n`)
        await options.prepare?.(world)
      },
      env: world => ({
        PATH: [home, ...systemPath].join(delimiter),
        ...(typeof options.env === 'function' ? options.env(world) : options.env),
      }),
    })
    return { step, calls: (await readFile(join(home, 'calls'), 'utf8').catch(() => '')).trim().split('\n') }
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** Where the system's own programs are. */
export const systemPath: readonly string[] =
  process.platform === 'win32' ? [join(process.env['SYSTEMROOT'] ?? 'C:\\Windows', 'System32')] : ['/usr/bin', '/bin']

/** A session of the Azure CLI that is signed in as the world's principal. */
export async function signedIn(world: StartedWorld): Promise<string> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: _, ...env } = world.env
  const client = connectTo({
    ...world,
    env: {
      ...env,
      ACTIONS_ID_TOKEN_REQUEST_URL: world.github.requestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: world.github.requestToken,
    },
  })
  const data = `https://${dataHost(world.cluster)}`
  const [forArm, forData] = [await client.signIn(), await client.signIn(data)]
  client.close()
  const expires_on = Math.floor(Date.now() / 1000) + 3600
  const document = (accessToken: string) =>
    JSON.stringify({ accessToken, expires_on, tokenType: 'Bearer', tenant: world.tenant.id })
  return `console.log(args.includes('${data}') ? '${document(forData)}' : '${document(forArm)}')`
}
