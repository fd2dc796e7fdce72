import { expect, test } from '@jest/globals'
import { windowsStart } from '../../src/programs/process-tree.js'

const az = 'C:\\Program Files (x86)\\Azure\\CLI2\\wbin\\az.cmd'

test('a batch file is run by the command line, and by nothing of the search path', () => {
  expect(windowsStart(az, ['account', '--resource', 'https://management.azure.com'], 'C:\\Windows')).toEqual({
    program: 'C:\\Windows\\System32\\cmd.exe',
    args: ['/d', '/s', '/v:off', '/c', `""${az}" account --resource https://management.azure.com"`],
    verbatim: true,
  })
})

test('any other program is started as it is', () => {
  const args = ['-c', 'print("%PATH%")']
  expect(windowsStart('C:\\uv.exe', args, 'C:\\Windows')).toEqual({ program: 'C:\\uv.exe', args, verbatim: false })
})

test.each([
  '',
  'a b',
  'a"b',
  'a&b',
  'a|b',
  '%PATH%',
  '!x!',
  'a^b',
  '<x',
  '>x',
  '(x)',
  'a,b',
  'a;b',
  'a=b',
  'a\nb',
  "'",
])('an argument of which the command line could make anything is refused: %j', argument => {
  expect(() => windowsStart(az, ['account', argument], 'C:\\Windows')).toThrow('a batch file cannot be given')
})

test.each(['C:\\%TEMP%\\az.cmd', 'C:\\a"b\\az.BAT', 'C:\\a!b!\\az.cmd', 'C:\\a\nb\\az.cmd'])(
  'so is a path: %j',
  program => {
    expect(() => windowsStart(program, [], 'C:\\Windows')).toThrow('a batch file cannot be run')
  },
)
