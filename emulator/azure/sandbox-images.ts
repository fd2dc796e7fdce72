import { armError, type ArmError, requestConflict } from './arm-errors.js'
import type { ArmCall } from './arm-routes.js'
import { clusterId, type ImageContent, imageId, type LanguageExtension, showImage } from './cluster.js'
import { type Answer, json } from '../network/messages.js'
import { retryAfter } from './operation-results.js'
import type { Operation } from './operations.js'

const terminalStates = ['Succeeded', 'Failed', 'Canceled']

/** Lists the images, in pages where the world is set to. */
export function listImages({ arm, request }: ArmCall): Answer {
  const { images: seen } = arm.stateHistory.read('list')
  const images = seen.map(image => showImage(arm.cluster, image, arm.settings.completion))
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const end = from + (arm.settings.listPage ?? images.length)
  const url = `https://${arm.cloud.armHost}${request.path}?api-version=${request.query.get('api-version')}`
  const more = end < images.length ? { nextLink: `${url}&$skiptoken=${end}` } : {}
  return json(200, { value: images.slice(from, end), ...more })
}

export function getImage({ arm, resource }: ArmCall): Answer {
  const name = (resource.image ?? '').toLowerCase()
  const image = arm.stateHistory.read('image').images.find(each => each.name.toLowerCase() === name)
  if (image) return json(200, showImage(arm.cluster, image, arm.settings.completion))
  const type = `Microsoft.Kusto/clusters/${resource.cluster}/sandboxCustomImages/${resource.image}`
  const message =
    `The Resource '${type}' under resource group '${resource.group}' was not found. ` +
    'For more details please go to https://aka.ms/ARMResourceNotFoundFix'
  return armError(404, 'ResourceNotFound', message)
}

/** Starts a build, even of what is there already: the service does not compare. */
export function putImage(call: ArmCall): Answer {
  const { arm, request, principal, resource } = call
  const content = readContent(request.body)
  if ('code' in content) return armError(400, content.code, content.message)
  const name = resource.image ?? ''
  const conflict = conflictWith(call, 'create or update sandbox custom image')
  if (conflict) return conflict

  const repeated = arm.operations.underWay(name)
  const isNew = arm.cluster.images.get(name) === undefined
  const operation = arm.operations.start({
    kind: 'SandboxCustomImageCreateOrUpdateCommand',
    image: name,
    content,
    by: principal.clientId,
    request: request.number,
    ...(repeated && failingFast(arm.clock.now(), imageId(arm.cluster, name))),
  })
  const image = arm.cluster.images.get(name)
  // `Accepted` is what the service says here, though its description does not know the state.
  const shown = image && showImage(arm.cluster, image, arm.settings.completion, 'Accepted')
  return json(isNew ? 201 : 200, shown, operationHeaders(call, operation, arm.settings.putHeaders))
}

/** Switches the cluster to other images, by language. */
export function addLanguageExtensions(call: ArmCall): Answer {
  const { arm, request, principal } = call
  const extensions = readExtensions(request.body)
  if ('code' in extensions) return armError(400, extensions.code, extensions.message)
  for (const { languageExtensionCustomImageName: name } of extensions) {
    if (name === undefined || arm.cluster.images.get(name)?.provisioningState === 'Succeeded') continue
    return armError(400, 'BadRequest', `[BadRequest] Sandbox custom image '${name}' does not exist or is not ready.`)
  }
  const conflict = conflictWith(call, 'add language extensions')
  if (conflict) return conflict
  const operation = arm.operations.start({
    kind: 'ClusterLanguageExtensionsAddCommand',
    image: '',
    extensions,
    by: principal.clientId,
    request: request.number,
  })
  return { status: 202, headers: operationHeaders(call, operation, ['Azure-AsyncOperation', 'Location']), body: '' }
}

export function deleteImage(call: ArmCall): Answer {
  const { arm, request, principal, resource } = call
  const name = resource.image ?? ''
  if (!arm.cluster.images.get(name)) return { status: 204, headers: {}, body: '' }
  const conflict = conflictWith(call, 'delete sandbox custom image')
  if (conflict) return conflict
  const operation = arm.operations.start({
    kind: 'SandboxCustomImageDeleteCommand',
    image: name,
    by: principal.clientId,
    request: request.number,
  })
  return { status: 202, headers: operationHeaders(call, operation, ['Azure-AsyncOperation', 'Location']), body: '' }
}

