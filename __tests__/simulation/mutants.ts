/** A guard that is taken away: a text of a module, as tsc has written it, and what it becomes. */
export type Mutant = {
  /** What the action then does wrong. */
  readonly name: string
  /** Below `src/`. */
  readonly file: string
  readonly text: string
  readonly becomes: string
  /** A seed that shows it, where few do. */
  readonly shownBy?: number
}

/** Each of these must make the simulation fail within 1,000 runs: of its own seed, of those that ever failed, and of a day's. */
export const mutants: readonly Mutant[] = [
  {
    name: 'believe the first read',
    file: 'azure/change/evidence.ts',
    text: 'readLag = 120_000',
    becomes: 'readLag = 0',
  },
  {
    name: 'forget that a lost request may still be received',
    file: 'azure/change/evidence.ts',
    text: 'acceptanceDelay = 120_000',
    becomes: 'acceptanceDelay = -120_000',
  },
  {
    name: 'take one 404 for a deletion',
    file: 'azure/change/evidence.ts',
    text: 'absence.reads >= leastAbsentReads && sentAt >= absence.since + readLag',
    becomes: 'true',
  },
  {
    name: 'take a failure that passes for the end',
    file: 'azure/change/change.ts',
    text: "if (hasCode(error, 'ServiceIsInMaintenance'))",
    becomes: 'if (false)',
  },
  {
    name: 'close an operation that is not visible yet',
    file: 'azure/change/change.ts',
    text: 'observation.missing === true &&',
    becomes: 'false &&',
  },
  {
    name: 'wait for no end',
    file: 'azure/change/run-change.ts',
    text: 'if (!options.waits && isUnderWay',
    becomes: 'if (isUnderWay',
  },
  {
    name: 'create after one false 404',
    file: 'steps/get-image.ts',
    text: '(await readAgainIfListed(context))',
    becomes: 'undefined',
  },
  {
    name: 'go back to what was active at the first try',
    file: 'run-facts.ts',
    text: "attempts.findLast(({ fate }) => fate === 'accepted') ??",
    becomes: 'attempts[0] ??',
    shownBy: 2001294,
  },
  {
    name: 'forget a switch whose answer was lost',
    file: 'run-facts.ts',
    text: "attempts.findLast(({ fate }) => fate === 'found')",
    becomes: 'undefined',
  },
  {
    name: 'tell what was found as its own',
    file: 'run-facts.ts',
    text: "if (attempts.some(({ fate }) => fate === 'accepted'))",
    becomes: "if (attempts.some(({ fate }) => fate === 'accepted' || fate === 'found'))",
  },
  {
    name: 'believe the echo of the request',
    file: 'run-facts.ts',
    text: 'if (!isUnderWay(attempt))',
    becomes: 'if (true)',
  },
  {
    name: 'take whatever is active for its own image',
    file: 'model/cluster.ts',
    text: "pythonImages.length === 1 && samePythonImage(python, { kind: 'custom', name: image })",
    becomes: 'true',
  },
  {
    name: 'go back though rollback is false',
    file: 'steps/roll-back.ts',
    text: 'if (!inputs.rollback)',
    becomes: 'if (false)',
  },
  {
    name: 'delete what is in use',
    file: 'steps/delete-images.ts',
    text: 'if (usage !== undefined)',
    becomes: 'if (false)',
  },
  {
    name: 'delete one of the newest by now',
    file: 'steps/delete-images.ts',
    text: 'inputs.family !== undefined && !isStillOld',
    becomes: 'false && !isStillOld',
  },
  {
    name: 'believe that all packages are sound',
    file: 'steps/verify.ts',
    text: 'if (bad.length > 0)',
    becomes: 'if (false)',
  },
  {
    name: 'believe one answer right after a switch',
    file: 'verification/trials.ts',
    text: 'if ((!isFresh && last.failure === undefined) ||',
    becomes: 'if (true ||',
  },
  {
    name: 'use a member of the family whose build has failed meanwhile',
    file: 'steps/build-member.ts',
    text: 'if (builds(decision))',
    becomes: 'if (false)',
    shownBy: 2078501119,
  },
  {
    name: 'believe that all queries pass',
    file: 'verification/judge-query.ts',
    text: 'if (bad.length === 0)',
    becomes: 'if (true)',
    shownBy: 2078900077,
  },
  {
    name: 'take a disabled plugin for a fault of the image',
    file: 'verification/import-query.ts',
    text: "text.includes('plugin') &&",
    becomes: 'false &&',
    shownBy: 2078900289,
  },
  {
    name: 'switch over a newer image of the family',
    file: 'steps/activate.ts',
    text: 'if (inputs.family !== undefined && !isOn && isNewer(',
    becomes: 'if (false && isNewer(',
    shownBy: 2079100300,
  },
  {
    name: 'verify whatever is active',
    file: 'steps/verify-active.ts',
    text: 'if (image === undefined || !isActive(image, cluster))',
    becomes: 'if (image === undefined)',
    shownBy: 2079000005,
  },
  {
    name: 'believe what has answered though others have switched since',
    file: 'steps/verify.ts',
    text: 'if (isReplaced &&',
    becomes: 'if (false &&',
    shownBy: 2079000024,
  },
]
