import { azureCli, federated, keeping, signInUnanswered } from '../azure/credential.js'
import type { Credential, Exchange } from '../azure/credential.js'
import { requestIdToken } from '../github/id-token.js'
import type { Inputs } from '../inputs.js'
import { Unanswered } from '../network/transport.js'
import type { World } from './scene.js'

/**
 * Signs in, so that whatever is wrong with it is said before anything else is tried.
 * @returns what hands out access tokens from now on.
 * @throws {Failure} when signing in is refused or nobody answers.
 */
export async function signIn(inputs: Inputs, world: World, signal: AbortSignal): Promise<Credential> {
  const { application, cloud } = inputs
  const credential = keeping(exchangeFor(inputs, world), world.clock, world.log.mask)
  try {
    await credential.token(false, signal)
  } catch (error) {
    throw error instanceof Unanswered ? signInUnanswered(error) : error
  }
  world.log.line(
    application === undefined
      ? `Signed in to ${cloud.name} with the session of the Azure CLI.`
      : `Signed in to ${cloud.name} as application ${application.clientId} of tenant ${application.tenantId}.`,
  )
  return credential
}

function exchangeFor({ application, cloud, audience }: Inputs, { workflow, send, log }: World): Exchange {
  if (application === undefined) return azureCli(cloud)
  const idToken = (signal: AbortSignal) => requestIdToken({ run: workflow, audience, send, mask: log.mask }, signal)
  return federated({ ...application, cloud, send, idToken })
}
