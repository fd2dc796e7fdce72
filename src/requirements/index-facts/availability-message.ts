import type { Severity } from '../findings/finding.js'
import type { Availability } from './availability.js'

/** What an availability means for the image, by its kind. */
export type AvailabilityMessage = {
  readonly id: 'not-found' | 'no-wheel' | 'yanked'
  readonly severity: Severity
  /** What is wrong and what to write instead, in sentences. */
  readonly message: string
}

/**
 * Says what is wrong with a requirement; undefined where there is a wheel for the target.
 *
 * @param name of the project, normalised
 * @param specifiers as the file writes them, such as `>=2.5,<3`; empty where there are none
 */
export function availabilityMessage(
  name: string,
  specifiers: string,
  availability: Availability | { readonly kind: 'no-project' },
  pythonVersion: string,
): AvailabilityMessage | undefined {
  const target = `Windows (x86-64) and Python ${pythonVersion}`
  if (availability.kind === 'no-project') {
    return {
      id: 'not-found',
      severity: 'error',
      message: `The package index has no project ${name}: correct the name.`,
    }
  }
  const { usable } = availability
  const advice =
    usable === undefined
      ? `No version of ${name} has a wheel for ${target}: use another package, or leave it out there with the marker sys_platform != "win32".`
      : `The newest version with a wheel for ${target} is ${usable}: write "${name}==${usable}".`
  switch (availability.kind) {
    case 'wheel':
      return undefined
    case 'no-version': {
      const none =
        specifiers === ''
          ? `The package index has no version of ${name} that pip can install.`
          : `No version of ${name} satisfies "${specifiers}".`
      return { id: 'not-found', severity: 'error', message: `${none} ${advice}` }
    }
    case 'pre-release': {
      const message = `Only pre-releases satisfy ${name}${specifiers}, and pip installs these only where the line names one: write "${name}==${availability.version}", or ask for another version.`
      return { id: 'not-found', severity: 'error', message }
    }
    case 'other-python': {
      const message = `${name} ${availability.version} needs Python ${availability.requiresPython}, and the image has Python ${pythonVersion}. ${advice}`
      return { id: 'not-found', severity: 'error', message }
    }
    case 'other-wheels': {
      const message = `${name} ${availability.version} cannot be installed: it has wheels for other platforms or other versions of Python only, and no source. ${advice}`
      return { id: 'no-wheel', severity: 'error', message }
    }
    case 'source': {
      const message = `${name} ${availability.version} has no wheel for ${target}, only a source: the service has to build it, which may fail.${usable === undefined ? '' : ` ${advice}`}`
      return { id: 'no-wheel', severity: 'warning', message }
    }
    case 'yanked': {
      const { version, reason, isPinned } = availability
      const why = reason === '' ? '' : ` (“${reason}”)`
      const message = isPinned
        ? `${name} ${version} was yanked by its authors${why}. ${advice}`
        : `Only yanked versions satisfy ${name}${specifiers}, such as ${version}${why}, and pip does not install these. ${advice}`
      return { id: 'yanked', severity: isPinned ? 'warning' : 'error', message }
    }
  }
}
