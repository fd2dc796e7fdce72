import { runInSlices } from '../time-slice.js'
import { checkEntries } from '../requirements/findings/check-entries.js'
import { formatPythonTarget, pythonTargetOf } from '../requirements/evaluate/python-target.js'
import type { Requirements } from '../requirements/requirements.js'
import { managedImageOf } from './read-base.js'
import { countedFindings, noteFindings } from './report-findings.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/** Checks the requirements for what Azure would reject after many minutes, or would read differently than it is meant. */
export async function checkRequirements(requirements: Requirements, run: CheckContext): Promise<void> {
  const { inputs, phase } = run
  await phase('Check the requirements', async () => {
    const managedImage = await managedImageOf(inputs.foundation)
    const target = { ...pythonTargetOf(inputs.foundation), managedImage }
    noteFindings(await runInSlices(checkEntries(requirements, target), yieldToEventLoop(run)), run, noted =>
      noted.length === 0
        ? `No problems found for ${formatPythonTarget(target)}.`
        : `For ${formatPythonTarget(target)}: ${countedFindings(noted)}.`,
    )
  })
}
