import { describe, expect, test } from '@jest/globals'
import { environmentOf, truthOf } from '../../../src/requirements/findings/marker-truth.js'
import type { Truth } from '../../../src/requirements/findings/version-range.js'
import { parseMarker } from '../../../src/requirements/marker.js'
import { CUSTOM_BASE, PYTHON_3_10 } from './checked.js'
import { askPackaging, NO_PACKAGING } from './packaging-oracle.js'

/** On CPython 3.10.8; whether the same holds where the version is not known is left out where it is not. */
const TABLE: readonly (readonly [marker: string, on310: Truth, onAny: Truth])[] = [
  ['sys_platform == "win32"', true, true],
  ['sys_platform == "linux"', false, false],
  ['sys_platform != "win32"', false, false],
  ['sys.platform == "linux"', false, false],
  ['"win32" == sys_platform', true, true],
  ['"linux" == sys_platform', false, false],
  ['"linux" in sys_platform', false, false],
  ['"win" in sys_platform', true, true],
  ['sys_platform in "linux darwin"', false, false],
  ['sys_platform in "linux win32"', true, true],
  ['sys_platform not in "linux win32"', false, false],
  ['sys_platform not in "linux darwin"', true, true],
  ['sys_platform <= "win32"', true, true],
  ['sys_platform >= "zos"', false, false],
  ['sys_platform >= "linux"', undefined, undefined],
  ['sys_platform > "zos"', false, false],
  ['sys_platform < "zos"', undefined, undefined],
  ['sys_platform ~= "win32"', undefined, undefined],
  ['sys_platform === "win32"', undefined, undefined],
  ['os_name == "nt"', true, true],
  ['os_name == "posix"', false, false],
  ['os_name == "NT"', false, false],
  ['platform_system == "Windows"', true, true],
  ['platform_system == "windows"', false, false],
  ['platform_machine == "AMD64"', true, true],
  ['platform_machine == "x86_64"', false, false],
  ['platform_python_implementation == "CPython"', true, true],
  ['platform_python_implementation == "PyPy"', false, false],
  ['implementation_name == "cpython"', true, true],
  ['implementation_name == "pypy"', false, false],
  ['platform_release == "10"', undefined, undefined],
  ['platform_release >= "10"', undefined, undefined],
  ['"Server" in platform_version', undefined, undefined],
  ['extra == "test"', false, false],
  ['extra != "test"', true, true],
  ['extra == ""', true, true],
  ['"test" == extra', false, false],
  ['"test" in extras', undefined, undefined],
  ['python_version == "3.10"', true, undefined],
  ['python_version == "3.10.8"', false, undefined],
  ['python_version == "3.1"', false, undefined],
  ['python_version == "3.*"', true, undefined],
  ['python_version == "2.*"', false, undefined],
  ['python_version >= "3.9"', true, undefined],
  ['python_version < "3.9"', false, undefined],
  ['python_version <= "3.10"', true, undefined],
  ['python_version > "3.10"', false, undefined],
  ['python_version > "3.10.5"', false, undefined],
  ['python_version >= "3"', true, undefined],
  ['python_version ~= "3.8"', true, undefined],
  ['python_version ~= "3.11"', false, undefined],
  ['python_version ~= "3"', undefined, undefined],
  ['python_version != "3.10"', false, undefined],
  ['python_version === "3.10"', true, undefined],
  ['python_version === "3.1"', false, undefined],
  ['python_version in "3.9 3.10"', true, undefined],
  ['python_version in "3.8 3.9"', false, undefined],
  ['python_version not in "3.8 3.9"', true, undefined],
  ['"3" in python_version', true, undefined],
  ['"3.9" <= python_version', true, undefined],
  ['"3.9" > python_version', false, undefined],
  ['"3.11" <= python_version', false, undefined],
  ['python_full_version == "3.10.8"', true, undefined],
  ['python_full_version < "3.10.8"', false, undefined],
  ['python_full_version > "3.10.7"', true, undefined],
  ['python_full_version <= "3.10"', false, undefined],
  ['python_full_version == "3.10.*"', true, undefined],
  ['implementation_version == "3.10.8"', true, undefined],
  ['python_version >= "3.8,<4"', false, undefined],
  ['python_version <= "3.8,<4"', undefined, undefined],
  ['python_version < "three"', undefined, undefined],
  ['python_version > "three"', false, undefined],
  ['python_version == "three"', false, undefined],
  ['python_version != "three"', true, undefined],
  ['python_version == "3.20240101000000000001"', false, undefined],
  ['python_version < "3.20240101000000000001"', undefined, undefined],
  ['"abc" > python_version', undefined, undefined],
  ['"a" == "b"', undefined, undefined],
  ['os_name == sys_platform', undefined, undefined],
  ['python_version >= "3.9" and sys_platform == "win32"', true, undefined],
  ['python_version >= "3.9" and sys_platform == "linux"', false, false],
  ['python_version < "3.9" or sys_platform == "win32"', true, true],
  ['python_version < "3.9" or sys_platform == "linux"', false, undefined],
  ['platform_release == "10" and sys_platform == "linux"', false, false],
  ['platform_release == "10" or sys_platform == "linux"', undefined, undefined],
  ['platform_release == "10" or sys_platform == "win32"', true, true],
  ['(os_name == "posix" or os_name == "nt") and python_version < "3"', false, undefined],
  ['os_name == "posix" or os_name == "nt" and python_version < "3"', false, undefined],
]

const on310 = environmentOf(PYTHON_3_10)

test.each(TABLE)('%s', (marker, known, unknown) => {
  const parsed = parseMarker(marker, 0)
  expect(truthOf(parsed, on310)).toBe(known)
  expect(truthOf(parsed, environmentOf(CUSTOM_BASE))).toBe(unknown)
})

// What the target does not tell has two values each here: what is certain must be so for both.
const environments = [
  { ...on310, platform_release: '10', platform_version: '10.0.20348' },
  { ...on310, platform_release: '2022Server', platform_version: '' },
]
const questions = TABLE.flatMap(([marker]) => environments.map(environment => ({ marker, environment })))
const answers = askPackaging({ markers: questions })

;(answers === undefined ? describe.skip : describe)(
  answers === undefined ? `packaging agrees (skipped: ${NO_PACKAGING})` : 'packaging agrees',
  () => {
    test.each(questions.map(({ marker }, index) => [marker, index] as const))('%s', (marker, index) => {
      const truth = truthOf(parseMarker(marker, 0), on310)
      const said = answers?.markers[index] ?? []
      expect(said.length).toBeGreaterThan(0)
      // Where packaging fails, the line has no effect either.
      if (truth !== undefined) expect(said.map(each => each ?? truth)).toEqual(said.map(() => truth))
    })
  },
)
