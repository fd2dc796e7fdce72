import { describe, expect, test } from '@jest/globals'
import { Failure } from '../../../src/failure.js'
import { readFailureFinding } from '../../../src/requirements/findings/read-failure-finding.js'
import { readRequirements } from '../../../src/requirements/requirements.js'
import { memoryFiles } from '../memory-files.js'
import { brief } from './checked.js'

describe('a failure to read is a finding', () => {
  test.each<[string, Record<string, string | Uint8Array>, string, string]>([
    [
      'missing',
      { 'requirements.txt': 'a\n -r no.txt' },
      'error include 2:2-11',
      'The included file "no.txt" does not exist.',
    ],
    [
      'outside',
      { 'requirements.txt': '-r ../x.txt' },
      'error include 1:1-12',
      'The included file "../x.txt" lies outside the workspace',
    ],
    [
      'cycle',
      { 'requirements.txt': '-r b.txt', 'b.txt': '#\n-r requirements.txt' },
      'error include b.txt:2:1-20',
      'The included file "requirements.txt" includes itself: ',
    ],
    [
      'remote',
      { 'requirements.txt': '-r https://x.org/a' },
      'error include 1:1-19',
      'The included file "https://x.org/a" is a URL',
    ],
    [
      'over two lines',
      { 'requirements.txt': '-r \\\nno.txt' },
      'error include 1:1-2',
      'The included file "no.txt" does not exist.',
    ],
    [
      'UTF-16',
      { 'requirements.txt': Buffer.from('\ufeffa', 'utf16le') },
      'error include 1:1-2',
      'The requirements file "requirements.txt" is encoded in UTF-16.',
    ],
    ['none', {}, 'error include 1:1-2', 'The requirements file "requirements.txt" does not exist.'],
  ])('%s', async (_, files, expected, message) => {
    const failure = await readRequirements('requirements.txt', memoryFiles(files)).then(
      ({ unread }) => unread[0]!,
      (error: Failure) => error,
    )
    const found = readFailureFinding(failure, 'requirements.txt')
    expect(found && brief(found)).toBe(expected)
    expect(found?.message.slice(0, message.length)).toBe(message)
    expect(found?.message).toContain(failure.remedy)
  })

  test('but no other failure', () => {
    const failure = new Failure({ code: 'inputs', message: 'Wrong.', remedy: 'Correct it.' })
    expect(readFailureFinding(failure, 'requirements.txt')).toBeUndefined()
  })
})
