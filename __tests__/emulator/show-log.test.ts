import { describe, expect, test } from '@jest/globals'
import { stripVTControlCharacters } from 'node:util'
import { elapsed, showLog } from '../../emulator/demo/show-log.js'
import { parseWorkflowCommand } from '../../emulator/github/step-output.js'

function shown(lines: string[], debug = false): string[] {
  const printed: string[] = []
  const show = showLog(text => printed.push(stripVTControlCharacters(text)), { speed: 60, debug })
  for (const text of lines) show({ atMs: 1000, stream: 'stdout', text, command: parseWorkflowCommand(text) })
  return printed.map(line => line.replace(' 1:00 │ ', ''))
}

describe('the log', () => {
  test('has groups', () => {
    expect(shown(['::group::Build', 'inside', '::endgroup::', 'outside'])).toEqual(['▸ Build', '  inside', 'outside'])
  })

  test('has annotations with their place', () => {
    expect(shown(['::error file=a.txt,line=3::No%0Away'])).toEqual(['Error: No', 'way (a.txt:3)'])
    expect(shown(['::warning title=Hm::x'])).toEqual(['Warning: Hm: x'])
  })

  test('has debug lines only when asked for', () => {
    expect(shown(['::debug::x'])).toEqual([])
    expect(shown(['::debug::x'], true)).toEqual(['##[debug]x'])
  })

  test('leaves out other commands', () => {
    expect(shown(['::add-mask::x'])).toEqual([])
  })

  test('keeps a terminal from obeying anything but colours', () => {
    const printed: string[] = []
    const show = showLog(text => printed.push(text), { speed: 1, debug: false })
    show({ atMs: 0, stream: 'stdout', text: '\u001b[31mred\u001b]0;title\u0007\u001b[2J', command: undefined })
    expect(printed[0]).toMatch(/\u001b\[31mred\]0;title\[2J$/)
  })
})

test.each([
  [0, ' 0:00'],
  [61_000, ' 1:01'],
  [3_661_000, '1:01:01'],
])('%d ms are %s', (ms, text) => {
  expect(elapsed(ms)).toBe(text)
})
