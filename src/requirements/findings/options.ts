import type { Entry } from '../grammar/entry.js'
import type { Option, OptionName } from '../grammar/option.js'
import type { Severity } from './finding.js'
import type { EntryCheck, AddDiagnostic } from './diagnostic.js'

type Verdict = {
  /** Undefined for options that another check speaks of. */
  readonly severity: Severity | undefined
  /** A sentence, what to do included. */
  readonly why: string
}

const INDEX: Verdict = {
  severity: 'error',
  why: 'The service documents names and versions only, and no package index of your own. Remove the option.',
}
const OTHER_FILE: Verdict = {
  severity: 'error',
  why: 'The service gets the text of one file and has no other one.',
}
const CHOICE: Verdict = {
  severity: 'warning',
  why: 'The service does not document that it honours options. Remove the option and pin the version that you want.',
}
const BUILD: Verdict = {
  severity: 'warning',
  why: 'The service does not document that it honours options. Remove the option, and name packages that have wheels for Windows.',
}
const HASHES: Verdict = { severity: undefined, why: '' }

/**
 * What becomes of each option. Those that reach for another index, host or file cannot work: "each line contains the
 * name of a package, optionally followed by the package number" is all that the service documents
 * (https://learn.microsoft.com/azure/data-explorer/language-extensions). The others steer pip's choice, and a build may
 * well come out right where they are passed over.
 */
const VERDICTS: Readonly<Record<OptionName, Verdict>> = {
  '--index-url': INDEX,
  '--extra-index-url': INDEX,
  '--no-index': INDEX,
  '--find-links': INDEX,
  '--trusted-host': INDEX,
  '--constraint': { ...OTHER_FILE, why: `${OTHER_FILE.why} Pin the versions in this file instead.` },
  '--requirement': { ...OTHER_FILE, why: `${OTHER_FILE.why} Put its lines in the place of this one.` },
  '--editable': { severity: 'error', why: 'The service has none of your files. Name a published package.' },
  '--no-binary': BUILD,
  '--only-binary': BUILD,
  '--prefer-binary': BUILD,
  '--config-settings': BUILD,
  '--pre': CHOICE,
  '--all-releases': CHOICE,
  '--only-final': CHOICE,
  '--use-feature': CHOICE,
  '--hash': HASHES,
  '--require-hashes': HASHES,
  '--no-require-hashes': HASHES,
}

/** `SUPPORTED_OPTIONS_REQ` of pip 26: what it reads on a line that names a package. */
const READ_WITH_PACKAGE: ReadonlySet<OptionName> = new Set<OptionName>(['--hash', '--config-settings'])

/** `unsupported-option`: options, and what pip passes over among them. Values are not quoted, they may hold a password. */
export const checkOptions: EntryCheck = ({ entry }, _, tell) => {
  if (entry.kind === 'invalid') return
  for (const option of entry.options) checkOption(option, entry, tell)
  const first = entry.ignored[0]
  const last = entry.ignored.at(-1)
  if (first === undefined || last === undefined) return
  const span = { start: first.start, end: last.end }
  tell('unsupported-option', span, () => PASSED_OVER, 'warning')
}

const PASSED_OVER = 'pip passes over what stands here among the options. Give it a line of its own, or remove it.'

function checkOption({ name, span }: Option, entry: Entry, tell: AddDiagnostic): void {
  const { severity, why } = VERDICTS[name]
  if (severity === undefined) return
  const isPassedOver = entry.kind !== 'option' && !READ_WITH_PACKAGE.has(name)
  const reason =
    isPassedOver && severity === 'warning' ? 'pip passes over it on a line with a package. Remove it.' : why
  tell('unsupported-option', span, () => `${name} is not supported. ${reason}`, severity)
}

/** `hash`: once for each package, and for each line that only says how to treat hashes. */
export const checkHashes: EntryCheck = ({ entry }, _, tell) => {
  if (entry.kind === 'invalid') return
  const option = entry.options.find(({ name }) => VERDICTS[name] === HASHES)
  if (option !== undefined) tell('hash', option.span, () => HASHES_UNCHECKED)
}

const HASHES_UNCHECKED =
  'The service does not document that it checks hashes: do not rely on them, or leave them out. With a hash on one line, pip asks for one on every line.'
