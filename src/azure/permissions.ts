import { clusterId, imageId, type Target } from '../model/target.js'

/** Says what is asked of Resource Manager, and what a role must grant for it. */
export type ArmAccess = {
  /** To follow "may not" or "could not". */
  readonly doing: string
  /** The action that a role must hold. */
  readonly action: string
  readonly scope: string
}

const image = (verb: string, { image: name, cluster }: Target) => `${verb} image ${name} on cluster ${cluster}`

/** All accesses that the action needs, each with the action that a role must hold. */
const accesses = {
  readImage: {
    action: 'Microsoft.Kusto/clusters/sandboxCustomImages/read',
    scope: imageId,
    doing: target => image('read', target),
  },
  listImages: {
    action: 'Microsoft.Kusto/clusters/sandboxCustomImages/read',
    scope: clusterId,
    doing: ({ cluster }) => `list the images of cluster ${cluster}`,
  },
  buildImage: {
    action: 'Microsoft.Kusto/clusters/sandboxCustomImages/write',
    scope: imageId,
    doing: target => image('build', target),
  },
  deleteImage: {
    action: 'Microsoft.Kusto/clusters/sandboxCustomImages/delete',
    scope: imageId,
    doing: target => image('delete', target),
  },
  readCluster: {
    action: 'Microsoft.Kusto/clusters/read',
    scope: clusterId,
    doing: ({ cluster }) => `read cluster ${cluster}`,
  },
  activateImage: {
    action: 'Microsoft.Kusto/clusters/addLanguageExtensions/action',
    scope: clusterId,
    doing: ({ image: name, cluster }) => `activate image ${name} on cluster ${cluster}`,
  },
  readOperation: {
    action: 'Microsoft.Kusto/locations/operationresults/read',
    scope: ({ subscription }) => `/subscriptions/${subscription}`,
    doing: ({ subscription }) => `read operations of subscription ${subscription}`,
  },
} as const satisfies Record<
  string,
  { action: string; scope: (target: Target) => string; doing: (target: Target) => string }
>

/** Returns what an access to a target needs. */
export function accessTo(name: keyof typeof accesses, target: Target): ArmAccess {
  const { action, scope, doing } = accesses[name]
  return { action, scope: scope(target), doing: doing(target) }
}

/** Tells how to grant the action that a failure names. */
export const howToGrant = "Add that action to the application's role, wait 5 minutes, and run the workflow again."
