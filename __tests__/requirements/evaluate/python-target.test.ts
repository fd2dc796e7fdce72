import { describe, expect, test } from '@jest/globals'
import { formatPythonTarget, pythonTargetOf } from '../../../src/requirements/evaluate/python-target.js'

describe('targetOf', () => {
  test.each([
    [{ languageVersion: '3.10.8' }, '3.10.8'],
    [{ languageVersion: '3.11.7' }, '3.11.7'],
    [{ languageVersion: '3.10' }, undefined],
    [{ languageVersion: 'x' }, undefined],
    [{ baseImageName: 'Python3_10_8' }, '3.10.8'],
    [{ baseImageName: 'Python3_11_7' }, '3.11.7'],
    [{ baseImageName: 'PYTHON3_11_7' }, '3.11.7'],
    [{ baseImageName: 'Python3_11_7_DL' }, '3.11.7'],
    [{ baseImageName: 'Python3_11_7_OURS' }, undefined],
    [{ baseImageName: 'our-Python3_11_7' }, undefined],
    [{ baseImageName: 'Python3_11' }, undefined],
  ])('%j', (foundation, version) => {
    const target = pythonTargetOf(foundation)
    expect(target.pythonVersion).toBe(version)
    expect(target.platform.sys_platform).toBe('win32')
  })

  test('in words', () => {
    expect(formatPythonTarget(pythonTargetOf({ languageVersion: '3.10.8' }))).toBe('CPython 3.10.8 on Windows')
    expect(formatPythonTarget(pythonTargetOf({ baseImageName: 'ours' }))).toBe('CPython on Windows')
  })
})
