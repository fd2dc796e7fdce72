import { expect, test } from '@jest/globals'
import { Failure } from '../../src/failure.js'
import { keepComment } from '../../src/github/sticky-comment.js'
import { fakeClock } from '../azure/fake-clock.js'

test('what cannot be sent at all is not tried again', async () => {
  let sent = 0
  const kept = keepComment(
    { repository: 'contoso/forecasting', pullRequest: 7, marker: '<!-- x -->', body: '<!-- x -->', create: true },
    {
      apiUrl: 'https://api.github.com',
      token: 'ghs_x',
      send: () => {
        sent++
        return Promise.reject(new Failure({ code: 'proxy', headline: 'HTTPS_PROXY is no URL.', remedy: '' }))
      },
      clock: fakeClock(),
      signal: new AbortController().signal,
    },
  )
  await expect(kept).rejects.toThrow('HTTPS_PROXY')
  expect(sent).toBe(1)
})
