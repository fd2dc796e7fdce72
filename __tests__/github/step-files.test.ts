import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect } from '@jest/globals'
import { posix } from '../posix.js'

posix.test('outputs for which there is no room leave nothing behind (skipped on Windows: no ulimit)', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'outputs-'))
  try {
    const file = path.join(folder, 'output')
    const earlier = 'earlier=1\n'
    await writeFile(file, earlier)
    const outputs = new URL('../../src/github/step-files.js', import.meta.url).href
    const script = `
      const { setOutputs } = await import(${JSON.stringify(outputs)})
      try { setOutputs({ first: 'x', second: 'y'.repeat(10000) }) } catch (error) { console.log(error.code) }
    `
    // A file may have a block or two, which is less than is to be written; Node ignores the signal that says so.
    const shell = ['-c', 'ulimit -f 1; exec "$0" --input-type=module -e "$1"', process.execPath, script]
    const { stdout, stderr } = spawnSync('/bin/sh', shell, { encoding: 'utf8', env: { GITHUB_OUTPUT: file } })
    expect({ stdout, stderr }).toEqual({ stdout: 'EFBIG\n', stderr: '' })
    expect(await readFile(file, 'utf8')).toBe(earlier)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
