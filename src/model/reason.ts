import type { Difference } from './image.js'

/** Why something is done about an image. */
export type Reason = 'new' | Difference | 'forced' | 'last-build-failed'

/** The reasons in words, to stand after "because". */
export const reasonLabels: { readonly [reason in Reason]: string } = {
  new: 'the cluster has no such image yet',
  requirements: 'the requirements changed',
  language: 'the language changed',
  'language-version': 'the language version changed',
  'base-image': 'the base image changed',
  forced: 'force is set',
  'last-build-failed': 'the last build did not succeed',
}
