import { armError, type ArmError, requestConflict, resourceNotFound } from './arm-errors.js'
import type { Arm, ArmCall, ArmSettings } from './arm-call.js'
import { clusterId, type Image, type ImageContent, imageId, type LanguageExtension, showImage } from './cluster.js'
import { type Answer, json } from '../network/messages.js'
import { retryAfter } from './operation-results.js'
import type { Operation, Operations, Outcome } from './operations.js'

const terminalStates = ['Succeeded', 'Failed', 'Canceled']

/** An image as an answer shows it: with dates from a version of the API on, where the service fills them. */
function shown(image: Image, { arm, request }: ArmCall, state = image.provisioningState): object {
  const { cluster, operations, settings } = arm
  const isRecent = (request.query.get('api-version') ?? '') >= '2025-02-14'
  const last = operations.all.findLast(operation => operation.image === image.name)
  const createdAt = isRecent && settings.systemData && last !== undefined ? new Date(last.from) : undefined
  return showImage(cluster, image, settings.completion, state, createdAt)
}

/** Lists the images, in pages where the world is set to. */
export function listImages(call: ArmCall): Answer {
  const { arm, request } = call
  const { images: seen } = arm.stateHistory.read('list')
  const images = seen.map(image => shown(image, call))
  const from = Number(request.query.get('$skiptoken') ?? 0)
  const end = from + (arm.settings.listPage ?? images.length)
  const url = `https://${arm.cloud.armHost}${request.path}?api-version=${request.query.get('api-version')}`
  const more = end < images.length ? { nextLink: `${url}&$skiptoken=${end}` } : {}
  return json(200, { value: images.slice(from, end), ...more })
}

/** Tells whether a new image may have a name. */
export function checkName({ arm, request }: ArmCall): Answer {
  const { value } = { value: undefined, ...memberOf(request.body, 'name') }
  if (typeof value !== 'string') return armError(400, 'BadRequest', "[BadRequest] The property 'name' is required.")
  if (!arm.settings.imageNames.test(value)) {
    const message = `The name '${value}' is not a valid name of a sandbox custom image.`
    return json(200, { name: value, nameAvailable: false, reason: 'Invalid', message })
  }
  const isTaken = arm.cluster.images.get(value) !== undefined
  const message = `Sandbox custom image '${value}' already exists.`
  const reason = isTaken ? { reason: 'AlreadyExists', message } : {}
  return json(200, { name: value, nameAvailable: !isTaken, ...reason })
}

const buildCommand = 'SandboxCustomImageCreateOrUpdateCommand'

/** Answers with an image. */
export function getImage(call: ArmCall): Answer {
  const { arm, resource } = call
  const name = (resource.image ?? '').toLowerCase()
  const image = arm.stateHistory.read('image').images.find(each => each.name.toLowerCase() === name)
  if (image) return json(200, shown(image, call))
  const path = `Microsoft.Kusto/clusters/${resource.cluster}/sandboxCustomImages/${resource.image}`
  return resourceNotFound(path, resource.group)
}

/** Starts a build, even of what is there already: the service does not compare. */
export function putImage(call: ArmCall): Answer {
  const { arm, request, resource } = call
  const content = readContent(request.body)
  if ('code' in content) return armError(400, content.code, content.message)
  const name = resource.image ?? ''
  const conflict = conflictWith(call, 'create or update sandbox custom image')
  if (conflict) return conflict

  const repeated = arm.operations.underWay(name)
  const isNew = arm.cluster.images.get(name) === undefined
  const change = { kind: buildCommand, image: name, content, ...(repeated && failingFast(arm, name)) } as const
  const headers = start(call, change, arm.settings.putHeaders)
  const image = arm.cluster.images.get(name)
  // `Accepted` is what the service says here, though its description does not know the state.
  return json(isNew ? 201 : 200, image && shown(image, call, 'Accepted'), headers)
}

/** Switches the cluster to other images, by language. */
export function addLanguageExtensions(call: ArmCall): Answer {
  const { arm, request } = call
  const extensions = readExtensions(request.body)
  if ('code' in extensions) return armError(400, extensions.code, extensions.message)
  for (const { languageExtensionCustomImageName: name } of extensions) {
    if (name === undefined || arm.cluster.images.get(name)?.provisioningState === 'Succeeded') continue
    return armError(400, 'BadRequest', `[BadRequest] Sandbox custom image '${name}' does not exist or is not ready.`)
  }
  const change = { kind: 'ClusterLanguageExtensionsAddCommand', image: '', extensions } as const
  return conflictWith(call, 'add language extensions') ?? accept(call, change)
}

