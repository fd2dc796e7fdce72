import { isDeepStrictEqual } from 'node:util'
import { sameName } from '../format.js'
import { isCut, longestWord, objectIn, textIn, wordIn } from '../json.js'
import { type Requirements, requirementsOf } from '../requirements/requirements.js'
import { physicalLines } from '../requirements/grammar/python-whitespace.js'

/** Says what an image is built upon; exactly one is stated. */
export type Foundation = { readonly languageVersion: string } | { readonly baseImageName: string }

/** Holds what an image is to contain, in the user's words. */
export type DesiredImage = {
  readonly language: string
  readonly foundation: Foundation
  readonly requirements: Requirements
}

/** Holds an image as the service shows it. What it left out is undefined. */
export type CurrentImage = {
  readonly id: string
  /** Without the cluster. */
  readonly name: string
  /** The provisioning state; a finished resource without one has succeeded (ARM's contract). */
  readonly state: string
  readonly language: string | undefined
  readonly languageVersion: string | undefined
  readonly baseImageName: string | undefined
  /** Cut where it is longer than any that this action sends. */
  readonly requirementsText: string
  /** When it was last changed, in milliseconds since the epoch, where the service says so. */
  readonly changedAt: number | undefined
}

/** Names a respect in which an image differs from what is wanted. */
export type Difference = 'requirements' | 'language' | 'language-version' | 'base-image'

/**
 * Tells in what `current` differs from `desired`, whatever the spelling.
 *
 * What the service adds of itself is no change: it answers `PYTHON` where `Python` was sent, may complete `3.10` to
 * `3.10.8`, may show the managed image that a version comes from, or leave out what was given. Azure's names know no case.
 */
export function differences(desired: DesiredImage, current: CurrentImage): Difference[] {
  const found: Difference[] = []
  if (!sameName(desired.language, current.language)) found.push('language')
  const { foundation } = desired
  if ('baseImageName' in foundation) {
    if (!sameName(foundation.baseImageName, current.baseImageName)) found.push('base-image')
  } else if (current.baseImageName !== undefined && managedVersion(current.baseImageName) === undefined) {
    // Built upon an image of someone's, with whatever that holds.
    found.push('base-image')
  } else if (!isVersion(foundation.languageVersion, current)) found.push('language-version')
  if (!holds(current, desired.requirements)) found.push('requirements')
  return found
}

/** Whether the image is of this version, as far as it shows one: `3.10.8` is a `3.10`. */
function isVersion(wanted: string, { languageVersion, baseImageName = '' }: CurrentImage): boolean {
  const shown = languageVersion ?? managedVersion(baseImageName)
  return shown === undefined || shown === wanted || shown.startsWith(`${wanted}.`)
}

/** The version of Python of an image that the service manages, such as `Python3_10_8_DL`. */
function managedVersion(name: string): string | undefined {
  const digits = /^Python(\d+)_(\d+)_(\d+)(?:_DL)?$/i.exec(name)?.slice(1)
  return digits?.join('.')
}

function holds({ requirementsText }: CurrentImage, { text, sha256 }: Requirements): boolean {
  // What the service was sent it shows again, letter by letter; then nothing needs to be parsed.
  if (requirementsText === text) return true
  const content = contentOf(requirementsText)
  return content.whole && requirementsOf(content.text).sha256 === sha256
}

/** Limits the lines of an image's requirements that are parsed: that many take tenths of a second, and no sandbox has a tenth of them. */
export const mostLines = 20_000

/** Returns as much of an image's requirements as is parsed, and whether that is all. */
export function contentOf(requirementsText: string): { readonly text: string; readonly whole: boolean } {
  let count = 0
  for (const { start } of physicalLines(requirementsText)) {
    if (++count > mostLines) return { text: requirementsText.slice(0, start), whole: false }
  }
  return { text: requirementsText, whole: !isCut(requirementsText) }
}

/** Tells whether the image, or that there is none, is as it was; of content that was cut nobody can tell. @internal */
export function isUnchanged(before: CurrentImage | undefined, now: CurrentImage | undefined): boolean {
  return isDeepStrictEqual(before, now) && !(now !== undefined && isCut(now.requirementsText))
}

/** Returns the body of the request that builds the image, in the order of the documented examples. */
export function requestBody(desired: DesiredImage): string {
  const { text } = desired.requirements
  return JSON.stringify({
    properties: {
      language: desired.language,
      ...desired.foundation,
      ...(text === '' ? {} : { requirementsFileContent: text }),
    },
  })
}

/** Returns the image in an answer of the service, or undefined where the answer holds none. */
export function imageFrom(body: unknown): CurrentImage | undefined {
  const resource = objectIn(body)
  const properties = objectIn(resource?.['properties'])
  if (resource === undefined || properties === undefined) return undefined
  const id = wordIn(resource['id']) ?? ''
  const name = wordIn(resource['name']) ?? id
  // Cut, they would be those of another image.
  if (isCut(id, longestWord) || isCut(name, longestWord)) return undefined
  const systemData = objectIn(resource['systemData'])
  const changed = Date.parse(wordIn(systemData?.['lastModifiedAt']) ?? wordIn(systemData?.['createdAt']) ?? '')
  return {
    id,
    // In the resource's own name, the cluster comes first.
    name: name.replace(/^.*\//, ''),
    state: wordIn(properties['provisioningState']) ?? 'Succeeded',
    language: wordIn(properties['language']),
    languageVersion: wordIn(properties['languageVersion']),
    baseImageName: wordIn(properties['baseImageName']),
    requirementsText: textIn(properties['requirementsFileContent']) ?? '',
    changedAt: Number.isNaN(changed) ? undefined : changed,
  }
}
