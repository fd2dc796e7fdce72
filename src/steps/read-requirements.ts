import { pluralize } from '../format.js'
import { noRequirements, readRequirements, type Requirements } from '../requirements/requirements.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/**
 * Reads the requirements file and all that it includes.
 * @throws {Failure} when it is not there, lies outside the workspace, or is no text.
 */
export async function readRequirementsFile(run: CheckContext): Promise<Requirements> {
  const { inputs, state, runtime, phase } = run
  const { log, files } = runtime
  return phase('Read the requirements', async () => {
    if (inputs.requirementsFile === '') {
      log.line('The input requirements-file is empty: the image gets no packages of its own.')
      return (state.requirements = noRequirements)
    }
    const requirements = await readRequirements(inputs.requirementsFile, files, yieldToEventLoop(run))
    log.line(`${requirements.files.join(', ')}: ${pluralize(requirements.entries.length, 'requirement')}`)
    if (requirements.unread.length > 0) {
      log.line(`${pluralize(requirements.unread.length, 'included file')} could not be read.`, 'bad')
      return requirements
    }
    log.line(`SHA-256 of the normalized requirements: ${requirements.sha256}`, 'quiet')
    return (state.requirements = requirements)
  })
}
