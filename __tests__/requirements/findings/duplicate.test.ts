import { describe, expect, test } from '@jest/globals'
import { brief, checked, CUSTOM_BASE, PYTHON_3_10 } from './checked.js'

async function duplicates(text: string, target = PYTHON_3_10): Promise<readonly string[]> {
  return (await checked(text, target)).filter(({ id }) => id === 'duplicate').map(brief)
}

describe('errors: nothing satisfies both', () => {
  test.each([
    ['numpy==1.26.4\nNumPy==1.25.0', ['error duplicate 2:1-6']],
    ['a.b==1\nA_b[x]>2', ['error duplicate 2:1-4']],
    ['a>=2\n# between\n  a<1', ['error duplicate 3:3-4']],
    ['a==1\na==2\na==3', ['error duplicate 2:1-2', 'error duplicate 3:1-2']],
    ['a\na==1\na==2', ['warning duplicate 2:1-2', 'error duplicate 3:1-2']],
    ['a==1; os_name == "nt"\na==2; python_version > "3"', ['error duplicate 2:1-2']],
    ['a @ https://x.org/a.zip\na @ https://x.org/b.zip', ['error duplicate 2:1-2']],
    ['git+https://x.org/a@1#egg=a\ngit+https://x.org/a@2#egg=a', ['error duplicate 2:1-28']],
  ])('%j', async (text, expected) => {
    expect(await duplicates(text)).toEqual(expected)
  })
})

describe('warnings: needless, or not for certain', () => {
  test.each([
    ['numpy==1.26.4\nnumpy==1.26.4', ['warning duplicate 2:1-6']],
    ['numpy==1.26.4\nnumpy == 1.26.4.0 # again', ['warning duplicate 2:1-6']],
    ['requests[socks]==2\nrequests==2', ['warning duplicate 2:1-9']],
    ['a>=1\na<2', ['warning duplicate 2:1-2']],
    ['a==1; platform_release == "10"\na==2', ['warning duplicate 2:1-2']],
    ['a==1; platform_release == "10"\na==2; platform_release == "11"', ['warning duplicate 2:1-2']],
    ['a @ https://x.org/a.zip\na==1', ['warning duplicate 2:1-2']],
    ['a @ https://u:p@X.org/a.zip?x#y\na @ https://x.org/a.zip', ['warning duplicate 2:1-2']],
    ['a @ https://${HOST}/a.zip\na @ https://x.org/b.zip', ['warning duplicate 2:1-2']],
    ['https://x.org/a-1-py3-none-any.whl\na==1', ['warning duplicate 2:1-2']],
  ])('%j', async (text, expected) => {
    expect(await duplicates(text)).toEqual(expected)
  })
})

describe('nothing: the two never apply together', () => {
  test.each([
    'a==1; python_version < "3.9"\na==2; python_version >= "3.9"',
    'a==1; sys_platform == "linux"\na==2',
    'a==1\na==2; extra == "dev"',
    'a==1\nb==1\nc==1',
    'https://x.org/a.zip\nhttps://x.org/b.zip',
  ])('%j', async text => {
    expect(await duplicates(text)).toEqual([])
    expect(await duplicates(text, CUSTOM_BASE)).toEqual([])
  })
})

describe('where the version of Python is not known', () => {
  test.each([
    ['a==1; python_version < "3.9"\na==2; python_version >= "3.9"', []],
    ['a==1; python_version < "3.10"\na==2; python_version >= "3.9"', ['warning duplicate 2:1-2']],
    ['a==1; python_version < "3.9"\na==2', ['warning duplicate 2:1-2']],
    ['a==1; os_name == "nt"\na==2', ['error duplicate 2:1-2']],
  ])('%j', async (text, expected) => {
    expect(await duplicates(text, CUSTOM_BASE)).toEqual(expected)
  })
})

test.each([
  ['a==1\na==2', /^"a" .*"==2" here and "==1" in requirements\.txt, line 1\.$/, 'Remove one'],
  ['a==1\na==1', /^"a" .* in requirements\.txt, line 1\.$/, 'Keep one'],
  ['a[y]>=1\nA[x]<2', /^"a" .* in requirements\.txt, line 1\.$/, 'Write one line: "a[x,y]<2,>=1".'],
  ['a\na==2', /^"a" .* in requirements\.txt, line 1\.$/, 'Write one line: "a==2".'],
  ['a==1; platform_release == "1"\na==2', /"==2" here and "==1; platform_release == "1"" in/, 'markers'],
])('%j says what to do', async (text, problem, remedy) => {
  expect(await checked(text)).toMatchObject([
    { problem: expect.stringMatching(problem), remedy: expect.stringContaining(remedy) },
  ])
})
