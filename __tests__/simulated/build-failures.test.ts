import { describe, expect, test } from '@jest/globals'
import type { ArmError } from '../../emulator/azure/arm-errors.js'
import { expectEnd, failureOf, play } from './harness.js'

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
    expect(step.log).toContain('Failed building wheel for package-29')
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
    expect(message).toContain(
      [
        'ImageBuildFailed: [Conflict] The image could not be built. (target: forecasting)',
        '  Second line.',
        '  PackageError: pandas: "wheel" is missing',
        '    Deep: The innermost reason. (target: x86)',
        '  Hint: Use a newer version.',
        '  BuildLog:',
        '    step: install',
        '    attempts: 3',
        '    logs:',
        '      line one',
        '      line two',
        '  Plain:',
        '    Just a text.',
      ].join('\n'),
    )
    expect(message).not.toMatch(/[{}]|\[object/)
    expect(step.outputs['operation-id']).toBe(build!.id)
    const put = step.puts[0]!.headers['x-ms-correlation-request-id']
    expect(step.outputs['correlation-id']).toBe(put)
    expect(message).toContain(`operation ${build!.id}, correlation ${String(put)}`)
    for (const words of ['The innermost reason.', 'line two', 'Just a text.', build!.id, put]) {
      expect(step.summary).toContain(words)
    }
  })

  test.concurrent.each<[string, unknown, string]>([
    ['no error at all', undefined, 'no reason'],
    ['an empty one', {}, 'no reason'],
    ['a text', 'Out of disk space', 'Out of disk space'],
    ['a code alone', { code: 'OutOfDisk' }, 'OutOfDisk'],
    ['details that are none', { code: 'A', message: 'B', details: 'c', additionalInfo: [1, null, 'd'] }, 'A: B'],
  ])('may be %s', async (_, error, words) => {
    const outcome = { status: 'Failed', error: error as ArmError } as const
    const step = await play({ world: { outcomes: [outcome] } })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Failed', changed: 'true' } })
    expect(failureOf(step)).toMatchObject({ code: 'build-failed', message: expect.stringContaining(words) })
  })

  test('of a canceled build says so', async () => {
    const outcome = { status: 'Canceled', error: { code: 'Canceled', message: 'By dana.' } } as const
    const step = await play({ world: { outcomes: [outcome] } })
    expectEnd(step, { exitCode: 1, outputs: { state: 'Canceled', changed: 'true' } })
    expect(failureOf(step)).toMatchObject({ code: 'build-canceled', message: expect.stringContaining('By dana.') })
  })
})