function operationHeaders(
  call: ArmCall,
  operation: Operation,
  names: ('Azure-AsyncOperation' | 'Location')[],
): Record<string, string> {
  const origin = `https://${call.arm.cloud.armHost}`
  const urls = {
    'Azure-AsyncOperation': `${origin}${operation.statusTarget}`,
    Location: `${origin}${operation.resultTarget}`,
  }
  return { ...Object.fromEntries(names.map(name => [name, urls[name]])), ...retryAfter(call) }
}

/** Why the cluster cannot be changed now, if so. */
function conflictWith({ arm, principal, resource }: ArmCall, change: string): Answer | undefined {
  const { cluster, settings } = arm
  if (!['Running', 'Updating'].includes(cluster.state)) {
    return armError(400, 'BadRequest', `[BadRequest] Cannot ${change} while resource is in state '${cluster.state}'.`)
  }
  if (!terminalStates.includes(cluster.provisioningState)) return requestConflict(clusterId(cluster))
  const own = resource.image === undefined ? undefined : arm.operations.underWay(resource.image)
  const mayRepeat = settings.repeatedPut === 'second-operation' && own?.by === principal.clientId
  const blocking = mayRepeat
    ? undefined
    : settings.conflictScope === 'image' && resource.image !== undefined
      ? own
      : arm.operations.underWay()
  return blocking && requestConflict(imageId(cluster, blocking.image))
}

/** A second operation beside the first one: accepted, then over in a moment without touching the image. */
function failingFast(now: number, resourceId: string): Pick<Operation, 'to' | 'holdsImage' | 'outcome'> {
  const error = { code: 'Conflict', message: `[Conflict] Another operation is in progress on '${resourceId}'.` }
  return { to: now + 1000, holdsImage: false, outcome: { status: 'Failed', error } }
}

function readContent(body: string): ImageContent | ArmError {
  let properties: Record<string, unknown>
  try {
    properties = ((JSON.parse(body) as { properties?: unknown }).properties ?? {}) as Record<string, unknown>
  } catch (error) {
    const message = `The request content was invalid and could not be deserialized: '${String(error)}'.`
    return { code: 'InvalidRequestContent', message }
  }
  const { language, languageVersion, baseImageName, requirementsFileContent } = properties
  for (const [name, value] of Object.entries({ languageVersion, baseImageName, requirementsFileContent })) {
    if (value !== undefined && value !== null && typeof value !== 'string')
      return badRequest(`'${name}' must be a string.`)
  }
  if (typeof language !== 'string' || language === '') return badRequest("The property 'language' is required.")
  if (language.toLowerCase() !== 'python') return badRequest(`The language '${language}' is not supported.`)
  if (Boolean(languageVersion) === Boolean(baseImageName)) {
    return badRequest("Exactly one of 'languageVersion' and 'baseImageName' must be provided.")
  }
  return {
    language,
    ...(languageVersion ? { languageVersion: languageVersion as string } : {}),
    ...(baseImageName ? { baseImageName: baseImageName as string } : {}),
    ...(requirementsFileContent == null ? {} : { requirementsFileContent: requirementsFileContent as string }),
  }
}

function readExtensions(body: string): readonly LanguageExtension[] | ArmError {
  let value: unknown
  try {
    value = (JSON.parse(body) as { value?: unknown }).value
  } catch (error) {
    return { code: 'InvalidRequestContent', message: `The request content was invalid: '${String(error)}'.` }
  }
  if (!Array.isArray(value) || value.length === 0) return badRequest("The property 'value' is required.")
  const extensions = value as readonly LanguageExtension[]
  const odd = extensions.find(
    each =>
      !['PYTHON', 'R'].includes(each.languageExtensionName) ||
      (each.languageExtensionImageName === 'PythonCustomImage') !==
        (each.languageExtensionCustomImageName !== undefined),
  )
  return odd === undefined ? extensions : badRequest(`The extension ${JSON.stringify(odd)} is not valid.`)
}

function badRequest(message: string): ArmError {
  return { code: 'BadRequest', message: `[BadRequest] ${message}` }
}
