import type { ImageContent } from '../../emulator/azure/cluster.js'

/** The image of the actions, and others of the cluster. */
export const imageName = 'forecasting'
export const familyName = `${imageName}-*`
/** A member of the family that an earlier run has named. */
export const memberName = `${imageName}-20261120-070000-c0ffee`
export const formerName = 'former'
export const otherName = 'fraud'
export const basedName = 'based'

/** A query that tests an image, and the file that holds it. */
export const queryFile = 'tests/forecast.kql'
export const queryText = 'forecast() | project passed'

/** Files of requirements by a letter. What a asks for is in c too. */
export const files = {
  a: 'pandas==2.2.2\nscikit-learn==1.4.2',
  b: 'polars==1.0.0',
  c: 'pandas==2.2.2\nscikit-learn==1.4.2\nplotly==5.22.0',
} as const

export type FileName = keyof typeof files

/** The file whose installation fails. */
export const impossible = 'no-such-package==1.0.0'

/** An image of a version, as the others of the cluster are. */
export function contentOf(file: FileName, more: Partial<ImageContent> = {}): ImageContent {
  return { language: 'Python', languageVersion: '3.10.8', requirementsFileContent: files[file], ...more }
}
