import { expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { holding, play, wanted } from './harness.js'

// What the libraries and the action add where the runner's debug logging is on. Everything else that a run leaves behind
// is looked at in simulated time.
test('a URL with a password is shown without it in the debug log', async () => {
  const line = 'ours @ https://user:TOKEN;TOKEN@host.example/x.whl'
  const step = await play({
    inputs: { mode: 'plan', comment: 'true' },
    event: pullRequest(),
    files: { 'requirements.txt': `pandas==2.2.2\n${line}\n` },
    prepare: holding({ ...wanted, requirementsFileContent: line.replace('host', 'other') }),
    debug: true,
  })
  expect(step.world.api.comments).toHaveLength(1)
  expect(step.stdout.toString()).toMatch(/^::debug::/m)
  expect(step.stdout.toString()).not.toContain('TOKEN')
})
