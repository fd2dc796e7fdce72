import { clusterId, imageId, type Target } from '../model/target.js'

/** Describes a request to Resource Manager, and what a role must grant for it. */
export type ArmAccess = {
  /** To follow "may not" or "could not". */
  readonly doing: string
  /** The action that a role must hold. */
  readonly action: string
  readonly scope: string
}

const ofImage = (verb: string) => (target: Target) => `${verb} image ${target.image} on cluster ${target.cluster}`
const ofCluster = (verb: string) => (target: Target) => `${verb} cluster ${target.cluster}`

/** What each access does, to which resource, and the action that a role must hold for it. */
const accesses = {
  readImage: [ofImage('read'), imageId, 'Microsoft.Kusto/clusters/sandboxCustomImages/read'],
  listImages: [ofCluster('list the images of'), clusterId, 'Microsoft.Kusto/clusters/sandboxCustomImages/read'],
  buildImage: [ofImage('build'), imageId, 'Microsoft.Kusto/clusters/sandboxCustomImages/write'],
  deleteImage: [ofImage('delete'), imageId, 'Microsoft.Kusto/clusters/sandboxCustomImages/delete'],
  readCluster: [ofCluster('read'), clusterId, 'Microsoft.Kusto/clusters/read'],
  activateImage: [ofImage('activate'), clusterId, 'Microsoft.Kusto/clusters/addLanguageExtensions/action'],
  readOperation: [
    ({ subscription }: Target) => `read operations of subscription ${subscription}`,
    ({ subscription }: Target) => `/subscriptions/${subscription}`,
    'Microsoft.Kusto/locations/operationresults/read',
  ],
} as const

/** Returns what an access to a target needs. */
export function accessTo(name: keyof typeof accesses, target: Target): ArmAccess {
  const [doing, scope, action] = accesses[name]
  return { action, scope: scope(target), doing: doing(target) }
}

/** Tells how to grant the action that a failure names. */
export const howToGrant = "Add that action to the application's role, wait 5 minutes, and run the workflow again."
