import { armError, requestConflict } from './arm-errors.js'
import type { ArmError } from './arm-errors.js'
import type { Visit } from './arm-routes.js'
import { clusterId, imageId, showImage } from './cluster.js'
import type { ImageContent, LanguageExtension } from './cluster.js'
import { json } from '../network/messages.js'
import type { Answer } from '../network/messages.js'
import { retryAfter } from './operation-results.js'
import type { Operation } from './operations.js'

const terminalStates = ['Succeeded', 'Failed', 'Canceled']

/** Lists the images, in pages where the world is set to. */
export function listImages({ arm, request }: Visit): Answer {
  const { images: seen } = arm.sights.read('list')
  const images = seen.map(image => showImage(arm.cluster, image, arm.settings.completion))
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const end = from + (arm.settings.listPage ?? images.length)
  const url = `https://${arm.cloud.armHost}${request.path}?api-version=${request.query.get('api-version')}`
  const more = end < images.length ? { nextLink: `${url}&$skiptoken=${end}` } : {}
  return json(200, { value: images.slice(from, end), ...more })
}

export function getImage({ arm, place }: Visit): Answer {
  const name = (place.image ?? '').toLowerCase()
  const image = arm.sights.read('image').images.find(each => each.name.toLowerCase() === name)
  if (image) return json(200, showImage(arm.cluster, image, arm.settings.completion))
  const type = `Microsoft.Kusto/clusters/${place.cluster}/sandboxCustomImages/${place.image}`
  const message =
    `The Resource '${type}' under resource group '${place.group}' was not found. ` +
    'For more details please go to https://aka.ms/ARMResourceNotFoundFix'
  return armError(404, 'ResourceNotFound', message)
}

/** Starts a build, even of what is there already: the service does not compare. */
export function putImage(visit: Visit): Answer {
  const { arm, request, principal, place } = visit
  const content = readContent(request.body)
  if ('code' in content) return armError(400, content.code, content.message)
  const name = place.image ?? ''
  const hindrance = hindranceOf(visit, 'create or update sandbox custom image')
  if (hindrance) return hindrance

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
  return json(isNew ? 201 : 200, shown, operationHeaders(visit, operation, arm.settings.putHeaders))
}

/** Switches the cluster to other images, by language. */
export function addLanguageExtensions(visit: Visit): Answer {
  const { arm, request, principal } = visit
  const extensions = readExtensions(request.body)
  if ('code' in extensions) return armError(400, extensions.code, extensions.message)
  for (const { languageExtensionCustomImageName: name } of extensions) {
    if (name === undefined || arm.cluster.images.get(name)?.provisioningState === 'Succeeded') continue
    return armError(400, 'BadRequest', `[BadRequest] Sandbox custom image '${name}' does not exist or is not ready.`)
  }
  const hindrance = hindranceOf(visit, 'add language extensions')
  if (hindrance) return hindrance
  const operation = arm.operations.start({
    kind: 'ClusterLanguageExtensionsAddCommand',
    image: '',
    extensions,
    by: principal.clientId,
    request: request.number,
  })
  return { status: 202, headers: operationHeaders(visit, operation, ['Azure-AsyncOperation', 'Location']), body: '' }
}

export function deleteImage(visit: Visit): Answer {
  const { arm, request, principal, place } = visit
  const name = place.image ?? ''
  if (!arm.cluster.images.get(name)) return { status: 204, headers: {}, body: '' }
  const hindrance = hindranceOf(visit, 'delete sandbox custom image')
  if (hindrance) return hindrance
  const operation = arm.operations.start({
    kind: 'SandboxCustomImageDeleteCommand',
    image: name,
    by: principal.clientId,
    request: request.number,
  })
  return { status: 202, headers: operationHeaders(visit, operation, ['Azure-AsyncOperation', 'Location']), body: '' }
}

function operationHeaders(
  visit: Visit,
  operation: Operation,
  names: ('Azure-AsyncOperation' | 'Location')[],
): Record<string, string> {
  const origin = `https://${visit.arm.cloud.armHost}`
  const urls = {
    'Azure-AsyncOperation': `${origin}${operation.statusTarget}`,
    Location: `${origin}${operation.resultTarget}`,
  }
  return { ...Object.fromEntries(names.map(name => [name, urls[name]])), ...retryAfter(visit) }
}

/** Why the cluster cannot be changed now, if so. */
function hindranceOf({ arm, principal, place }: Visit, change: string): Answer | undefined {
  const { cluster, settings } = arm
  if (!['Running', 'Updating'].includes(cluster.state)) {
    return armError(400, 'BadRequest', `[BadRequest] Cannot ${change} while resource is in state '${cluster.state}'.`)
  }
  if (!terminalStates.includes(cluster.provisioningState)) return requestConflict(clusterId(cluster))
  const own = place.image === undefined ? undefined : arm.operations.underWay(place.image)
  const mayRepeat = settings.repeatedPut === 'second-operation' && own?.by === principal.clientId
  const blocking = mayRepeat
    ? undefined
    : settings.conflictScope === 'image' && place.image !== undefined
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
