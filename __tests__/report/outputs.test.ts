import { describe, expect, test } from '@jest/globals'
import {
  type Attempt,
  type Change,
  type ChangeResult,
  newChange,
  type Operation,
  type RequestFate,
} from '../../src/azure/change/change.js'
import type { Cluster, PythonImage } from '../../src/model/cluster.js'
import { Failure } from '../../src/failure.js'
import type { CurrentImage } from '../../src/model/image.js'
import type { ApplyInputs, DeleteInputs } from '../../src/inputs/inputs.js'
import { outputsOf } from '../../src/report/outputs.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { beginRun, type RunState } from '../../src/run-state.js'
import { target } from '../azure/fake-arm.js'
import { fakeClock } from '../azure/fake-clock.js'

const requirements = requirementsOf('pandas==2.2.2')
const own: PythonImage = { kind: 'custom', name: target.image }
const blue: PythonImage = { kind: 'custom', name: 'blue' }

const clusterOn = (...pythonImages: PythonImage[]): Cluster => ({
  state: 'Running',
  provisioningState: 'Succeeded',
  uri: undefined,
  sku: undefined,
  isPrivate: false,
  python: pythonImages[0],
  pythonImages,
})

const imageIn = (state: string, requirementsText = requirements.text): CurrentImage => ({
  id: 'ID',
  name: target.image,
  state,
  language: 'PYTHON',
  languageVersion: '3.10.8',
  baseImageName: undefined,
  requirementsText,
  changedAt: undefined,
})

const apply = {
  mode: 'apply',
  target,
  language: 'Python',
  foundation: { languageVersion: '3.10.8' },
  activate: true,
} as unknown as ApplyInputs
const deletion = { mode: 'delete', target, dryRun: false, family: undefined } as unknown as DeleteInputs

/** One try of a change: its fate, and more that is known of it. */
type Try<Resource> = Partial<Attempt<Resource>> & { readonly fate: RequestFate }

function change<Resource>(
  of: Change<Resource>,
  tries: readonly Try<Resource>[],
  as?: ChangeResult<Resource>['as'],
): Change<Resource> {
  const attempts = tries.map((each, index) => ({
    sentAt: index,
    before: { sentAt: index, resource: undefined },
    mayShowEarlier: false,
    nextPollAt: 0,
    correlationId: `correlation-${index}`,
    ...each,
  }))
  of.attempts.push(...attempts)
  if (as !== undefined) of.result = { as } as ChangeResult<Resource>
  return of
}

const operation = (id: string, more = {}) => ({ id, retryAfter: undefined, urls: [], misses: 0, ...more })

type Row = readonly [string, (state: RunState) => void, Readonly<Record<string, string | undefined>>]

