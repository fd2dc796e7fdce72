import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Holds the project's top folder, seen from where the compiled emulator lies. */
export const projectRoot: string = fileURLToPath(new URL('../../../', import.meta.url))

/** Finds a Node of the version that runs actions: the pinned one, or the present one where that is not to be had. */
export function actionRuntime(): string {
  const pinned = join(projectRoot, 'node_modules', '.bin', 'node')
  if (existsSync(pinned)) return pinned
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  throw new Error('Actions run on Node 24: run `npm ci` on Linux x64, or use Node 24 itself')
}
