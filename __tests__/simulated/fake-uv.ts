import type { Releases } from '../../emulator/github/releases.js'
import { answerAsUv } from '../../emulator/github/uv-answers.js'
import type { Clock } from '../../src/clock.js'
import { createIndexReader, uvIndexUrl } from '../../src/requirements/index-facts/read-index.js'
import type { Send } from '../../src/network/transport.js'
import type { Tools } from '../../src/requirements/resolver/resolver.js'

/** Returns a machine whose only program is uv, whose index has these releases. */
export const uvWith =
  (releases: Releases) =>
  (clock: Clock, send: Send): Tools => {
    const files = new Map<string, string>()
    return {
      clock,
      environment: () => Promise.resolve({}),
      indexReader: (_, signal) => createIndexReader(uvIndexUrl({}), send, signal),
      find: program => Promise.resolve(program === 'uv' ? '/bin/uv' : undefined),
      run: ({ args }) =>
        Promise.resolve(
          answerAsUv(
            args,
            file => files.get(file)!,
            () => releases,
          ),
        ),
      withDirectory: use =>
        use({
          path: '/tmp/uv',
          write: (name, text) => Promise.resolve(void files.set(name, text)),
          read: () => Promise.resolve(undefined),
        }),
    }
  }
