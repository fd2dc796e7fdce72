import { joinList } from '../../format.js'

/** A version of Python that a sandbox image can have, by the service's documentation. */
type OfferedVersion = {
  readonly version: string
  /** The managed images that have it. */
  readonly images: readonly string[]
  /** Whether `language-version` may name it; else only its managed image is left. */
  readonly asLanguageVersion: boolean
  /** The last day of the month in which this minor version of Python gets its last security fix. */
  readonly supportEnds: string
}

/**
 * Lists the versions, the newest first. @internal
 * Images: the names that the service's API documents. Versions: "currently 3.10.8 or 3.11.7 on Windows"
 * (https://learn.microsoft.com/kusto/query/python-plugin); the list of packages calls 3.6.5 a legacy image. Ends of
 * support: PEP 664, PEP 619 and PEP 494.
 */
export const offeredVersions: readonly OfferedVersion[] = [
  {
    version: '3.11.7',
    images: ['Python3_11_7', 'Python3_11_7_DL'],
    asLanguageVersion: true,
    supportEnds: '2027-10-31',
  },
  {
    version: '3.10.8',
    images: ['Python3_10_8', 'Python3_10_8_DL'],
    asLanguageVersion: true,
    supportEnds: '2026-10-31',
  },
  { version: '3.6.5', images: ['Python3_6_5'], asLanguageVersion: false, supportEnds: '2021-12-31' },
]

/** Says what there is to know of the version or the managed image of the inputs. */
export type OfferedNote = {
  /** It is not offered; or it is, but its Python gets no security fixes any more. */
  readonly kind: 'not-offered' | 'support-ended'
  /** In sentences, with what to write instead. */
  readonly message: string
}

/**
 * Tells whether the service offers a version of Python or a managed image, and whether that Python is still supported;
 * undefined where there is nothing to know, as of a custom image.
 *
 * @param now in milliseconds since 1970.
 */
export function offeredNote(
  foundation: { readonly languageVersion: string } | { readonly baseImageName: string },
  now: number,
): OfferedNote | undefined {
  const isVersion = 'languageVersion' in foundation
  const name = isVersion ? foundation.languageVersion : foundation.baseImageName
  if (!isVersion && !/^Python\d+_\d+(?:_\d+)?(?:_DL)?$/i.test(name)) return undefined
  const offered = offeredVersions.find(({ version, images, asLanguageVersion }) =>
    isVersion
      ? asLanguageVersion && version === name
      : images.some(image => image.toLowerCase() === name.toLowerCase()),
  )
  const [input, what] = isVersion ? ['language-version', 'Python'] : ['base-image-name', 'managed image']
  const named = (each: OfferedVersion) => (isVersion ? [each.version] : each.images)
  const choices = offeredVersions.filter(each => !isVersion || each.asLanguageVersion)
  if (offered === undefined) {
    const list = joinList(choices.flatMap(named).map(each => `"${each}"`))
    const ended = choices.filter(each => isEnded(each, now)).map(minorOf)
    const note = ended.length === 0 ? '' : ` There are no security fixes any more for Python ${joinList(ended)}.`
    return {
      kind: 'not-offered',
      message: `The documentation of the service does not offer ${what} "${name}", so the build may fail. It offers ${list}.${note} Set ${input} to "${newestOf(choices, named)}".`,
    }
  }
  if (!isEnded(offered, now)) return undefined
  return {
    kind: 'support-ended',
    message: `Python ${minorOf(offered)} has had no security fixes since ${offered.supportEnds.slice(0, 7)}, and new versions of packages no longer support it. Set ${input} to "${newestOf(choices, named)}".`,
  }
}

function newestOf(choices: readonly OfferedVersion[], named: (each: OfferedVersion) => readonly string[]): string {
  return choices.slice(0, 1).flatMap(named)[0] ?? ''
}

function minorOf({ version }: OfferedVersion): string {
  return version.split('.').slice(0, 2).join('.')
}

function isEnded({ supportEnds }: OfferedVersion, now: number): boolean {
  return now > Date.parse(`${supportEnds}T23:59:59Z`)
}
