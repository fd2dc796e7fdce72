import type { Advice, Severity } from '../findings/finding.js'
import type { Availability } from './availability.js'

/** Says what an availability means for the image. */
export type AvailabilityAdvice = Pick<Advice, 'problem' | 'remedy'> & {
  readonly id: 'not-found' | 'no-wheel' | 'yanked'
  readonly severity: Severity
}

/**
 * Says what is wrong with a requirement and what to write instead; undefined where there is a wheel for the target.
 *
 * @param name of the project, normalised
 * @param specifiers as they are written, such as `>=2.5,<3`; empty where there are none
 * @param neededBy what requires it, where that is not the file itself
 */
export function availabilityAdvice(
  name: string,
  specifiers: string,
  availability: Availability | { readonly kind: 'no-project' },
  pythonVersion: string,
  neededBy?: string,
): AvailabilityAdvice | undefined {
  const target = `Windows (x86-64) and Python ${pythonVersion}`
  const of = neededBy === undefined ? '' : `, which ${neededBy} needs`
  const advice = (
    id: AvailabilityAdvice['id'],
    severity: Severity,
    problem: string,
    remedy: string,
  ): AvailabilityAdvice => {
    const another = `Use another version of ${neededBy}, or leave it out.`
    return { id, severity, problem: `${problem}.`, remedy: neededBy === undefined ? remedy : another }
  }
  if (availability.kind === 'no-project') {
    return advice('not-found', 'error', `The package index has no package ${name}${of}`, 'Check the name.')
  }
  const { usable, kind } = availability
  const remedy =
    usable === undefined
      ? `No version of ${name} has a wheel for ${target}: use another package, or exclude it there with the marker sys_platform != "win32".`
      : `The newest version with a wheel for ${target} is ${usable}: write "${name}==${usable}".`
  if (kind === 'wheel') return undefined
  if (kind === 'no-version') {
    const problem =
      specifiers === ''
        ? `The package index has no version of ${name}${of}, that pip can install`
        : `No version of ${name} satisfies "${specifiers}"${of}`
    return advice('not-found', 'error', problem, remedy)
  }
  const exact = `${name} ${availability.version}${of === '' ? '' : `${of},`}`
  switch (kind) {
    case 'pre-release': {
      const problem = `Only pre-releases satisfy ${name}${specifiers}${of}, and most releases of pip install none that the line does not name`
      return advice('not-found', 'warning', problem, `Write "${name}==${availability.version}", or another version.`)
    }
    case 'other-python': {
      const problem = `${exact} needs Python ${availability.requiresPython}, and the image has Python ${pythonVersion}`
      return advice('not-found', 'error', problem, remedy)
    }
    case 'other-wheels': {
      const problem = `${exact} cannot be installed: it has wheels for other platforms or other versions of Python only, and no source`
      return advice('no-wheel', 'error', problem, remedy)
    }
    case 'source': {
      const problem = `${exact} has no wheel for ${target}, only a source, so the service would have to build it, which may fail`
      return advice('no-wheel', 'warning', problem, remedy)
    }
    case 'yanked': {
      const { version, reason, isPinned } = availability
      const why = reason === '' ? '' : ` (“${reason}”)`
      return isPinned
        ? advice('yanked', 'warning', `${exact} was yanked by its authors${why}`, remedy)
        : advice(
            'yanked',
            'error',
            `Only yanked versions satisfy ${name}${specifiers}${of}, such as ${version}${why}, and pip does not install these`,
            remedy,
          )
    }
  }
}
