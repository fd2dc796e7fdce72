import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/**
 * Bundles what tsc wrote into a folder, and lists the licences of every package whose code is in the bundle: ncc's own
 * list leaves out what it merges into one module. The entry point is left as it is, for Nodes that cannot read the rest.
 */
export function buildDist(folder: string): void {
  const scratch = mkdtempSync(path.join(tmpdir(), 'build-dist-'))
  try {
    const stats = path.join(scratch, 'stats.json')
    const options = ['--out', folder, '--no-cache', '--stats-out', stats, '--quiet']
    execFileSync(
      process.execPath,
      ['node_modules/@vercel/ncc/dist/ncc/cli.js', 'build', 'build/src/action.js', ...options],
      {
        cwd: root,
        // What the bundle holds in the place of some packages: see src/bundle-stubs.ts.
        env: { ...process.env, TS_NODE_PROJECT: path.join(root, 'scripts/bundle.tsconfig.json') },
        stdio: ['ignore', 'inherit', 'inherit'],
      },
    )
    renameSync(path.join(folder, 'index.js'), path.join(folder, 'action.js'))
    const entry = readFileSync(path.join(root, 'build/src/index.js'), 'utf8')
    writeFileSync(path.join(folder, 'index.js'), entry.replace(/^\/\/# sourceMappingURL=.*\n?/m, ''))
    writeFileSync(path.join(folder, 'licenses.txt'), licences(bundledPackages(stats)))
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 10 })
  }
}

type Module = { readonly name?: string; readonly identifier?: string; readonly modules?: readonly Module[] }

/** Directories, in the project, of the packages that have a module in the bundle. */
function bundledPackages(statsFile: string): string[] {
  const found = new Set<string>()
  const visit = (module: Module) => {
    module.modules?.forEach(visit)
    const name = module.name ?? module.identifier ?? ''
    const match = /^.*?((?:.*node_modules\/)(?:@[^/]+\/)?[^/ ]+)/.exec(name)?.[1]
    if (match !== undefined) found.add(match.replace(/^.*?(?=node_modules\/)/, ''))
  }
  visit(JSON.parse(readFileSync(statsFile, 'utf8')) as Module)
  return [...found].sort()
}

function licences(packages: readonly string[]): string {
  return packages
    .map(directory => {
      const { name, version, license } = JSON.parse(
        readFileSync(path.join(root, directory, 'package.json'), 'utf8'),
      ) as {
        name: string
        version: string
        license: string
      }
      const file = readdirSync(path.join(root, directory))
        .toSorted()
        .find(entry => /^(licen[sc]e|copying)/i.test(entry))
      const text =
        file === undefined
          ? ''
          : `\n${readFileSync(path.join(root, directory, file), 'utf8')
              .replace(/\r\n/g, '\n')
              .trim()}\n`
      return `${name} ${version}\n${license}\n${text}`
    })
    .join('\n---\n\n')
}
