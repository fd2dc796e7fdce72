import fs = require('node:fs')
import https = require('node:https')

// The least that a script can do to find out that an image needs no change: the three requests of this action, checks of
// their answers, and the outputs. No dependencies, no repeats, no messages for people. CommonJS, for an ES module that
// imports node:https pays 40 ms for the list of its names.

const agent = new https.Agent({ keepAlive: true, proxyEnv: process.env })

type Content = {
  readonly value?: string
  readonly access_token?: string
  readonly id?: string
  readonly properties?: {
    readonly language?: string
    readonly languageVersion?: string
    readonly requirementsFileContent?: string
    readonly provisioningState?: string
  }
}

function input(name: string): string {
  const value = process.env[`INPUT_${name.toUpperCase()}`]
  if (!value) throw new Error(`the input ${name} is missing`)
  return value
}

function ask(url: string, headers: Readonly<Record<string, string | undefined>>, form?: string): Promise<Content> {
  return new Promise((resolve, reject) => {
    const method = form === undefined ? 'GET' : 'POST'
    const request = https.request(
      url,
      { agent, method, headers: { Accept: 'application/json', ...headers } },
      answer => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (chunk: string) => (text += chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(JSON.parse(text) as Content)
          else reject(new Error(`${url} answered ${answer.statusCode}`))
        })
      },
    )
    request.on('error', reject)
    request.end(form)
  })
}

async function main(): Promise<void> {
  const wanted = fs.readFileSync(input('requirements-file'), 'utf8').trim()

  const idTokenUrl = `${process.env['ACTIONS_ID_TOKEN_REQUEST_URL']}&audience=${encodeURIComponent(input('audience'))}`
  const bearer = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN']
  const { value: assertion } = await ask(idTokenUrl, { Authorization: `Bearer ${bearer}` })
  if (assertion === undefined) throw new Error('there is no ID token in the answer')

  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: input('client-id'),
    scope: 'https://management.azure.com/.default',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
  const { access_token: token } = await ask(
    `https://login.microsoftonline.com/${input('tenant-id')}/oauth2/v2.0/token`,
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    form.toString(),
  )
  if (token === undefined) throw new Error('there is no access token in the answer')

  const cluster = `/subscriptions/${input('subscription-id')}/resourceGroups/${input('resource-group')}/providers/Microsoft.Kusto/clusters/${input('cluster-name')}`
  const { id, properties } = await ask(
    `https://management.azure.com${cluster}/sandboxCustomImages/${input('image-name')}?api-version=2024-04-13`,
    { Authorization: `Bearer ${token}` },
  )
  const same =
    properties?.language?.toLowerCase() === input('language').toLowerCase() &&
    properties.languageVersion === input('language-version') &&
    properties.requirementsFileContent?.trim() === wanted
  if (!same) throw new Error('the image is another one')

  const outputs = { 'image-id': id, state: properties.provisioningState, changed: 'false', action: 'none' }
  const lines = Object.entries(outputs).map(([name, output]) => `${name}=${output}\n`)
  fs.appendFileSync(process.env['GITHUB_OUTPUT']!, lines.join(''))
  agent.destroy()
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
