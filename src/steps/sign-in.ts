import { type Arm, type AzureContext, connectArm } from '../azure/arm.js'
import { summarizeError } from '../azure/arm-errors.js'
import { azureCliExchange } from '../azure/azure-cli.js'
import { cacheToken, type Credential, federatedExchange, signInUnanswered } from '../azure/credential.js'
import { isTransient, NoResponseError } from '../network/transport.js'
import { Failure, type FailureCode } from '../failure.js'
import { requestIdToken } from '../github/id-token.js'
import type { CommonInputs } from '../inputs/inputs.js'
import { armAnswered, type RunState } from '../run-state.js'
import type { Runtime } from '../runtime.js'
import type { RunContext } from './context.js'

/** Signs in. @returns what asks Azure from now on. @throws {Failure} when that is refused or no usable answer comes. */
export async function signIn({ inputs, state, runtime, phase, signal, deadline }: RunContext): Promise<AzureContext> {
  return phase('Sign in', async () => {
    const { application, cloud } = inputs
    const credential = await signInTo(cloud.resourceManager, inputs, runtime, signal)
    runtime.log.line(
      application === undefined
        ? `Signed in to ${cloud.name} with the session of the Azure CLI.`
        : `Signed in to ${cloud.name} as application ${application.clientId} of tenant ${application.tenantId}.`,
    )
    // The events pull_request_target and workflow_run, or a repository's settings, give a fork's run what signs in.
    if (runtime.workflow.concernsFork) {
      runtime.log.warning(
        'This run is for a change from a fork and can nevertheless sign in to Azure: whoever made the change controls what is built. Use the event pull_request, in which mode plan checks the file without any rights, and build on pushes to your own branches.',
        { title: 'fork-signed-in' },
      )
    }
    const arm = connectArm({ ...runtime, origin: cloud.resourceManager, credential })
    return { ...runtime, arm: recordArmErrors(arm, state), signal, deadline }
  })
}

/** Notes answers of Resource Manager that are of no use, should the run be stopped while it gets no others. */
function recordArmErrors(arm: Arm, state: RunState): Arm {
  return {
    ...arm,
    ask: async (request, signal) => {
      const answer = await arm.ask(request, signal)
      const { status } = answer
      if (status === undefined) armAnswered(state, { status, why: answer.cause })
      else armAnswered(state, isTransient(status) ? { status, why: summarizeError(answer) } : undefined)
      return answer
    },
  }
}

/** Signs in to a service. @param audience its origin. @throws {Failure} when that is refused or no usable answer comes. */
export async function signInTo(
  audience: string,
  inputs: CommonInputs,
  runtime: Runtime,
  signal: AbortSignal,
): Promise<Credential> {
  const { application, cloud } = inputs
  const { workflow, send, clock, log } = runtime
  const idToken = (signal: AbortSignal) =>
    requestIdToken({ run: workflow, audience: inputs.audience, send, mask: log.mask }, signal)
  const exchange =
    application === undefined
      ? azureCliExchange(audience, runtime)
      : federatedExchange({ ...application, cloud, audience, send, clock, idToken })
  const credential = cacheToken(exchange, clock, log.mask)
  try {
    await credential.token(false, signal)
    return credential
  } catch (error) {
    throw error instanceof NoResponseError ? signInUnanswered(error) : error
  }
}

/** Why a run has no identity to sign in with, by code of the failure: then a plan checks without comparing. */
const noIdentityReasons: { readonly [code in FailureCode]?: string } = {
  'id-token-fork':
    'the run belongs to a pull request from a fork, and such runs get no ID token, so they cannot sign in to Azure',
  'azure-cli-session': 'client-id and tenant-id are empty, and the Azure CLI has no session',
}

/** Signs in, or tells in a clause why it has no identity to do so with. @throws {Failure} as {@link signIn} does. */
export async function signInIfPossible(
  run: RunContext,
): Promise<{ readonly azure: AzureContext } | { readonly why: string }> {
  try {
    return { azure: await signIn(run) }
  } catch (error) {
    const why = error instanceof Failure ? noIdentityReasons[error.code] : undefined
    if (why === undefined) throw error
    return { why }
  }
}
