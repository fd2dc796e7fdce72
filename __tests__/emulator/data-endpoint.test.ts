import { afterEach, describe, expect, test } from '@jest/globals'
import { dataHost, pythonOn } from '../../emulator/azure/cluster.js'
import { type StartedWorld, startWorld, type WorldOptions } from '../../emulator/world.js'
import { namesParameter, verificationQuery } from '../../src/verification/import-query.js'
import { type Client, connectTo, type Received } from './client.js'

let world: StartedWorld
let client: Client
afterEach(async () => {
  client.close()
  await world.close()
})

async function start(options: WorldOptions = {}): Promise<void> {
  world = await startWorld(options)
  client = connectTo(world)
}

async function ask(body: object, token?: string): Promise<Received> {
  const origin = `https://${dataHost(world.cluster)}`
  return client.send(`${origin}/v1/rest/query`, {
    method: 'POST',
    token: token ?? (await client.signIn(origin)),
    body: JSON.stringify(body),
  })
}

const python = (...names: string[]): object => ({
  db: 'Telemetry',
  csl: verificationQuery,
  properties: { Parameters: namesParameter(names) },
})

/** Switches the cluster to an image that holds this, and waits for it. */
function switchTo(requirementsFileContent: string): void {
  world.cluster.images.set('own', { language: 'Python', languageVersion: '3.11.7', requirementsFileContent })
  world.startForeignSwitch(pythonOn('own'), 0)
}

describe('the data endpoint', () => {
  test('takes tokens of its own alone, and Entra issues none for other hosts', async () => {
    await start()
    const token = await client.signIn()
    expect(await ask({ db: 'telemetry', csl: 'print 1' }, token)).toMatchObject({ status: 401 })
    expect(await ask({ db: 'telemetry', csl: 'print 1' })).toMatchObject({ status: 200 })
    expect(await client.signIn('https://other.eastus.kusto.windows.net')).toBeUndefined()
  })

  test('knows its databases, and who may read them', async () => {
    await start()
    expect((await ask({ db: 'none', csl: 'print 1' })).json.error).toMatchObject({ code: 'BadRequest_EntityNotFound' })
    world.cluster.databases.set('secret', new Set())
    const refused = await ask({ db: 'secret', csl: 'print 1' })
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'Forbidden' } } })
  })

  test('tells what the active image holds, as its requirements say', async () => {
    await start()
    switchTo('pandas==2.2.2\nNum_Py >= 1.26 # why\nscipy[all]~=1.4.1\nloose')
    const [, ...rows] = (await ask(python('pandas', 'num-py', 'scipy', 'loose', 'missing'))).json.Tables[0].Rows
    expect(rows.map(([name, version, , problem]: string[]) => [name, version, problem])).toEqual([
      ['pandas', '2.2.2', ''],
      ['num-py', '1.26', ''],
      ['scipy', '1.4.1', ''],
      ['loose', '1.0.0', ''],
      ['missing', '', 'is not installed'],
    ])
    expect(rows[0][4]).toBe('3.11.7')
  })

  test('tells what the cluster was switched to, not what the image became since', async () => {
    await start()
    switchTo('pandas==1.0')
    world.cluster.images.set('own', { language: 'Python', requirementsFileContent: 'pandas==2.0' })
    expect((await ask(python('pandas'))).json.Tables[0].Rows[1][1]).toBe('1.0')
  })

  test('needs a while after a switch', async () => {
    await start({ sandboxSeconds: 60 })
    switchTo('pandas==1.0')
    expect([429, 520]).toContain((await ask(python('pandas'))).status)
    expect((await ask({ db: 'telemetry', csl: 'print 1' })).status).toBe(200)
    world.settings.sandboxSeconds = 0
    expect((await ask(python('pandas'))).status).toBe(200)
  })

  test('runs no Python where that is not enabled', async () => {
    await start({ cluster: { languageExtensions: [] } })
    expect(await ask(python('pandas'))).toMatchObject({ status: 400, body: expect.stringContaining('not enabled') })
  })

  test.each([{ db: 1 }, { csl: 'print 1', db: 'telemetry', properties: { Parameters: { packages: 'x' } } }])(
    'refuses %j',
    async body => {
      await start()
      expect((await ask(body)).status).toBe(400)
    },
  )
})
