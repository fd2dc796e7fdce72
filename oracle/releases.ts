/** pip: a release that vendors an old `packaging`, the last such one, the last of 2025, and the newest, which is followed. */
export const pipReleases = ['23.2', '24.0', '25.3', '26.3'] as const

/** The newest release of `packaging`. */
export const packagingRelease = '26.4'

/** uv: the oldest release that the action asks, and the newest, which is followed. */
export const uvReleases = ['0.5.0', '0.13.9'] as const

/** The linter of workflows; not recorded, but run by `npm run zizmor`. */
export const zizmorRelease = '1.32.0'

/** GitHub's own renderer of Markdown. */
export const cmarkgfmRelease = '2025.10.22'

/** The parser of Terraform's language, in Python. */
export const hclRelease = '8.1.4'

/** The Azure CLI, whose help tells which options its commands have. */
export const azureCliRelease = '2.91.0'
