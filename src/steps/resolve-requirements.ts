import { Failure } from '../failure.js'
import { contentOf, type CurrentImage } from '../model/image.js'
import { pluralize, sameName } from '../format.js'
import { baseOf } from './read-base.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import type { CurrentRequirements, ResolutionTarget } from '../requirements/resolver/resolution.js'
import { type Requirements, requirementsOf } from '../requirements/requirements.js'
import { countedFindings, noteFindings } from './check-requirements.js'
import type { CheckContext } from './context.js'

/**
 * Has uv or pip check whether the requirements can be installed, and list what would be, unless the user does not want it.
 * @param current what the image holds, where what changes in it is to be known.
 * @param target what the image is built on.
 * @param preferred versions by name that are kept where they satisfy, before those of the base.
 * @throws {Failure} where the user insists and nobody could say.
 */
export async function resolveRequirements(
  requirements: Requirements,
  current: CurrentRequirements | undefined,
  target: ResolutionTarget,
  run: CheckContext,
  preferred?: ReadonlyMap<string, string>,
): Promise<void> {
  const { inputs, state, runtime, phase, signal } = run
  const { log } = runtime
  if (inputs.resolve === 'false') return
  await phase('Resolve the requirements', async () => {
    if (state.findings.some(({ severity }) => severity === 'error'))
      return log.line('Skipped: correct the errors above first.', 'quiet')
    // What few runs need is loaded by those alone.
    const [tools, { resolveWithTools }] = await Promise.all([
      runtime.tools(),
      import('../requirements/resolver/resolve.js'),
    ])
    const resolution = (state.resolution = await resolveWithTools(
      requirements,
      target,
      tools,
      signal,
      current,
      preferred,
    ))
    if (resolution.outcome === 'unavailable') {
      if (inputs.lock !== 'false') return
      if (inputs.resolve === 'true') throw unresolved(resolution.why)
      const text = `Could not check whether the requirements can be installed: ${resolution.why}. Nothing else is affected.`
      return log.notice(text, { title: 'not-resolved' })
    }
    const { tool, toolVersion, findings, outcome, caveats } = resolution
    noteFindings(findings, run, noted => {
      const result =
        outcome === 'resolved'
          ? pluralize(resolution.packages.length, 'package')
          : 'the requirements cannot be installed'
      const more = noted.length === 0 ? '' : `; ${countedFindings(noted)}`
      return `${tool} ${toolVersion}, for ${formatPythonTarget({ ...pythonTargetOf(undefined), ...target })}: ${result}${more}.`
    })
    for (const caveat of caveats) log.line(caveat)
  })
}

/**
 * Returns what an image holds, for what it is built on as far as that is known; nothing where there is none.
 * @param target what the new image is built on, which is mostly the same.
 */
export async function currentRequirementsOf(
  image: CurrentImage | undefined,
  target: ResolutionTarget,
): Promise<CurrentRequirements> {
  const { languageVersion = '', baseImageName, requirementsText = '' } = image ?? {}
  const foundation = baseImageName === undefined ? { languageVersion } : { baseImageName }
  const isSame = target.base !== undefined && sameName(target.base.name, baseImageName)
  const upon = isSame ? target : await baseOf(foundation, undefined)
  return { ...upon, requirements: requirementsOf(contentOf(requirementsText).text) }
}

function unresolved(why: string): Failure {
  return new Failure({
    code: 'not-resolved',
    headline: `Could not check whether the requirements can be installed, and the input resolve is true: ${why}.`,
    remedy:
      'Set up uv in an earlier step (astral-sh/setup-uv), check that the runner can reach the package index, or set resolve to auto to continue without this check.',
  })
}
