import { Failure } from '../failure.js'
import { contentOf } from '../model/image.js'
import type { CurrentImage } from '../model/image.js'
import { pluralize } from '../format.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import type { CurrentRequirements } from '../requirements/resolver/resolution.js'
import { requirementsOf } from '../requirements/requirements.js'
import type { Requirements } from '../requirements/requirements.js'
import { countedFindings, noteFindings } from './report-findings.js'
import type { CheckContext } from './context.js'

/**
 * Has uv or pip resolve the requirements, unless the user wants neither.
 * @param current what the image holds, where what changes in it is to be known.
 * @throws {Failure} where the user insists and neither could.
 */
export async function resolveRequirements(
  requirements: Requirements,
  current: CurrentRequirements | undefined,
  run: CheckContext,
): Promise<void> {
  const { inputs, state, runtime, phase, signal } = run
  const { log } = runtime
  if (inputs.resolve === 'false') return
  await phase('Resolve the requirements', async () => {
    if (state.findings.some(({ severity }) => severity === 'error')) {
      log.line('Skipped: correct the errors above first.', 'quiet')
      return
    }
    const target = pythonTargetOf(inputs.foundation)
    // What few runs need is loaded by those alone.
    const [tools, { resolveWithTools }] = await Promise.all([
      runtime.tools(),
      import('../requirements/resolver/resolve.js'),
    ])
    const resolution = (state.resolution = await resolveWithTools(requirements, target, tools, signal, current))
    if (resolution.outcome === 'unavailable') {
      if (inputs.resolve === 'true') throw unresolved(resolution.why)
      log.notice(`Could not check whether the requirements can be installed: ${resolution.why}.`, {
        title: 'not-resolved',
      })
      return
    }
    const { tool, toolVersion, findings, outcome } = resolution
    noteFindings(findings, run, noted => {
      const result =
        outcome === 'resolved' ? pluralize(resolution.packages.length, 'package') : 'they cannot be installed'
      const more = noted.length === 0 ? '' : `; ${countedFindings(noted)}`
      return `${tool} ${toolVersion}, for ${formatPythonTarget(target)}: ${result}${more}.`
    })
  })
}

/** What an image holds, for the Python that it is built on as far as that is known; nothing where there is none. */
export function currentRequirementsOf(image: CurrentImage | undefined): CurrentRequirements {
  const { languageVersion, baseImageName = '', requirementsText = '' } = image ?? {}
  const foundation = languageVersion === undefined ? { baseImageName } : { languageVersion }
  return {
    requirements: requirementsOf(contentOf(requirementsText).text),
    pythonVersion: pythonTargetOf(foundation).pythonVersion,
  }
}

function unresolved(why: string): Failure {
  return new Failure({
    code: 'not-resolved',
    message: `Could not check whether the requirements can be installed, and resolve is true: ${why}.`,
    remedy:
      'Set up uv in an earlier step (astral-sh/setup-uv), see that the package index can be reached, or set resolve to auto to go on without an answer.',
  })
}
