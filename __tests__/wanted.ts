import type { ImageContent } from '../emulator/azure/cluster.js'

/** The image of every step, unless its inputs say otherwise. */
export const imageName = 'forecasting'

/** What every step's requirements file says, unless its files say otherwise. */
export const requirements = 'pandas==2.2.2\nscikit-learn==1.4.2'

/** What every step wants, unless its inputs and files say otherwise. */
export const wanted: ImageContent = {
  language: 'Python',
  languageVersion: '3.10.8',
  requirementsFileContent: requirements,
}
