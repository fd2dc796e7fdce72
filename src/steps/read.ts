import type { Inputs } from '../inputs.js'
import { counted } from '../phrases.js'
import { noRequirements, readRequirements } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import type { World } from './scene.js'

/**
 * Reads the requirements file and all that it includes.
 * @throws {Failure} when one of them is not there, lies outside the workspace, or is no text.
 */
export async function read({ requirementsFile }: Inputs, { files, log }: World): Promise<Requirements> {
  if (requirementsFile === '') {
    log.line('No requirements file is given: the image gets no packages of its own.')
    return noRequirements
  }
  const requirements = await readRequirements(requirementsFile, files)
  log.line(`${requirements.files.join(', ')}: ${counted(requirements.entries.length, 'requirement')}`)
  log.line(`SHA-256 by meaning: ${requirements.sha256}`, 'quiet')
  return requirements
}
