import type { Availability } from '../../../src/requirements/index-facts/availability.js'

/** Of each project the versions whose files are recorded. */
export const RECORDED_VERSIONS: Readonly<Record<string, readonly string[]>> = {
  fbprophet: ['0.7.1'],
  numpy: ['1.26.4', '2.2.6', '2.5.1'],
  requests: ['2.31.0', '2.32.0', '2.32.1'],
  scipy: ['1.15.3', '1.16.3'],
  sklearn: ['0.0.post12'],
  tensorflow: ['2.0.1', '2.15.0'],
  torch: ['1.8.0', '2.3.1'],
  triton: ['2.1.0'],
  uvloop: ['0.21.0'],
}

/** Of these the page is recorded as HTML, too. */
export const ALSO_AS_HTML: readonly string[] = ['fbprophet', 'requests', 'sklearn', 'tensorflow', 'triton']

/** A requirement, the version of Python, what the index offers, and the newest version that the target can have. */
export type AvailabilityCase = readonly [string, string, Availability['kind'], string | undefined]

/** What real pages say; pip was asked for each. */
export const AVAILABILITY_CASES: readonly AvailabilityCase[] = [
  ['scipy==1.16.3', '3.10.8', 'other-python', '1.15.3'],
  ['scipy==1.16.3', '3.11.7', 'wheel', '1.16.3'],
  ['numpy==2.5.1', '3.10.8', 'other-python', '2.2.6'],
  ['numpy>=2.5.1', '3.11.7', 'other-python', '2.2.6'],
  ['numpy>=2.2', '3.11.7', 'wheel', '2.2.6'],
  ['numpy', '3.10.8', 'wheel', '2.2.6'],
  ['numpy==9.9', '3.10.8', 'no-version', '2.2.6'],
  ['tensorflow==2.0.1', '3.10.8', 'other-wheels', '2.15.0'],
  ['torch==1.8.0', '3.10.8', 'other-wheels', '2.3.1'],
  ['torch>=2', '3.11.7', 'wheel', '2.3.1'],
  ['triton==2.1.0', '3.10.8', 'other-wheels', undefined],
  ['triton==2.1.0', '3.11.7', 'other-wheels', undefined],
  ['fbprophet', '3.10.8', 'source', undefined],
  ['uvloop', '3.11.7', 'source', undefined],
  ['sklearn', '3.10.8', 'source', undefined],
  ['requests>=2.32.0,<2.32.2', '3.10.8', 'yanked', '2.31.0'],
  ['requests==2.32.0', '3.10.8', 'yanked', '2.31.0'],
  ['requests', '3.10.8', 'wheel', '2.31.0'],
]

/** Tags of wheels, and of which of {@link TAG_VERSIONS} CPython on 64-bit Windows takes them. */
export const TAGS: readonly string[] = [
  'cp310-cp310-win_amd64',
  'cp311-cp311-win_amd64',
  'cp36-cp36m-win_amd64',
  'cp37-cp37m-win_amd64',
  'cp37-cp37-win_amd64',
  'cp38-cp38-win_amd64',
  'cp310-cp310-win32',
  'cp310-cp310-win_arm64',
  'cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64',
  'cp310-cp310-macosx_11_0_arm64',
  'cp36-abi3-win_amd64',
  'cp32-abi3-win_amd64',
  'cp310-abi3-win_amd64',
  'cp311-abi3-win_amd64',
  'cp39-abi3-any',
  'cp3-abi3-win_amd64',
  'py3-none-any',
  'py2-none-any',
  'py2.py3-none-any',
  'py38-none-any',
  'py311-none-any',
  'py312-none-any',
  'py30-none-any',
  'py3-none-win_amd64',
  'py3-none-win32',
  'py2.py3-none-win32.win_amd64',
  'cp310-none-win_amd64',
  'cp310-none-any',
  'cp39-none-any',
  'cp39-none-win_amd64',
  'cp310-cp310-any',
  'pp310-pypy310_pp73-win_amd64',
  'cp313-cp313t-win_amd64',
  'cp39.cp310-abi3-win32.win_amd64',
  'cp37.cp38.cp39.cp310-none-win_amd64',
  'cp38.cp310-cp38.cp310-win_amd64',
  'py3-abi3-any',
  'cp41-none-any',
  'py4-none-any',
]

/** Versions of Python that the tags are asked of. */
export const TAG_VERSIONS: readonly string[] = ['3.6.5', '3.7.9', '3.8.10', '3.10.8', '3.11.7']
