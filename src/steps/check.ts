import { inTurns } from '../long-work.js'
import { checking } from '../requirements/findings/check.js'
import { targetInWords, targetOf } from '../requirements/findings/target.js'
import type { Requirements } from '../requirements/requirements.js'
import { countedFindings, noteFindings } from './findings.js'
import { giveWay } from './context.js'
import type { CheckContext } from './context.js'

/** Checks the requirements for what the service would reject after many minutes, or take otherwise than it is meant. */
export async function check(requirements: Requirements, run: CheckContext): Promise<void> {
  const { inputs, phase } = run
  await phase('Check the requirements', async () => {
    const target = targetOf(inputs.foundation)
    noteFindings(await inTurns(checking(requirements, target), giveWay(run)), run, noted =>
      noted.length === 0
        ? `Nothing to say of them, for ${targetInWords(target)}.`
        : `For ${targetInWords(target)}: ${countedFindings(noted)}.`,
    )
  })
}
