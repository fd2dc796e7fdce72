import { describe, expect, test } from '@jest/globals'
import { play, requirements } from './harness.js'

describe("the service's documented examples hold to the byte", () => {
  test.concurrent.each([
    [
      'a language version',
      {},
      '{"properties":{"language":"Python","languageVersion":"3.10.8","requirementsFileContent":"Requests"}}',
    ],
    [
      'an own image as the base',
      { 'language-version': '', 'base-image-name': 'customImage1' },
      '{"properties":{"language":"Python","baseImageName":"customImage1","requirementsFileContent":"Requests"}}',
    ],
    [
      'a managed image as the base',
      { 'language-version': '', 'base-image-name': 'Python3_10_8' },
      '{"properties":{"language":"Python","baseImageName":"Python3_10_8","requirementsFileContent":"Requests"}}',
    ],
  ])('%s', async (_, inputs, body) => {
    const { exitCode, outputs, puts, world } = await play({
      inputs: { 'image-name': 'customImage8', ...inputs },
      files: { 'requirements.txt': 'Requests' },
    })
    const { subscriptionId, resourceGroup, name } = world.cluster
    const path = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Kusto/clusters/${name}`
    expect(puts.map(put => put.body)).toEqual([body])
    expect(puts[0]!.target).toBe(`${path}/sandboxCustomImages/customImage8?api-version=2024-04-13`)
    expect(puts[0]!.headers['content-type']).toBe('application/json')
    expect({ exitCode, outputs }).toMatchObject({ exitCode: 0, outputs: { state: 'Succeeded', changed: 'true' } })
  })
})

describe('what is sent', () => {
  test.concurrent.each<[string, Record<string, string>, string | Uint8Array, object]>([
    ['without a file', { 'requirements-file': '' }, requirements, { language: 'Python', languageVersion: '3.10.8' }],
    ['with a blank file', {}, '\ufeff\r\n \r\n', { language: 'Python', languageVersion: '3.10.8' }],
    [
      'with a mark, other line ends and blank lines at the end',
      {},
      '\ufeff# top\r\npandas==2.2.2\rnumpy \n\r\n \n',
      { language: 'Python', languageVersion: '3.10.8', requirementsFileContent: '# top\npandas==2.2.2\nnumpy ' },
    ],
    [
      'with letters of all kinds',
      {},
      '# prévision — 予測 🐍\npandas',
      { language: 'Python', languageVersion: '3.10.8', requirementsFileContent: '# prévision — 予測 🐍\npandas' },
    ],
    [
      'with a language of its own spelling',
      { language: 'PYTHON', 'language-version': '3.11.7' },
      'pandas',
      { language: 'PYTHON', languageVersion: '3.11.7', requirementsFileContent: 'pandas' },
    ],
  ])('%s', async (_, inputs, text, properties) => {
    const { exitCode, puts, ownBuilds } = await play({ inputs, files: { 'requirements.txt': text } })
    expect(puts.map(({ body }) => JSON.parse(body))).toEqual([{ properties }])
    expect(ownBuilds).toHaveLength(1)
    expect(exitCode).toBe(0)
  })

  test('goes to the image by its name, encoded once, and by the version of the API that is asked for', async () => {
    const { exitCode, puts, outputs, world } = await play({
      inputs: { 'image-name': 'Prévision 2', 'resource-group': 'ANALYTICS-prod', 'api-version': '2025-02-14-preview' },
    })
    expect(exitCode).toBe(0)
    expect(puts[0]!.target).toMatch(
      /\/resourceGroups\/ANALYTICS-prod\/.*\/sandboxCustomImages\/Pr%C3%A9vision%202\?api-version=2025-02-14-preview$/,
    )
    expect(world.seen('get-image').every(({ target }) => target === puts[0]!.target)).toBe(true)
    expect(outputs).toMatchObject({ 'image-name': 'Prévision 2', state: 'Succeeded' })
    expect(outputs['image-id']).toMatch(/\/Clusters\/adxforecast\/SandboxCustomImages\/Prévision 2$/)
  })
})
