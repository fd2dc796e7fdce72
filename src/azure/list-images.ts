import { Failure } from '../failure.js'
import { type CurrentImage, imageFrom } from '../model/image.js'
import { type ImageFamily, isMember, membersIn } from '../model/image-family.js'
import type { ListedImage } from '../model/retention.js'
import { objectIn, textIn } from '../json.js'
import type { AzureContext } from './arm.js'
import { accessTo } from './permissions.js'
import { readOnce, readWithRetry } from './read-resource.js'
import { clusterId, resourceUrl, type Target } from '../model/target.js'

/** A cluster has some images, not thousands, for each takes 10 GB of every node: more pages than this are a circle. */
const mostPages = 100
const mostImages = 5_000

/** Bytes of a page: a hundred images, each with requirements of 80 KB. */
const longestPage = 8 * 1024 * 1024

type Page = { readonly images: readonly CurrentImage[]; readonly next: string | undefined }

/**
 * Returns all images of the cluster, from the first page of the list to the last, without their content.
 * @throws {Failure} when the service refuses, or when the list leads elsewhere and so is not known as a whole.
 */
export async function listImages(target: Target, azure: AzureContext): Promise<readonly ListedImage[]> {
  const images: ListedImage[] = []
  for await (const { id, name, state, baseImageName, changedAt } of eachImage(target, azure))
    images.push({ id, name, state, baseImageName, changedAt })
  return images
}

/**
 * Returns the members of a family, with their content, the newest first.
 * @throws {Failure} as {@link listImages} does.
 */
export async function listMembers(
  family: ImageFamily,
  target: Target,
  azure: AzureContext,
): Promise<readonly CurrentImage[]> {
  const members: CurrentImage[] = []
  for await (const image of eachImage(target, azure)) if (isMember(family, image.name)) members.push(image)
  return membersIn(members, family)
}

async function* eachImage(target: Target, azure: AzureContext): AsyncGenerator<CurrentImage> {
  let count = 0
  let url: string | undefined = resourceUrl(target, `${clusterId(target)}/sandboxCustomImages`)
  for (let pages = 0; url !== undefined; pages++) {
    if (!azure.arm.isTrustedUrl(url)) throw incomplete(target, 'points to a host other than Azure Resource Manager')
    if (pages === mostPages) throw incomplete(target, `has more than ${mostPages} pages`)
    const page: Page = await pageAt(url, target, azure)
    count += page.images.length
    if (count > mostImages) throw incomplete(target, `holds more than ${mostImages} images`)
    yield* page.images
    url = page.next
  }
}

async function pageAt(url: string, target: Target, azure: AzureContext): Promise<Page> {
  const access = accessTo('listImages', target)
  const readPage = () => readOnce({ url, longest: longestPage, access, read }, target, azure)
  const page = await readWithRetry(readPage, access, target, azure)
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

/** @param how it is not complete, in a clause. */
function incomplete({ cluster }: Target, how: string): Failure {
  return new Failure({
    code: 'list-incomplete',
    headline: `The list of the images of cluster ${cluster} ${how}, so nothing was changed.`,
    details: [
      'An image that is missing from the list may be built on one that would be deleted, or hold what would be built.',
    ],
    remedy: 'Run the workflow again; if it fails again, open a support request.',
  })
}