describe('the build', () => {
  test.each<Row>([
    [
      'was not needed',
      state => void (state.decision = { action: 'none', reasons: [] }),
      { changed: 'false', action: 'none', state: 'Succeeded' },
    ],
    [
      'succeeded',
      ({ changes }) => void change(changes.build, [{ fate: 'accepted', operation: operation('op') }], 'succeeded'),
      {
        changed: 'true',
        action: 'update',
        state: 'Succeeded',
        'operation-id': 'op',
        'correlation-id': 'correlation-0',
      },
    ],
    [
      'failed',
      ({ changes }) => void change(changes.build, [{ fate: 'accepted' }], 'failed'),
      { changed: 'true', state: 'Failed' },
    ],
    [
      'is not waited for: the echo is not believed',
      ({ changes }) => void change(changes.build, [{ fate: 'accepted', echo: { id: 'ID', state: 'Succeeded' } }]),
      { changed: 'true', state: 'Accepted' },
    ],
    [
      'is not waited for: a state in progress is',
      ({ changes }) => void change(changes.build, [{ fate: 'accepted', echo: { id: 'ID', state: 'Creating' } }]),
      { state: 'Creating' },
    ],
    [
      'is open, and the image shows its former success',
      ({ changes }) =>
        void change(changes.build, [
          {
            fate: 'accepted',
            operation: operation('op', { status: 'Running', statusReadAt: 5 }),
            reading: { sentAt: 9, resource: imageIn('Succeeded') },
          },
        ]),
      { state: 'Running' },
    ],
    [
      'may have been received',
      ({ changes }) => void change(changes.build, [{ fate: 'lost' }]),
      { changed: undefined, action: 'update', state: 'Succeeded' },
    ],
    [
      'was being asked for',
      ({ changes }) => void change(changes.build, [{ fate: 'pending' }]),
      { changed: undefined, action: 'update' },
    ],
    [
      'was found after its answer was lost',
      ({ changes }) => void change(changes.build, [{ fate: 'found' }], 'succeeded'),
      { changed: undefined, action: 'update' },
    ],
    [
      'was never received',
      ({ changes }) => void change(changes.build, [{ fate: 'not-received' }]),
      { changed: 'false', action: 'none' },
    ],
    [
      'was refused',
      ({ changes }) => void change(changes.build, [{ fate: 'refused' }]),
      { changed: 'false', action: 'none' },
    ],
    [
      'was kept from being carried out, and then its answer was lost',
      ({ changes }) =>
        void change(changes.build, [{ fate: 'refused', operation: operation('former') }, { fate: 'lost' }]),
      { changed: undefined, 'operation-id': undefined, 'correlation-id': 'correlation-1' },
    ],
    [
      'goes on, and another run had begun to build the same before',
      state => {
        state.decision = { action: 'attach', reasons: [] }
        state.changes.leftBuild = change(newChange('build'), [{ fate: 'accepted' }])
      },
      { changed: 'true', action: 'create' },
    ],
    [
      'may have begun, and another run had begun to build the same before',
      state => {
        state.decision = { action: 'attach', reasons: [] }
        state.changes.leftBuild = change(newChange('build'), [{ fate: 'lost' }])
      },
      { changed: undefined, action: 'create' },
    ],
    [
      'succeeded, and the image shows other content',
      state => {
        change(state.changes.build, [{ fate: 'accepted' }], 'superseded')
        state.image = { sentAt: 0, resource: imageIn('Succeeded', 'polars') }
      },
      { state: 'Outdated' },
    ],
  ])('%s', (_, prepare, expected) => {
    expect(outputs(apply, prepare)).toMatchObject(expected)
  })
})

describe('the switch', () => {
  const onBlue = { before: { sentAt: 0, resource: clusterOn(blue) } }
  test.each<Row>([
    [
      'was not needed',
      () => undefined,
      { activated: 'false', 'previous-image': 'forecasting', 'active-image': 'forecasting' },
    ],
    [
      'succeeded',
      ({ changes }) => void change(changes.switch, [{ fate: 'accepted', ...onBlue }], 'succeeded'),
      { activated: 'true', 'previous-image': 'blue' },
    ],
    [
      'was followed',
      state => void (state.followedSwitch = { replaced: blue }),
      { activated: 'false', 'previous-image': 'blue' },
    ],
    [
      'is open',
      ({ changes }) => void change(changes.switch, [{ fate: 'accepted', ...onBlue }]),
      { activated: undefined, 'previous-image': 'blue', 'active-image': 'forecasting' },
    ],
    [
      'has succeeded, and the cluster was not read since',
      ({ changes }) => {
        const end = { as: 'succeeded', readAt: 100 } as const
        change(changes.switch, [{ fate: 'accepted', ...onBlue, operation: operation('op', { end }) }])
      },
      { activated: undefined, 'previous-image': 'blue', 'active-image': undefined },
    ],
    [
      'may have been received',
      ({ changes }) => void change(changes.switch, [{ fate: 'lost', ...onBlue }]),
      { activated: undefined, 'previous-image': 'blue' },
    ],
    [
      'failed',
      ({ changes }) => void change(changes.switch, [{ fate: 'accepted', ...onBlue }], 'failed'),
      { activated: 'false' },
    ],
    [
      'was switched back',
      ({ changes }) => {
        change(changes.switch, [{ fate: 'accepted', ...onBlue }], 'succeeded')
        change(changes.switchBack, [{ fate: 'accepted', operation: operation('back') }], 'succeeded')
      },
      { activated: 'false', 'previous-image': 'blue', 'operation-id': 'back' },
    ],
    [
      'is being switched back',
      ({ changes }) => {
        change(changes.switch, [{ fate: 'accepted', ...onBlue }], 'succeeded')
        change(changes.switchBack, [{ fate: 'accepted' }])
      },
      { activated: undefined },
    ],
    [
      'could not be switched back',
      ({ changes }) => {
        change(changes.switch, [{ fate: 'accepted', ...onBlue }], 'succeeded')
        change(changes.switchBack, [{ fate: 'refused' }])
      },
      { activated: 'true' },
    ],
    [
      'replaced what became active meanwhile, not what was at first',
      ({ changes }) =>
        void change(
          changes.switch,
          [
            { fate: 'not-received', before: { sentAt: 0, resource: clusterOn() } },
            { fate: 'accepted', ...onBlue },
          ],
          'succeeded',
        ),
      { 'previous-image': 'blue' },
    ],
  ])('%s', (_, prepare, expected) => {
    expect(outputs(apply, prepare)).toMatchObject(expected)
  })
})

