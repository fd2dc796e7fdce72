import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { runProgram } from '../../src/programs/process-tree.js'
import type { ProcessResult } from '../../src/programs/programs.js'
import { posix } from '../posix.js'
import { contentOf, gone, type Machine, newMachine } from '../requirements/resolver/fake-programs.js'

let machine: Machine

beforeEach(async () => {
  machine = await newMachine()
})

afterEach(async () => {
  await machine.remove()
})

function run(script: string, signal = new AbortController().signal): Promise<ProcessResult> {
  return runProgram(
    {
      program: '/bin/sh',
      args: ['-c', script, 'sh', '$(touch injected)', '; touch injected'],
      directory: machine.root,
      environment: { PATH: '/usr/bin:/bin', ONLY: 'this' },
    },
    signal,
  )
}

posix.describe('a program (skipped on Windows, for it is a shell script)', () => {
  test('is given its arguments as they are, its environment and nothing else', async () => {
    const ended = await run('echo "$1|$2"; echo "$ONLY|$HOME" >&2; cat; exit 3')
    expect(ended).toEqual({ code: 3, output: '$(touch injected)|; touch injected\n', errors: 'this|\n' })
  })

  test('writes a line of 1 MiB at most', async () => {
    const { output } = await run('head -c 3000000 /dev/zero | tr "\\0" a; echo; echo b')
    expect(output.split('\n').map(line => line.length)).toEqual([1024 * 1024, 1, 0])
  })

  test('that is not there or cannot be run has not run', async () => {
    const command = { args: [], directory: machine.root, environment: {} }
    const { signal } = new AbortController()
    expect(await runProgram({ ...command, program: '/nowhere' }, signal)).toMatchObject({ code: undefined })
    const text = path.join(machine.root, 'text')
    await writeFile(text, 'no program')
    expect(await runProgram({ ...command, program: text }, signal)).toMatchObject({ code: undefined })
  })

  test('that someone kills has no code', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ code: undefined })
  })

  test('is killed with what it started as soon as the signal is aborted', async () => {
    const controller = new AbortController()
    const running = run(
      "trap '' TERM INT; sleep 600 & echo $! > child; echo $$ > self; wait; sleep 600",
      controller.signal,
    )
    const [child, self] = [await contentOf(`${machine.root}/child`), await contentOf(`${machine.root}/self`)]
    controller.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    await gone(child)
    await gone(self)
  })

  test('leaves nothing behind that holds its output open', async () => {
    const ended = await run('sleep 600 & echo $! > child; echo done')
    expect(ended).toMatchObject({ code: 0, output: 'done\n' })
    await gone(await contentOf(`${machine.root}/child`))
  })

  test('that writes without end is killed', async () => {
    const ended = await run('echo $$ > self; yes')
    expect(ended).toMatchObject({ code: undefined, output: '' })
    expect(ended.errors).toMatch(/wrote more than/)
    await gone(await contentOf(`${machine.root}/self`))
  })

  test('is not started once the signal is aborted', async () => {
    await expect(run('touch started', AbortSignal.abort(new Error('before')))).rejects.toThrow('before')
    expect((await run('ls')).output).not.toContain('started')
  })
})