/** Deletes an image; answers 204 where there is none. */
export function deleteImage(call: ArmCall): Answer {
  const image = call.resource.image ?? ''
  if (!call.arm.cluster.images.get(image)) return { status: 204, headers: {}, body: '' }
  const change = { kind: 'SandboxCustomImageDeleteCommand', image } as const
  return conflictWith(call, 'delete sandbox custom image') ?? accept(call, change)
}

type Change = Parameters<Operations['start']>[0]

function accept(call: ArmCall, change: Omit<Change, 'by'>): Answer {
  return { status: 202, headers: start(call, change, ['Azure-AsyncOperation', 'Location']), body: '' }
}

/** Starts an operation and returns the headers that name its URLs. */
function start(call: ArmCall, change: Omit<Change, 'by'>, names: ArmSettings['putHeaders']): Record<string, string> {
  const { arm, principal, request } = call
  const operation = arm.operations.start({ ...change, by: principal.clientId, request: request.number })
  const targets = { 'Azure-AsyncOperation': operation.statusTarget, Location: operation.resultTarget }
  const urls = names.map(name => [name, `https://${arm.cloud.armHost}${targets[name]}`])
  return { ...Object.fromEntries(urls), ...retryAfter(call) }
}

/** Why the cluster cannot be changed now, if so. */
function conflictWith({ arm, principal, request, resource }: ArmCall, change: string): Answer | undefined {
  const { cluster, settings } = arm
  if (!['Running', 'Updating'].includes(cluster.state)) {
    return armError(400, 'BadRequest', `[BadRequest] Cannot ${change} while resource is in state '${cluster.state}'.`)
  }
  if (!terminalStates.includes(cluster.provisioningState)) return requestConflict(clusterId(cluster))
  const own = resource.image === undefined ? undefined : arm.operations.underWay(resource.image)
  // A build beside a build alone: nothing is deleted while it is built, or built while it is deleted.
  const isRepeated = request.method === 'PUT' && own?.kind === buildCommand && own.by === principal.clientId
  if (settings.repeatedPut === 'second-operation' && isRepeated) return undefined
  const isScoped = settings.conflictScope === 'image' && resource.image !== undefined
  const blocking = isScoped ? own : arm.operations.underWay()
  return blocking && requestConflict(imageId(cluster, blocking.image))
}

/** A second operation beside the first one: accepted, then over in a moment without touching the image. */
function failingFast({ cluster, clock }: Arm, image: string): Pick<Operation, 'to' | 'holdsImage' | 'outcome'> {
  const message = `[Conflict] Another operation is in progress on '${imageId(cluster, image)}'.`
  const outcome: Outcome = { status: 'Failed', error: { code: 'Conflict', message } }
  return { to: clock.now() + 1000, holdsImage: false, outcome }
}

function readContent(body: string): ImageContent | ArmError {
  const properties = memberOf(body, 'properties')
  if ('code' in properties) return properties
  const content = (properties.value ?? {}) as Record<string, unknown>
  const { language, languageVersion, baseImageName, requirementsFileContent } = content
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
  const list = memberOf(body, 'value')
  if ('code' in list) return list
  if (!Array.isArray(list.value) || list.value.length === 0) return badRequest("The property 'value' is required.")
  const extensions = list.value as readonly LanguageExtension[]
  const odd = extensions.find(
    each =>
      !['PYTHON', 'R'].includes(each.languageExtensionName) ||
      (each.languageExtensionImageName === 'PythonCustomImage') !==
        (each.languageExtensionCustomImageName !== undefined),
  )
  return odd === undefined ? extensions : badRequest(`The extension ${JSON.stringify(odd)} is not valid.`)
}

function memberOf(body: string, name: string): { readonly value: unknown } | ArmError {
  try {
    return { value: (JSON.parse(body) as Record<string, unknown>)[name] }
  } catch (error) {
    const message = `The request content was invalid and could not be deserialized: '${String(error)}'.`
    return { code: 'InvalidRequestContent', message }
  }
}

function badRequest(message: string): ArmError {
  return { code: 'BadRequest', message: `[BadRequest] ${message}` }
}
