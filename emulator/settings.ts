import type { ArmSettings } from './arm-visit.js'
import type { OperationSettings } from './operations.js'
import type { SandboxSettings } from './sandboxes.js'
import { documentedLimits } from './throttle.js'
import type { Limits } from './throttle.js'

/** What may be changed while the world runs. */
export type Settings = OperationSettings &
  ArmSettings &
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
    switchOutcomes: [],
    sandboxSeconds: 0,
    installed: new Map(),
    outcomes: [],
    unknownPackages: new Set(['no-such-package']),
    putHeaders: ['Azure-AsyncOperation'],
    retryAfterSeconds: undefined,
    conflictScope: 'cluster',
    repeatedPut: 'conflict',
    missingClusterCode: 'ParentResourceNotFound',
    listPage: undefined,
    limits: structuredClone(documentedLimits),
    latencyMs: 0,
  }
}
