import { expect, test } from '@jest/globals'
import { dependencyFileKind } from '../../../src/requirements/formats/dependency-file.js'
import { fitsTarget } from '../../../src/requirements/formats/wheel-name.js'

test.each([
  ['six-1.17.0-py2.py3-none-any.whl', true, true],
  ['x-1-py3-none-any.whl', true, true],
  ['x-1-py3-none-win_amd64.whl', true, true],
  ['x-1-1build-py3-none-any.whl', true, true],
  ['x-1-py311-none-any.whl', true, true],
  ['x-1-py310-none-any.whl', true, true],
  ['x-1-py312-none-any.whl', false, true],
  ['x-1-py2-none-any.whl', false, false],
  ['x-1-cp311-cp311-win_amd64.whl', true, true],
  ['x-1-cp310-cp310-win_amd64.whl', false, true],
  ['x-1-cp311-none-win_amd64.whl', true, true],
  ['x-1-cp310-none-win_amd64.whl', false, true],
  ['x-1-cp38-abi3-win_amd64.whl', true, true],
  ['x-1-cp312-abi3-win_amd64.whl', false, true],
  ['x-1-cp39.cp310.cp311-abi3-win_amd64.whl', true, true],
  ['x-1-cp313-cp313t-win_amd64.whl', false, false],
  ['x-1-pp310-pypy310_pp73-win_amd64.whl', false, false],
  ['x-1-cp311-cp311-win32.whl', false, false],
  ['x-1-cp311-cp311-win_arm64.whl', false, false],
  ['x-1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl', false, false],
  ['x-1-cp311-cp311-macosx_11_0_arm64.win_amd64.whl', true, true],
  ['x-1.tar.gz', false, false],
  ['', false, false],
  [`${'-'.repeat(500_000)}.whx`, false, false],
])('%s', (name, on311, somewhere) => {
  expect([fitsTarget(name, '3.11.7'), fitsTarget(name, undefined)]).toEqual([on311, somewhere])
})

test.each([
  ['pyproject.toml', 'pyproject'],
  ['a/b/pyproject.toml', 'pyproject'],
  ['a\\pylock.toml', 'pylock'],
  ['pylock.dev.toml', 'pylock'],
  ['pylock.a.b.toml', 'requirements'],
  ['uv.lock', 'uv-lock'],
  ['requirements.txt', 'requirements'],
  ['my-pyproject.toml', 'requirements'],
])('%s is %s', (file, kind) => {
  expect(dependencyFileKind(file)).toBe(kind)
})
