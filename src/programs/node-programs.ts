import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { selectEnvironment } from './environment.js'
import { runProgram, systemRoot } from './process-tree.js'
import type { Programs } from './programs.js'
import { createPathLocator } from './workspace-paths.js'

/** Describes the step around the programs. */
export type Surroundings = {
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly workspace: string
  /** Is reported, once, of each variable that is not passed on for it leads into the workspace. */
  readonly withheld: (names: readonly string[]) => void
}

/** Returns the programs of this machine. */
export function nodePrograms({ variables, workspace, withheld }: Surroundings): Programs {
  const locate = createPathLocator(path.resolve(workspace))
  const reported = new Set<string>()
  const environment: Programs['environment'] = async kindOf => {
    const selection = await selectEnvironment(variables, kindOf, locate)
    const news = selection.withheld.filter(name => !reported.has(name))
    news.forEach(name => reported.add(name))
    if (news.length > 0) withheld(news)
    return selection.environment
  }
  return {
    environment,
    find: async (program, endings = ['.exe']) => {
      const { PATH = '' } = await environment(name => (name === 'PATH' ? 'places' : undefined))
      for (const directory of PATH.split(path.delimiter)) {
        for (const ending of process.platform === 'win32' ? endings : ['']) {
          const candidate = path.join(directory, program + ending)
          // A link in a directory outside may nevertheless lead into the workspace.
          if ((await isExecutable(candidate)) && (await locate(candidate)) === 'outside') return candidate
        }
      }
      return undefined
    },
    neutralDirectory: process.platform === 'win32' ? systemRoot : '/',
    run: runProgram,
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK)
    return (await stat(file)).isFile()
  } catch {
    return false
  }
}
