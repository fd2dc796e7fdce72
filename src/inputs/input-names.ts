/**
 * Holds every input and its default, as `action.yml` has them; undefined where an input is required. An input that a workflow
 * sets to an empty expression arrives as an empty text and means its default; only `requirements-file` can be empty on
 * purpose.
 */
export const inputDefaults = {
  // inputs: written by npm run docs
  mode: 'apply',
  'client-id': '',
  'tenant-id': '',
  audience: 'api://AzureADTokenExchange',
  environment: 'AzureCloud',
  'subscription-id': '',
  'resource-group': '',
  'cluster-name': '',
  'image-name': '',
  language: 'Python',
  'language-version': '',
  'base-image-name': '',
  'requirements-file': 'requirements.txt',
  extras: '',
  'dependency-groups': '',
  strict: 'false',
  'ignore-findings': '',
  resolve: 'auto',
  lock: 'false',
  force: 'false',
  wait: 'true',
  activate: 'false',
  verify: 'false',
  database: '',
  'verify-queries': '',
  rollback: 'true',
  'keep-latest': '',
  'timeout-minutes': '90',
  'poll-interval-seconds': '',
  summary: 'true',
  comment: 'false',
  'github-token': '${{ github.token }}',
  'api-version': '2024-04-13',
  // /inputs
} as const satisfies Record<string, string | undefined>

/** Names an input. */
export type InputName = keyof typeof inputDefaults

/** Returns the text of an input, trimmed; empty where it was not given. */
export type RawInput = (name: InputName) => string
