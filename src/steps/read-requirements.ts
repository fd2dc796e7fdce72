import { Failure } from '../failure.js'
import { pluralize } from '../format.js'
import { ReadFailure } from '../requirements/file/read-failure.js'
import { includeFinding } from '../requirements/findings/check-entries.js'
import { noRequirements, readRequirements } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import { noteFindings, refuseFindings } from './report-findings.js'
import { yieldToEventLoop } from './context.js'
import type { CheckContext } from './context.js'

/**
 * Reads the requirements file and all that it includes.
 * @throws {Failure} when it is not there, lies outside the workspace, or is no text.
 */
export async function readRequirementsFile(run: CheckContext): Promise<Requirements> {
  const { inputs, state, runtime, phase } = run
  const { log, files } = runtime
  return phase('Read the requirements', async () => {
    if (inputs.requirementsFile === '') {
      log.line('No requirements file is given: the image gets no packages of its own.')
      return (state.requirements = noRequirements)
    }
    const requirements = await readRequirements(inputs.requirementsFile, files, yieldToEventLoop(run)).catch(
      (error: unknown) => {
        if (!(error instanceof ReadFailure)) throw error
        const { fault, advice, place } = error
        if (place === undefined) {
          const code = fault === 'not-found' ? 'requirements-not-found' : 'requirements-unreadable'
          throw new Failure({ code, message: advice.problem, remedy: advice.remedy })
        }
        noteFindings([includeFinding({ fault, advice, place })], run)
        refuseFindings(run)
        throw error
      },
    )
    log.line(`${requirements.files.join(', ')}: ${pluralize(requirements.entries.length, 'requirement')}`)
    if (requirements.unread.length > 0) {
      log.line(`${pluralize(requirements.unread.length, 'included file')} could not be read.`, 'bad')
      return requirements
    }
    log.line(`SHA-256 by meaning: ${requirements.sha256}`, 'quiet')
    return (state.requirements = requirements)
  })
}
