import { describe, expect, test } from '@jest/globals'
import { recorded } from '../recorded.js'
import { azCommands, azCommandsIn, setupFile, terraformFiles } from './setup-commands.js'

/**
 * The arguments of each resource, as its documentation lists them: azurerm 4 and azuread 3, `docs/resources` and
 * `website/docs/r` of github.com/hashicorp/terraform-provider-azurerm and …-azuread, read in November 2026.
 */
const known: Readonly<Record<string, readonly string[]>> = {
  azuread_application: ['display_name'],
  azuread_service_principal: ['client_id'],
  azuread_application_federated_identity_credential: [
    'application_id',
    'audiences',
    'description',
    'display_name',
    'issuer',
    'subject',
  ],
  azurerm_role_definition: ['name', 'description', 'scope', 'permissions', 'assignable_scopes'],
  azurerm_role_assignment: ['scope', 'role_definition_id', 'principal_id', 'principal_type'],
  azurerm_kusto_database_principal_assignment: [
    'name',
    'resource_group_name',
    'cluster_name',
    'database_name',
    'principal_id',
    'principal_type',
    'role',
    'tenant_id',
  ],
  azurerm_kusto_cluster: ['name', 'location', 'resource_group_name', 'sku', 'language_extension'],
}

/** What any resource may have. */
const meta = ['count', 'lifecycle', 'for_each', 'depends_on', 'provider']

type Block = Readonly<Record<string, unknown>>

/** What python-hcl2 makes of each file, and the options of each command of the Azure CLI: `npm run oracle -- --only setup`. */
const said = recorded('setup') as {
  readonly texts: Readonly<Record<string, string>>
  readonly terraform: Readonly<
    Record<string, { readonly resource: readonly Block[]; readonly provider?: readonly Block[] }>
  >
  readonly az: Readonly<Record<string, readonly string[]>>
}

const unquoted = (text: string): string => text.replaceAll('"', '')

const resourcesOf = (file: string) =>
  said.terraform[file]!.resource.flatMap(block =>
    Object.entries(block).flatMap(([type, named]) =>
      Object.values(named as Block).map(content => ({ type: unquoted(type), content: content as Block })),
    ),
  )

describe.each(terraformFiles)('%s', file => {
  test('is as it was when it was parsed', () => {
    expect(said.texts[file]).toBe(setupFile(file))
  })

  test('has arguments that the documentation knows', () => {
    const unknown = resourcesOf(file).flatMap(({ type, content }) =>
      Object.keys(content)
        .filter(name => !name.startsWith('__') && ![...(known[type] ?? []), ...meta].includes(unquoted(name)))
        .map(name => `${type}.${name}`),
    )
    expect(unknown).toEqual([])
    expect(resourcesOf(file).length).toBeGreaterThan(0)
  })
})

test('the provider is told the subscription, without which azurerm 4 does nothing', () => {
  expect(JSON.stringify(said.terraform['main.tf']!.provider)).toContain('subscription_id')
})

test('a cluster of Terraform ignores what queries run on', () => {
  expect(JSON.stringify(resourcesOf('managed-cluster/cluster.tf'))).toMatch(/ignore_changes[^\]]*language_extension/)
})

test('each command of the Azure CLI that is shown has the options that it is given', () => {
  // https://learn.microsoft.com/cli/azure/kusto/cluster: an extension, which the CLI installs when it is asked for.
  const ofExtension: Readonly<Record<string, readonly string[]>> = {
    'kusto cluster start': ['--name', '--resource-group'],
  }
  const global = ['--query', '--output', '--subscription', '--debug', '--help', '--only-show-errors', '--verbose']
  const unknown = azCommands().flatMap(({ command, options }) =>
    options
      .filter(option => ![...global, ...(said.az[command] ?? []), ...(ofExtension[command] ?? [])].includes(option))
      .map(option => `az ${command} ${option}`),
  )
  expect([...new Set(unknown)]).toEqual([])
  expect(new Set(azCommands().map(({ command }) => command)).size).toBeGreaterThan(6)
})

test('commands are found where they are continued, and inside of others', () => {
  expect(azCommandsIn('ID=$(az ad sp create --id "$X" --query id)\naz role assignment create \\\n  --role x')).toEqual([
    { command: 'ad sp create', options: ['--id', '--query'] },
    { command: 'role assignment create', options: ['--role'] },
  ])
})