describe('trying the image', () => {
  const failure = new Failure({ code: 'verification-failed', headline: 'm', remedy: '' })
  test.each<Row>([
    [
      'has found it good',
      state => void (state.verification = { packages: [], queries: [], failure: undefined, isSettled: true }),
      { verified: 'true' },
    ],
    [
      'has found a fault',
      state => void (state.verification = { packages: [], queries: [], failure, isSettled: true }),
      { verified: 'false' },
    ],
    [
      'was cut short',
      state => void (state.verification = { packages: [], queries: [], failure, isSettled: false }),
      { verified: undefined },
    ],
  ])('%s', (_, prepare, expected) => {
    expect(outputs(apply, prepare)).toMatchObject(expected)
  })
})

describe('a deletion', () => {
  const deleting =
    (fate: RequestFate, as?: ChangeResult<CurrentImage>['as'], operation?: Operation) => (state: RunState) => {
      state.decision = { action: 'delete', reasons: [] }
      const attempt = { fate, ...(operation === undefined ? {} : { operation }) }
      state.changes.deletions.push(change(newChange<CurrentImage>('deletion', 'old'), [attempt], as))
    }
  const ended: Operation = {
    id: undefined,
    retryAfter: undefined,
    urls: [],
    misses: 0,
    end: { as: 'failed', readAt: 0 },
  }
  test.each<Row>([
    ['succeeded', deleting('accepted', 'succeeded'), { changed: 'true', action: 'delete' }],
    ['found nothing to delete', deleting('refused', 'gone'), { changed: 'false', action: 'none' }],
    ['failed', deleting('accepted', 'failed', ended), { changed: 'false' }],
    [
      'failed by the look of the image, which others may have built anew',
      deleting('accepted', 'failed'),
      { changed: undefined },
    ],
    ['may have been received', deleting('lost'), { changed: undefined, action: 'delete' }],
  ])('%s', (_, prepare, expected) => {
    expect(outputs(deletion, prepare)).toMatchObject(expected)
  })
})

function outputs(inputs: ApplyInputs | DeleteInputs, prepare: (state: RunState) => void) {
  const state = beginRun(fakeClock())
  state.inputs = inputs
  state.requirements = requirements
  state.decision = { action: 'update', reasons: ['requirements'] }
  state.image = { sentAt: 0, resource: imageIn('Succeeded') }
  state.cluster = { sentAt: 0, resource: clusterOn(own) }
  prepare(state)
  return outputsOf(state, 1000)
}
