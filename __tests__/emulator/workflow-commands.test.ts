import { describe, expect, test } from '@jest/globals'
import { parseWorkflowCommand } from '../../emulator/github/step-output.js'

describe('a line', () => {
  test.each([
    ['::error::no', { name: 'error', properties: {}, data: 'no' }],
    ['  ::ADD-MASK::a%0Ab', { name: 'add-mask', properties: {}, data: 'a\nb' }],
    ['::error file=a,line=1::x::y', { name: 'error', properties: { file: 'a', line: '1' }, data: 'x::y' }],
    ['text ##[warning]legacy%5D', { name: 'warning', properties: {}, data: 'legacy]' }],
    ['##[error file=a;line=2]b', { name: 'error', properties: { file: 'a', line: '2' }, data: 'b' }],
    ['::group::%2525', { name: 'group', properties: {}, data: '%25' }],
  ])('is a command: %s', (line, command) => {
    expect(parseWorkflowCommand(line)).toEqual(command)
  })

  test.each(['text ::error::no', '::unknown::no', '::error', '##[unknown]no', '##[error', '\u001b[31m::error::no'])(
    'is text: %s',
    line => {
      expect(parseWorkflowCommand(line)).toBeUndefined()
    },
  )
})
