import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { actionRuntime, projectRoot } from '../../emulator/github/project.js'
import { runStep } from '../../emulator/github/runner.js'
import { guideSections } from '../guide.js'
import { expectAnnotation, kindsOf } from '../played.js'

/** The option with which a Node says that it is another one. */
const posingAs = (version: string): string =>
  `--import=data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'${version}'}})`

describe('on a Node that is too old for the action', () => {
  test.each(['12.22.12', '20.20.2', '22.21.1', '23.11.1'])('%s: it says so, and loads nothing', async version => {
    const folder = await mkdtemp(join(tmpdir(), 'old-node-'))
    try {
      for (const file of ['index.js', 'package.json']) {
        await copyFile(join(projectRoot, 'dist', file), join(folder, file))
      }
      const step = await runStep({ main: join(folder, 'index.js'), env: { NODE_OPTIONS: posingAs(version) } })
      expect(step).toMatchObject({ exitCode: 1, lines: [expect.anything()] })
      expect(kindsOf(step)).toEqual(['error node-version'])
      expectAnnotation(step, 'error node-version', [version, /\bNode(?:\.js)? 24\b/])
      expect(step.stderr.toString()).toBe('')
      expect(guideSections()).toContain('node-version')
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 10 })
    }
  })

  test('nothing comes before that which it could not read', async () => {
    const entry = await readFile(join(projectRoot, 'dist/index.js'), 'utf8')
    const code = entry.replace(/^\/\/.*$/gm, '')
    expect(code).not.toMatch(/^import /m)
    // What Node 12 does not know.
    expect(code).not.toMatch(/\?\.|\?\?|\bawait\b|\bclass\b|[|&]{2}=|\d_\d/)
  })
})

describe('npm run', () => {
  const check = (version: string) =>
    spawnSync(actionRuntime(), [posingAs(version), join(projectRoot, 'scripts/check-node.js')], { encoding: 'utf8' })

  test.each(['18.20.8', '20.20.2', '22.21.1', '24.4.1', '24.13.0', '25.9.0'])(
    'says that Node %s will not do',
    version => {
      expect(check(version)).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringMatching(/^[^\n]*\^24\.13\.1 \|\| >=26\.0\.0[^\n]*\n$/),
      })
      expect(check(version).stderr).toContain(version)
    },
  )

  test.each(['24.13.1', '24.19.0', '26.0.0', '26.10.0', '27.0.1'])('takes Node %s', version => {
    expect(check(version)).toMatchObject({ status: 0, stdout: '', stderr: '' })
  })

  test('looks at that before anything else', async () => {
    const { scripts } = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(scripts['compile']).toMatch(/^node scripts\/check-node\.js && /)
    expect(scripts['test']).toMatch(/^npm run lint && /)
    for (const name of ['start', 'lint', 'build', 'check-dist', 'bench', 'docs']) {
      expect([name, scripts[name]]).toEqual([name, expect.stringMatching(/^npm run (?:--silent )?compile && /)])
    }
  })
})
