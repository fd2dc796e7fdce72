import { expect, jest, test } from '@jest/globals'
import * as fc from 'fast-check'
import { clouds } from '../../src/model/target.js'
import { serviceErrorFrom } from '../../src/azure/service-error.js'
import { systemClock } from '../../src/clock.js'
import { Failure } from '../../src/failure.js'
import { buildFailure } from '../../src/failures/build-failures.js'
import { verificationFailed } from '../../src/failures/verification-failures.js'
import { runnerLog } from '../../src/github/log.js'
import { workflowRunFrom } from '../../src/github/workflow-run.js'
import type { ApplyInputs, PlanInputs } from '../../src/inputs/inputs.js'
import { beginRun, type Outcome, type RunState } from '../../src/run-state.js'
import { planPage } from '../../src/report/plan.js'
import { report } from '../../src/report/report.js'
import { describeOutcome } from '../../src/report/outcome-message.js'
import { findingsOf } from '../requirements/findings/checked.js'
import { runAtOnce } from '../../src/time-slice.js'
import { comparePackages } from '../../src/requirements/package-changes.js'
import { pythonTargetOf } from '../../src/requirements/evaluate/python-target.js'
import { readRequirements, type Requirements, requirementsOf } from '../../src/requirements/requirements.js'
import { noResult } from '../../src/requirements/resolver/resolver.js'
import { noteFindings } from '../../src/steps/check-requirements.js'
import type { CheckContext } from '../../src/steps/context.js'
import { comparePackagesFound, wantedOn } from '../../src/verification/compare-packages.js'
import type { Runtime } from '../../src/runtime.js'
import { memoryFiles } from '../requirements/memory-files.js'

/** Between any two characters of a password, so that no part of it can be shown unseen. */
const canary = 'Zq7'

const mark = fc.oneof(
  fc.constantFrom(' ', '\t', '\u00a0', '\u001f', ' ; ', '; ', ' @ ', ' #', ' -', ' --', ' -r '),
  fc.constantFrom(';', '@', '?', '#', '/', '\\', '"', "'", '`', '|', '&', '=', ',', '(', ')', '[', ']', '{', '<', '>'),
  fc.constantFrom(':', '.', '*', '$', '!', '~', '^', '-', '_', '+', '…', '==', '===', '://', 'https://', '%40', '${X}'),
  fc.constantFrom('.whl', '..', '443/', 'git@', '***@'),
)
const other = fc.string({ unit: 'grapheme', maxLength: 2 })
const password = fc
  .tuple(fc.array(fc.oneof(mark, other), { maxLength: 8 }), fc.constantFrom(0, 0, 0, 30, 400))
  .map(([pieces, repeated]) => `${canary}${pieces.map(piece => piece + canary).join('')}${canary.repeat(repeated)}`)
  // What ends a line ends the URL as well; what follows is another line.
  .filter(text => !/[\n\r\v\f\u001c-\u001e\u0085\u2028\u2029]/.test(text))

/** Lines with a URL that holds a password, from the most usual to such as nobody should write. */
const lines: readonly ((secret: string) => string)[] = [
  secret => `ours @ https://user:${secret}@host.example/x-1.0-py3-none-any.whl`,
  secret => `ours @ https://user:${secret}@host.example/x.whl?sig=${secret}`,
  secret => `ours @ https://host.example/x-1.0-py3-none-any.whl?sv=2024&sig=${secret}`,
  secret => `ours @ https://host.example/x.whl?sig=${secret} ; python_version < "3.12"`,
  secret => `ours@https://user:${secret}@host.example/x.whl --hash=sha256:00`,
  secret => `ours @ https:/user:${secret}@host.example/x.whl`,
  secret => `https://user:${secret}@host.example/ours-1.0-py3-none-any.whl`,
  secret => `https://user:${secret}@host.example/x#egg=ours`,
  secret => `git+ssh://user:${secret}@host.example/x@v1#egg=ours`,
  secret => `-e git+https://first.last:${secret}@host.example/x#egg=ours`,
  secret => `--extra-index-url https://user:${secret}@host.example/simple`,
  secret => `--index-url=https://user:${secret}@host.example/simple?sig=${secret}`,
  secret => `--wrong=https://user:${secret}@host.example/simple`,
  secret => `--wronghttps://user:${secret}@host.example/simple`,
  secret => `-r https://user:${secret}@host.example/more.txt`,
  secret => `-r "https://user:${secret}@host.example/more.txt"`,
  secret => `-r more/https://user:${secret}@host.example/more.txt`,
  secret => `ours===https://user:${secret}@host.example/x.whl`,
  secret => `ours==https://user:${secret}@host.example/x.whl`,
  secret => `ours>=1,<https://user:${secret}@host.example/x.whl`,
  secret => `ours[https://user:${secret}@host.example/]`,
  secret => `ours https://user:${secret}@host.example/x.whl`,
  secret => `ours ; python_version < "https://user:${secret}@host.example"`,
  secret => `ours ; https://user:${secret}@host.example == "3"`,
  secret => `./https://user:${secret}@host.example/ours`,
]

