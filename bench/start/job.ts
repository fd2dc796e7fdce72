import { stepInputs } from '../../emulator/github/action-file.js'
import type { World } from '../../emulator/world.js'

/** The requirements file of the job that is measured. */
export const requirements = `# Packages of the forecasting functions.
pandas==2.2.2
numpy==1.26.4
prophet==1.1.5
statsmodels==0.14.2
scikit-learn==1.4.2
holidays>=0.48,<0.60
azure-kusto-data[pandas]==4.5.1; python_version >= "3.10"
`

/** Its image. */
export const image = 'forecasting'
const languageVersion = '3.10.8'

/** Puts the image there that the file asks for. */
export function putImage({ cluster }: World): void {
  cluster.images.set(image, { language: 'Python', languageVersion, requirementsFileContent: requirements.trimEnd() })
}

/** The `with` of the job's step. */
export function inputsFor(world: World): Record<string, string> {
  return stepInputs(world, image)
}
