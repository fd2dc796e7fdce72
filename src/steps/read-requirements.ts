import { pluralize } from '../format.js'
import { findingAt, type FindingId } from '../requirements/findings/finding.js'
import { dependencyFileKind, type FormatProblem } from '../requirements/formats/dependency-file.js'
import { pythonTargetOf } from '../requirements/evaluate/python-target.js'
import type { Entry } from '../requirements/grammar/entry.js'
import {
  noRequirements,
  readRequirements,
  type Requirements,
  requirementsOfLines,
} from '../requirements/requirements.js'
import { countedFindings, noteFindings } from './check-requirements.js'
import { type CheckContext, yieldToEventLoop } from './context.js'

/** Holds requirements as they were read, and what is wrong with the file itself. */
type Read = { readonly requirements: Requirements; readonly problems: readonly FormatProblem[] }

/**
 * Reads the requirements file, in pip's format with all that it includes, or in one that is named after its file. The
 * state has the requirements only where they are whole.
 * @throws {Failure} when it is not there, lies outside the workspace, or is no text.
 */
export async function readRequirementsFile(run: CheckContext): Promise<Requirements> {
  const { inputs, state, runtime, phase } = run
  const { log } = runtime
  return phase('Read the requirements', async () => {
    if (inputs.requirementsFile === '') {
      log.line('The input requirements-file is empty: the image gets no packages of its own.')
      return (state.requirements = noRequirements)
    }
    const { requirements, problems } = await read(run)
    log.line(`${requirements.files.join(', ')}: ${pluralize(requirements.entries.length, 'requirement')}`)
    const found = problems.map(({ id, place, severity, ...advice }) => findingAt(id, advice, place, severity))
    if (found.length > 0) noteFindings(found, run, noted => `The file itself: ${countedFindings(noted)}.`)
    if (requirements.unread.length > 0) {
      log.line(`${pluralize(requirements.unread.length, 'included file')} could not be read.`, 'bad')
      return requirements
    }
    if (state.findings.some(({ id, severity }) => severity === 'error' && incomplete.has(id))) return requirements
    log.line(`SHA-256 of the normalized requirements: ${requirements.sha256}`, 'quiet')
    return (state.requirements = requirements)
  })
}

/** Errors that leave something out. */
const incomplete: ReadonlySet<FindingId> = new Set<FindingId>([
  'file-format',
  'syntax',
  'unknown-extra',
  'unknown-dependency-group',
  'direct-reference',
])

async function read(run: CheckContext): Promise<Read> {
  const { inputs, runtime, signal } = run
  const { requirementsFile, selection, foundation } = inputs
  const kind = dependencyFileKind(requirementsFile)
  const giveWay = yieldToEventLoop(run)
  if (kind === 'requirements') {
    const requirements = await readRequirements(requirementsFile, runtime.files, giveWay)
    if (!requirements.entries.some(mayBeForeign)) return { requirements, problems: [] }
    const { recognizeFormats } = await runtime.formats()
    const problems = recognizeFormats(requirements)
    // What is wrong with each line of such a file says nothing.
    const { files } = requirements
    return { requirements: problems.length === 0 ? requirements : { ...noRequirements, files }, problems }
  }
  const { readDependencyFile } = await runtime.formats()
  const target = pythonTargetOf(foundation)
  const reader = { files: runtime.files, tools: runtime.tools, signal }
  const { file, lines, problems } = await readDependencyFile(kind, requirementsFile, selection, target, reader)
  return { requirements: await requirementsOfLines(file, lines, giveWay), problems }
}

/** Tells whether no requirements file of pip's has such a line: pip rejects it, or ignores all of it. */
function mayBeForeign(entry: Entry): boolean {
  return entry.kind === 'invalid' || (entry.kind === 'option' && entry.options.length === 0)
}