/** What a run has to say of a file and of what the image held before, in every place where it says something. */
async function saidOf(line: string, echo: string): Promise<string> {
  const said: string[] = []
  const printing = jest.spyOn(process.stdout, 'write').mockImplementation(text => said.push(String(text)) > 0)
  try {
    const text = `pandas==1\n${line}\nours==2 ; python_version > "4"\n`
    const requirements = await readRequirements('requirements.txt', memoryFiles({ 'requirements.txt': text }))
    for (const state of [
      planOf(requirements),
      ...outcomes(requirements, echo).map(outcome => applyOf(requirements, outcome)),
    ]) {
      const runtime = runtimeOf(said)
      const run = { inputs: state.inputs, state, runtime } as unknown as CheckContext
      noteFindings(findingsOf(requirements, pythonTargetOf({ languageVersion: '3.10.8' })), run, () => '')
      await report(state, runtime)
      said.push(planPage(describeOutcome(state, 0, runtime.workflow), state, runtime.workflow, 65_000))
    }
  } finally {
    printing.mockRestore()
  }
  return said.join('\n')
}

const target = { subscription: 's', resourceGroup: 'g', cluster: 'adx', image: 'forecasting', cloud: clouds[0] }
const common = {
  mode: 'apply',
  target,
  summary: true,
  ignoredFindings: new Set(),
  foundation: { languageVersion: '3.10.8' },
}

function planOf(requirements: Requirements): RunState {
  const from = requirementsOf('pandas==1')
  const inputs = { ...common, mode: 'plan', comment: 'false' } as unknown as PlanInputs
  return {
    ...beginRun(systemClock),
    inputs,
    requirements,
    decision: { action: 'update', reasons: ['requirements'] },
    comparison: { image: undefined, changes: runAtOnce(comparePackages(from, requirements)), activates: false },
    resolution: { outcome: 'unavailable', why: 'nobody was asked' },
    outcome: { as: 'planned' },
  }
}

function applyOf(requirements: Requirements, outcome: Outcome): RunState {
  const wanted = wantedOn(requirements, pythonTargetOf({ languageVersion: '3.10.8' }))
  const inputs = common as unknown as ApplyInputs
  return {
    ...beginRun(systemClock),
    inputs,
    requirements,
    verification: {
      packages: comparePackagesFound(wanted, '3.10.8', []),
      queries: [],
      failure: undefined,
      isSettled: true,
    },
    outcome,
  }
}

/** A service, a tool and a program may repeat a line. */
function outcomes(requirements: Requirements, echo: string): Outcome[] {
  const state = { ...beginRun(systemClock), requirements }
  const error = serviceErrorFrom({
    error: { code: 'BadRequest', message: `Invalid requirement: '${echo}': at ${echo}` },
  })
  const bad = comparePackagesFound(wantedOn(requirements, pythonTargetOf(undefined)), undefined, [])
  const answer = noResult('pip', { code: 1, output: '', errors: `${'x'.repeat(65_000)} ${echo}\nERROR: ${echo}` })
  const failures = [
    buildFailure({ as: 'failed', error }, {} as never, target as never, state),
    verificationFailed(bad, requirements, target as never),
    new Failure({ code: 'refused', headline: 'why' in answer ? answer.why : '', remedy: echo }),
  ]
  return [...failures.map(failure => ({ as: 'failure', failure }) as const), { as: 'defect', error: new Error(echo) }]
}

function runtimeOf(said: string[]): Runtime {
  return {
    workflow: workflowRunFrom({ GITHUB_REPOSITORY: 'contoso/forecasting', GITHUB_SHA: '0'.repeat(40) }),
    log: runnerLog,
    clock: systemClock,
    setOutputs: (outputs: object) => said.push(JSON.stringify(outputs)),
    writeSummary: async (markdown: string) => void (await Promise.resolve(said.push(markdown))),
  } as unknown as Runtime
}

test('no part of a password in a URL of the requirements is shown, whatever it is and wherever it stands', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...lines), password, async (lineOf, secret) => {
      const line = lineOf(secret)
      // Where there is a space in a URL, nobody but the file itself tells where it ends; `***@` stands for a password.
      const said = await saidOf(line, /\s|\*\*\*@/.test(secret) ? 'nothing' : line)
      const at = said.toLowerCase().indexOf(canary.toLowerCase())
      expect(at === -1 ? '' : said.slice(Math.max(0, at - 200), at + 100)).toBe('')
      expect(said).toContain('forecasting')
    }),
    { numRuns: 200 },
  )
})
