import type { ArmResponse, Arm, NoResponse, AzureContext } from '../../src/azure/arm.js'
import { clouds, type Target } from '../../src/model/target.js'
import type { DesiredImage } from '../../src/model/image.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { fakeClock } from './fake-clock.js'

export const target: Target = {
  cloud: clouds[0]!,
  subscription: 'sub',
  resourceGroup: 'group',
  cluster: 'adx',
  image: 'forecasting',
  apiVersion: '2024-04-13',
}

export const desired: DesiredImage = {
  language: 'Python',
  foundation: { languageVersion: '3.10.8' },
  requirements: requirementsOf('pandas==2.2.2'),
}

/** An answer of Resource Manager; a text is sent as it is. */
export function answer(status: number, body?: unknown, more: Partial<ArmResponse> = {}): ArmResponse {
  return {
    status,
    body: typeof body === 'string' ? undefined : body,
    text: typeof body === 'string' ? body : JSON.stringify(body ?? ''),
    operationUrl: undefined,
    locationUrl: undefined,
    retryAfter: undefined,
    correlationId: 'correlation',
    ...more,
  }
}

export const lost: NoResponse = {
  status: undefined,
  cause: 'socket hang up (ECONNRESET)',
  correlationId: 'correlation',
}

/** The image as the service shows it in a state. */
export function shown(state: string, requirements = 'pandas==2.2.2'): ArmResponse {
  return answer(200, {
    id: '/subscriptions/sub/…/SandboxCustomImages/forecasting',
    properties: {
      language: 'PYTHON',
      languageVersion: '3.10.8',
      requirementsFileContent: requirements,
      provisioningState: state,
    },
  })
}

/** What is answered to the requests for the operation, the location and the image, in order; the last one repeats. */
export type Script = { readonly operation?: Step[]; readonly location?: Step[]; readonly image?: Step[] }
type Step = ArmResponse | NoResponse

export const operationUrl = 'https://management.azure.com/operationResults/0b1c?t=signed'
export const locationUrl = 'https://management.azure.com/location/0b1c?t=signed'

/** A Resource Manager that follows a script, and what asking it needs. */
export function scripted(script: Script) {
  const asked: string[] = []
  const left = {
    operation: [...(script.operation ?? [])],
    location: [...(script.location ?? [])],
    image: [...(script.image ?? [])],
  }
  const arm: Arm = {
    isTrustedUrl: url => url.startsWith('https://management.azure.com/'),
    leastPause: () => 0,
    ask: async ({ url }) => {
      const kind = url === operationUrl ? 'operation' : url === locationUrl ? 'location' : 'image'
      asked.push(kind)
      const steps = left[kind]
      const step = steps.length > 1 ? steps.shift() : steps[0]
      if (step === undefined || asked.length > 500)
        throw new Error(`the script says nothing of ${kind} (asked: ${asked.length})`)
      return step
    },
  }
  const clock = fakeClock()
  const signal = new AbortController().signal
  const azure: AzureContext = { arm, clock, random: () => 0.5, signal, deadline: clock.now() + 3_600_000 }
  return { asked, clock, azure }
}
