import { Failure } from '../failure.js'
import { imageFrom } from '../image/image.js'
import type { CurrentImage } from '../image/image.js'
import { objectIn, textIn } from '../json.js'
import type { Answer } from './arm.js'
import type { Means } from './means.js'
import { readingImages, refusal } from './refusal.js'
import { glanceAt, lookUntilSeen } from './sight.js'
import { clusterId, resourceUrl } from './target.js'
import type { Target } from './target.js'

/** A cluster has some images, not thousands: more pages than this are a circle. */
const mostPages = 200

type Page = { readonly images: readonly CurrentImage[]; readonly next: string | undefined }

/**
 * All images of the cluster, from the first page of the list to the last.
 * @throws {Failure} when the service refuses, or when the list leads elsewhere and so is not known as a whole.
 */
export async function listImages(target: Target, means: Means): Promise<readonly CurrentImage[]> {
  const images: CurrentImage[] = []
  let url: string | undefined = resourceUrl(target, `${clusterId(target)}/sandboxCustomImages`)
  for (let pages = 0; url !== undefined; pages++) {
    if (pages === mostPages || !means.arm.follows(url)) throw incomplete(target)
    const page: Page = await pageAt(url, target, means)
    images.push(...page.images)
    url = page.next
  }
  return images
}

async function pageAt(url: string, target: Target, means: Means): Promise<Page> {
  const errand = readingImages(target)
  const missing = (answer: Answer) => Promise.reject(refusal(errand, answer, target))
  const page = await lookUntilSeen(() => glanceAt({ url, errand, read, missing }, target, means), errand, means)
  if (page === undefined) throw new Error('a missing list is a refusal')
  return page
}

function read(body: unknown): Page | undefined {
  const list = objectIn(body)
  const value: unknown = list?.['value']
  if (!Array.isArray(value)) return undefined
  const images = (value as readonly unknown[]).map(imageFrom)
  // What cannot be read could be built upon any other one.
  if (images.includes(undefined)) return undefined
  return { images: images as readonly CurrentImage[], next: textIn(list?.['nextLink']) }
}

function incomplete({ cluster }: Target): Failure {
  return new Failure({
    code: 'list-incomplete',
    message: `The list of the images of cluster ${cluster} leads away from Azure Resource Manager, or has no end, so nothing was deleted: another image may be built upon one of them.`,
    remedy: 'Run the job again; open a support request if it stays so.',
  })
}
