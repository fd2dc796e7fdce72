import { isDeepStrictEqual } from 'node:util'
import type { ToolName } from '../../../src/requirements/resolver/resolution.js'
import type { Tools } from '../../../src/requirements/resolver/resolver.js'
import { PROJECTS } from '../../../oracle/package-index/projects.js'
import type { ReadProject } from '../../../src/requirements/index-facts/read-index.js'
import { CASES, type ResolutionCase } from './cases.js'
import { recorded } from '../../recorded.js'
import { described, type ResolutionSaid } from './resolution-said.js'

/** What was recorded. */
export const resolutionSaid = recorded('resolution') as ResolutionSaid

/** A machine that has one release of a tool, which says of a case what was recorded, and is run as when it was. */
export function recordedTools(release: string, name: string): Tools {
  const tool = release.split(' ')[0] as ToolName
  const { args: allArgs, ...recordedCommand } = resolutionSaid.commands[tool]
  const runs = [...(resolutionSaid.answers[name]?.find(({ by }) => by.includes(release))?.runs ?? [])]
  const files = new Map<string, string>()

  return {
    clock: { now: () => 0, sleep: () => new Promise<never>(() => undefined) },
    environment: () => Promise.resolve({}),
    indexReader: () => indexReaderOf(CASES.find(each => each.name === name)),
    find: async program => (tool === 'pip' && program === 'uv' ? undefined : program),
    run: async command => {
      const { args, ...asked } = described(command, {})
      expectSame(asked, recordedCommand)
      if (args === '--version') return { code: 0, output: `${release} from here`, errors: '' }
      const run = runs.shift()
      expectSame(
        { args, requirements: files.get('requirements.txt') },
        run && { args: allArgs[run.args], requirements: run.requirements },
      )
      if (run?.report !== undefined) files.set('report.json', JSON.stringify(run.report))
      return { code: run?.code ?? undefined, output: run!.output.join('\n'), errors: run!.errors.join('\n') }
    },
    withDirectory: use =>
      use({
        path: '/directory',
        write: async (file, text) => void files.set(file, text),
        read: async file => files.get(file),
      }),
  }
}

/** What the index of the cases says of a project, as far as it answers. */
export function indexReaderOf(asked: Pick<ResolutionCase, 'status' | 'index'> | undefined): ReadProject {
  const { status, index } = asked ?? {}
  return async project => {
    if (index !== undefined || (status !== undefined && status !== 404)) return { kind: 'unknown', why: 'no answer' }
    const releases = status === 404 ? undefined : PROJECTS[project]
    if (releases === undefined) return { kind: 'no-project' }
    const files = releases.flatMap(({ version, wheels = ['py3-none-any'], source, requiresPython, yanked = false }) => {
      const tags = source === true || wheels.length === 0 ? [...wheels, undefined] : wheels
      const reason = yanked === true ? '' : yanked === false ? undefined : yanked
      return tags.map(wheelTags => ({ version, wheelTags, requiresPython, yanked: reason }))
    })
    return { kind: 'files', files }
  }
}

/** What was recorded is an answer to the same question alone. */
function expectSame(asked: unknown, before: unknown): void {
  if (isDeepStrictEqual(asked, before)) return
  const [now, then] = [asked, before].map(each => JSON.stringify(each, undefined, 1))
  throw new Error(`nobody has asked this (npm run oracle -- --write does): ${now}\nbut this: ${then}`)
}
