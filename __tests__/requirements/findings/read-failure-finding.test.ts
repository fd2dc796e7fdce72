import { expect, test } from '@jest/globals'
import { readFailureFinding } from '../../../src/requirements/findings/read-failure-finding.js'
import { readRequirements } from '../../../src/requirements/requirements.js'
import { memoryFiles } from '../memory-files.js'
import { brief } from './checked.js'

test.each<[string, Record<string, string | Uint8Array>, string]>([
  ['missing', { 'requirements.txt': 'a\n -r no.txt' }, 'error include 2:2-11'],
  ['outside', { 'requirements.txt': '-r ../x.txt' }, 'error include 1:1-12'],
  ['cycle', { 'requirements.txt': '-r b.txt', 'b.txt': '#\n-r requirements.txt' }, 'error include b.txt:2:1-20'],
  ['remote', { 'requirements.txt': '-r https://x.org/a' }, 'error include 1:1-19'],
  ['over two lines', { 'requirements.txt': '-r \\\nno.txt' }, 'error include 1:1-2'],
])('a failure to read an included file is a finding at its line: %s', async (_, files, expected) => {
  const { unread } = await readRequirements('requirements.txt', memoryFiles(files))
  const [found] = unread.map(readFailureFinding)
  expect(found && brief(found)).toBe(expected)
  expect(found?.message).toContain(unread[0]?.headline)
  expect(found?.message).toContain(unread[0]?.remedy)
})
