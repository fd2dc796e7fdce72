import type { ArmSettings } from './azure/arm-visit.js'
import type { OperationSettings } from './azure/operations.js'
import type { SandboxSettings } from './azure/sandboxes.js'
import type { ReadSettings } from './azure/sights.js'
import { documentedLimits } from './azure/throttle.js'
import type { Limits } from './azure/throttle.js'

/** What may be changed while the world runs. */
export type Settings = OperationSettings &
  ArmSettings &
  ReadSettings &
  SandboxSettings & {
    limits: Limits
    /** Milliseconds of the world between each request and any work on it. */
    latencyMs: number
  }

/** Settings of a world in which all goes well. */
export function defaultSettings(): Settings {
  return {
    buildSeconds: 2,
    deleteSeconds: 1,
    switchSeconds: 1,
    spread: 0,
    switchOutcomes: [],
    sandboxSeconds: 0,
    formerSandboxSeconds: 0,
    pythonPlugin: 'enabled',
    installed: new Map(),
    outcomes: [],
    unknownPackages: new Set(['no-such-package']),
    putHeaders: ['Azure-AsyncOperation'],
    retryAfterSeconds: undefined,
    conflictScope: 'cluster',
    repeatedPut: 'conflict',
    missingClusterCode: 'ParentResourceNotFound',
    listPage: undefined,
    completion: 'nothing',
    lagSeconds: { image: 0, list: 0, cluster: 0, operation: 0 },
    lag: 'drawn',
    limits: structuredClone(documentedLimits),
    latencyMs: 0,
  }
}
