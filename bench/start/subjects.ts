import { execFile } from 'node:child_process'
import { cp, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { actionRuntime, projectRoot } from '../../emulator/github/project.js'

/** A script whose whole process is measured. */
export type Subject = {
  readonly key: 'action' | 'floor' | 'packages' | 'empty'
  readonly name: string
  /** Path of the script. */
  readonly main: string
  /** Bytes of JavaScript that it consists of. */
  readonly bytes: number
}

/**
 * The scripts to compare. What is bundled lies in `folder`: the action as a copy, so that a build of `dist/` meanwhile
 * does not change what is measured.
 *
 * The bundler runs there too, and is not told of scripts/bundle.tsconfig.json: what that leaves out of the action's
 * bundle is in the bundle of a user.
 */
export async function prepareSubjects(folder: string): Promise<Subject[]> {
  const ncc = join(projectRoot, 'node_modules/@vercel/ncc/dist/ncc/cli.js')
  const own = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
  const bundle = join(folder, 'bundle')
  const options = ['build', own('azure-packages.js'), '--out', bundle, '--no-cache', '--quiet']
  await promisify(execFile)(actionRuntime(), [ncc, ...options], { cwd: folder })

  const dist = join(folder, 'dist')
  // Without the files that only other runs load.
  await cp(join(projectRoot, 'dist'), dist, { recursive: true, filter: file => !/\d+\.index\.js$/.test(file) })
  return [
    { key: 'action', name: '(a) this action', main: join(dist, 'index.js'), bytes: await scriptBytes(dist) },
    {
      key: 'floor',
      name: '(b) the floor: one file, no dependencies',
      main: own('floor.cjs'),
      bytes: await fileBytes(own('floor.cjs')),
    },
    {
      key: 'packages',
      name: "(c) a script with Azure's packages",
      main: join(bundle, 'index.js'),
      bytes: await scriptBytes(bundle),
    },
    { key: 'empty', name: 'an empty script', main: own('empty.cjs'), bytes: 0 },
  ]
}

async function scriptBytes(folder: string): Promise<number> {
  const scripts = (await readdir(folder)).filter(file => /\.[cm]?js$/.test(file))
  const sizes = await Promise.all(scripts.map(file => fileBytes(join(folder, file))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function fileBytes(file: string): Promise<number> {
  return (await stat(file)).size
}
