import type { AzureContext } from '../azure/arm.js'
import { readImage } from '../azure/read-resource.js'
import { Failure } from '../failure.js'
import { contentOf, type Foundation } from '../model/image.js'
import type { Target } from '../model/target.js'
import { pythonTargetOf } from '../requirements/evaluate/python-target.js'
import { managedImageNamed, type ManagedImageContents } from '../requirements/managed-images/managed-image.js'
import { offeredNote } from '../requirements/managed-images/offered.js'
import { type Requirements, requirementsOf } from '../requirements/requirements.js'
import type { ResolutionTarget } from '../requirements/resolver/resolution.js'
import type { CheckContext } from './context.js'

/** Holds where custom images can be read. */
type Azure = { readonly target: Target; readonly azure: AzureContext }

/** So many custom images are read, one below the other. */
const mostLayers = 5

/**
 * Finds out what the image is to be built on, where Azure can be asked with the requirements of custom images, and says
 * whether the service offers that.
 */
export async function readBase(run: CheckContext, azure: Azure | undefined): Promise<ResolutionTarget> {
  const { inputs, runtime } = run
  const { foundation, resolve } = inputs
  if (foundation === undefined) return { pythonVersion: undefined }
  const note = offeredNote(foundation, runtime.clock.time())
  const isNeeded = resolve !== 'false' || note?.kind === 'not-offered'
  const found = isNeeded ? await baseOf(foundation, azure) : pythonTargetOf(foundation)
  const isCustom = 'base' in found && found.base !== undefined && found.base.layers.length > 0
  if (note?.kind === 'not-offered' && !isCustom) runtime.log.warning(note.message, { title: note.kind })
  // No fault of this run's, and true of every run: an annotation would be in the way of others.
  if (note?.kind === 'support-ended') runtime.log.line(note.message)
  return found
}

/** Returns the contents of the managed image that the image is built on directly; undefined where it is not such a one. */
export async function managedImageOf(foundation: Foundation | undefined): Promise<ManagedImageContents | undefined> {
  if (foundation === undefined || !('baseImageName' in foundation)) return undefined
  // The contents are loaded for these names alone.
  const isManaged = pythonTargetOf(foundation).pythonVersion !== undefined
  return isManaged ? managedImageNamed(foundation.baseImageName) : undefined
}

/** Finds out what a foundation holds; what is not known is left out. */
export async function baseOf(foundation: Foundation, azure: Azure | undefined): Promise<ResolutionTarget> {
  const name = 'baseImageName' in foundation ? foundation.baseImageName : `Python ${foundation.languageVersion}`
  const layers: Requirements[] = []
  let bottom: Foundation = foundation
  for (;;) {
    const { pythonVersion } = pythonTargetOf(bottom)
    const managed = await managedImageOf(bottom)
    if ('languageVersion' in bottom || managed !== undefined) return { pythonVersion, base: { name, managed, layers } }
    if (azure === undefined || layers.length === mostLayers) return { pythonVersion }
    const image = await readCustomImage(bottom.baseImageName, azure)
    if (image === undefined) return { pythonVersion }
    const content = contentOf(image.requirementsText)
    if (!content.whole) return { pythonVersion: undefined }
    layers.unshift(requirementsOf(content.text))
    const { baseImageName, languageVersion = '' } = image
    bottom = baseImageName === undefined ? { languageVersion } : { baseImageName }
  }
}

async function readCustomImage(image: string, { target, azure }: Azure): ReturnType<typeof readImage> {
  try {
    return await readImage({ ...target, image }, azure)
  } catch (error) {
    // Whether the base can be used, the build will tell.
    if (error instanceof Failure) return undefined
    throw error
  }
}
