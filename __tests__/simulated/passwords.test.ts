import { describe, expect, test } from '@jest/globals'
import { pullRequest } from '../../emulator/github/events.js'
import { holding, play, type Played, wanted } from './harness.js'

/** A part of it is not shown either. */
const secret = 'TOKEN'

const lines = {
  'a user and a signature': `ours @ https://user:${secret}@host.example/x.whl?sig=${secret}%2F${secret}`,
  'a semicolon': `ours @ https://user:${secret};${secret}@host.example/x.whl`,
  'a space': `ours @ https://user:${secret} ${secret}@host.example/x.whl?sig=${secret} ${secret}`,
  'three equals signs': `ours===https://user:${secret}===${secret}@host.example/x.whl`,
  'more characters than a message has room for': `ours @ https://user:${`${secret}-`.repeat(2_000)}@host.example/x y`,
  'an option': `--extra-index-url https://user:${secret}@host.example/simple`,
  'an option that pip does not know': `--index https://user:${secret} --${secret}@host.example/simple`,
  'a file to include': `-r "https://user:${secret} ${secret}@host.example/more.txt"`,
}

/** Everything that a run leaves behind. */
function leftBy({ stdout, summary, outputs, world }: Played): string {
  return [stdout.toString(), summary, JSON.stringify(outputs), JSON.stringify(world.api.comments)].join('\n')
}

describe('a URL with a password is shown without it, with', () => {
  test.concurrent.each(Object.entries(lines))('%s, by a plan and its comment', async (_, line) => {
    const step = await play({
      inputs: { mode: 'plan', comment: 'true' },
      event: pullRequest(),
      files: { 'requirements.txt': `pandas==2.2.2\n${line}\n` },
      prepare: holding({ ...wanted, requirementsFileContent: line.replace('host', 'other') }),
    })
    expect(step.world.api.comments).toHaveLength(1)
    expect(leftBy(step)).not.toContain(secret)
  })

  test.concurrent.each(Object.entries(lines).slice(0, 4))(
    '%s, by apply, though the service repeats it',
    async (_, line) => {
      const step = await play({
        files: { 'requirements.txt': `pandas==2.2.2\n${line}\n` },
        world: {
          outcomes: [
            { status: 'Failed', error: { code: 'X', message: `Invalid requirement: ${lines['a semicolon']}` } },
          ],
        },
      })
      expect(step.exitCode).toBe(1)
      expect(step.summary).toContain('pandas')
      expect(leftBy(step)).not.toContain(secret)
    },
  )
})
