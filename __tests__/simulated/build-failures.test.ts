import { describe, expect, test } from '@jest/globals'
import type { ArmError } from '../../emulator/azure/arm-errors.js'
import { expectEnd, expectFailure, failureOf, play } from './harness.js'

const failing = (error: ArmError) => ({ outcomes: [{ status: 'Failed', error }] as const })
const files = {
  'requirements.txt': '# What the functions need\npandas==2.2.2\nScikit_Lern==1.4.2  # typo\n-r plotting.txt\n',
  'plotting.txt': '\nplotly\nkaleido==0.2.1',
}
const ofPip = (...lines: string[]): ArmError => ({
  code: 'SandboxCustomImageCreationFailed',
  message: ['[BadRequest] Failed to install.', ...lines].join('\n'),
})

describe("lines of pip's that name a requirement annotate its line", () => {
  test.concurrent.each<[string, ArmError, [string, number][]]>([
    [
      'no version',
      ofPip(
        'ERROR: Could not find a version that satisfies the requirement scikit-lern==1.4.2 (from versions: none)',
        'ERROR: No matching distribution found for scikit-lern==1.4.2',
      ),
      [['requirements.txt', 3]],
    ],
    ['no wheel, in an included file', ofPip('ERROR: Failed building wheel for kaleido'), [['plotting.txt', 3]]],
    [
      'a conflict',
      ofPip(
        'ERROR: Cannot install pandas==2.2.2 and plotly because these package versions have conflicting dependencies.',
        'The conflict is caused by:',
        '    The user requested pandas==2.2.2',
        '    plotly 5.22.0 depends on pandas<2',
      ),
      [
        ['requirements.txt', 2],
        ['plotting.txt', 2],
      ],
    ],
    [
      'nested in details',
      {
        code: 'BadRequest',
        message: 'See below.',
        details: [
          {
            code: 'Inner',
            message: 'More.',
            details: [{ code: 'Pip', message: 'No matching distribution found for plotly' }],
          },
        ],
      },
      [['plotting.txt', 2]],
    ],
    ['another package', ofPip('ERROR: No matching distribution found for polars'), []],
    ['no line of that kind', ofPip('Disk is full: pandas'), []],
  ])('%s', async (_, error, places) => {
    const step = await play({ world: { outcomes: [...failing(error).outcomes] }, files })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed', changed: 'true', action: 'create' } })
    const errors = step.annotations.filter(({ level }) => level === 'error')
    const located = errors.filter(({ file }) => file !== undefined)
    expect(located.map(({ file, line }) => [file, line])).toEqual(places)
    expect(located.every(({ level, title }) => level === 'error' && title === 'build-failed')).toBe(true)
    // The service's own words stand in one annotation of their own.
    expect(failureOf(step).message).toContain(error.message.split('\n')[0])
    expect(errors.length).toBe(places.length + 1)
  })

  test('up to as many as GitHub keeps', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `package-${index}`)
    const step = await play({
      world: {
        outcomes: [...failing(ofPip(...names.map(name => `ERROR: Failed building wheel for ${name}`))).outcomes],
      },
      files: { 'requirements.txt': names.join('\n') },
    })
    expectEnd(step, { exitCode: 1 })
    expect(step.annotations.filter(({ level }) => level === 'error')).toHaveLength(10)
    expect(failureOf(step).message).toContain('Failed building wheel for package-29')
  })
})

describe("the service's whole error", () => {
  const error: ArmError = {
    code: 'ImageBuildFailed',
    message: '[Conflict] The image could not be built.\r\nSecond line.',
    target: 'forecasting',
    details: [
      {
        code: 'PackageError',
        message: 'pandas: "wheel" is missing',
        details: [{ code: 'Deep', message: 'The innermost reason.', target: 'x86' }],
      },
      { code: 'Hint', message: 'Use a newer version.' },
    ],
    additionalInfo: [
      { type: 'BuildLog', info: { step: 'install', attempts: 3, logs: ['line one', 'line two'], nothing: null } },
      { type: 'Plain', info: 'Just a text.' },
    ],
  }

  test('is told as a person would read it, with its ids, in the log, the annotation and the summary', async () => {
    const step = await play({ world: { outcomes: [...failing(error).outcomes] } })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed' } })
    const [build] = step.ownBuilds
    const { code, message } = failureOf(step)
    expect(code).toBe('build-failed')
    const parts: [string, number][] = [
      ['ImageBuildFailed: [Conflict] The image could not be built.', 0],
      ['Second line.', 1],
      ['PackageError: pandas: "wheel" is missing', 1],
      ['Deep: The innermost reason.', 2],
      ['Hint: Use a newer version.', 1],
      ['BuildLog:', 1],
      ['step: install', 2],
      ['attempts: 3', 2],
      ['logs:', 2],
      ['line one', 3],
      ['line two', 3],
      ['Plain:', 1],
      ['Just a text.', 2],
    ]
    const lines = message.split('\n')
    const found = parts.map(([text]) => lines.findIndex(line => line.includes(text)))
    expect(found).toEqual(parts.map((_, index) => found[0]! + index))
    const depths = found.slice(1).map(index => lines[index]!.search(/[^ >]/))
    expect(depths.map(depth => (depth - depths[0]!) / 2 + 1)).toEqual(parts.slice(1).map(([, depth]) => depth))
    expect(lines[found[3]!]).toContain('x86')
    expect(message).not.toMatch(/[{}]|\[object/)
    expect(step.outputs['operation-id']).toBe(build!.id)
    const put = step.puts[0]!.headers['x-ms-correlation-request-id']
    expect(step.outputs['correlation-id']).toBe(put)
    for (const id of [build!.id, String(put)]) expect(message).toContain(id)
    for (const words of ['The innermost reason.', 'line two', 'Just a text.', build!.id, put]) {
      expect(step.summary).toContain(words)
    }
  })

  test.concurrent.each<[string, unknown, string]>([
    ['no error at all', undefined, 'forecasting'],
    ['an empty one', {}, 'forecasting'],
    ['a text', 'Out of disk space', 'Out of disk space'],
    ['a code alone', { code: 'OutOfDisk' }, 'OutOfDisk'],
    ['details that are none', { code: 'A', message: 'B', details: 'c', additionalInfo: [1, null, 'd'] }, 'A: B'],
  ])('may be %s', async (_, error, words) => {
    const outcome = { status: 'Failed', error: error as ArmError } as const
    const step = await play({ world: { outcomes: [outcome] } })
    expectFailure(step, 'build-failed', [words, step.ownBuilds[0]!.id], { state: 'Failed', changed: 'true' })
    expect(failureOf(step).message).not.toMatch(/undefined|[{}]|\[object/)
  })

  test('of a canceled build says so', async () => {
    const outcome = { status: 'Canceled', error: { code: 'Canceled', message: 'By dana.' } } as const
    const step = await play({ world: { outcomes: [outcome] } })
    expectFailure(step, 'build-canceled', ['By dana.'], { state: 'Canceled', changed: 'true' })
  })
})
