import { readFile } from 'node:fs/promises'
// oxlint-disable-next-line no-restricted-imports -- this is a user's script, not a part of the action.
import { getIDToken, getInput, setFailed, setOutput } from '@actions/core'
import { KustoManagementClient } from '@azure/arm-kusto'
import { ClientAssertionCredential } from '@azure/identity'

// What a user would write instead of using this action: GitHub's toolkit and Azure's packages, as their guides have it.

const input = (name: string): string => getInput(name, { required: true })

try {
  const wanted = (await readFile(input('requirements-file'), 'utf8')).trim()
  const credential = new ClientAssertionCredential(input('tenant-id'), input('client-id'), () =>
    getIDToken(input('audience')),
  )
  const client = new KustoManagementClient(credential, input('subscription-id'))
  const image = await client.sandboxCustomImages.get(
    input('resource-group'),
    input('cluster-name'),
    input('image-name'),
  )
  const same =
    image.language?.toLowerCase() === input('language').toLowerCase() &&
    image.languageVersion === input('language-version') &&
    image.requirementsFileContent?.trim() === wanted
  if (!same) throw new Error('the image is another one')
  setOutput('image-id', image.id)
  setOutput('state', image.provisioningState)
  setOutput('changed', false)
  setOutput('action', 'none')
} catch (error) {
  setFailed(error instanceof Error ? error : String(error))
}
