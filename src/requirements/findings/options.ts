import type { Entry } from '../grammar/entry.js'
import { isDefaultIndex, type Option, type OptionName } from '../grammar/option.js'
import type { Advice, Severity } from './finding.js'
import type { EntryCheck, AddDiagnostic } from './diagnostic.js'

type Verdict = {
  /** Undefined for options that another check speaks of. */
  readonly severity: Severity | undefined
  /** A clause, to follow a colon. */
  readonly why: string
  readonly remedy: string
}

const INDEX: Verdict = {
  severity: 'error',
  why: 'the service documents only package names and versions, not other package indexes',
  remedy: 'Remove the option.',
}
const OTHER_FILE = { severity: 'error', why: 'only the text of this file is sent to the service' } as const
const UNDOCUMENTED = { severity: 'warning', why: 'the service does not document that it honours options' } as const
const CHOICE: Verdict = { ...UNDOCUMENTED, remedy: 'Remove the option, and pin the version that you want.' }
const BUILD: Verdict = {
  ...UNDOCUMENTED,
  remedy: 'Remove the option, and name packages that have wheels for Windows.',
}
const HASHES: Verdict = { severity: undefined, why: '', remedy: '' }

/**
 * Says what becomes of each option. Those that reach for another index, host or file cannot work: "each line contains the
 * name of a package, optionally followed by the package number" is all that the service documents
 * (https://learn.microsoft.com/azure/data-explorer/language-extensions). The others steer pip's choice, and a build may
 * well come out right where they are ignored.
 */
const VERDICTS: Readonly<Record<OptionName, Verdict>> = {
  '--index-url': INDEX,
  '--extra-index-url': INDEX,
  '--no-index': INDEX,
  '--find-links': INDEX,
  '--trusted-host': INDEX,
  '--constraint': { ...OTHER_FILE, remedy: 'Pin the versions in this file instead.' },
  '--requirement': { ...OTHER_FILE, remedy: 'Put the lines of that file in the place of this one.' },
  '--editable': { ...OTHER_FILE, remedy: 'Name a published package.' },
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

/** Finds `unsupported-option`: options, and what pip ignores among them. Values are not quoted, they may hold a password. */
export const checkOptions: EntryCheck = ({ entry }, _, add) => {
  if (entry.kind === 'invalid') return
  for (const option of entry.options) checkOption(option, entry, add)
  const first = entry.ignored[0]
  const last = entry.ignored.at(-1)
  if (first && last) add('unsupported-option', { start: first.start, end: last.end }, () => IGNORED, 'warning')
}

const IGNORED: Advice = { problem: 'pip silently ignores this text.', remedy: 'Give it its own line, or remove it.' }

const DEFAULT_INDEX: Advice = {
  problem: '--index-url names the index that pip asks anyway, so the option changes nothing.',
  remedy: 'Remove it.',
}

function checkOption(option: Option, entry: Entry, add: AddDiagnostic): void {
  const { name, span } = option
  const { severity, why, remedy } = VERDICTS[name]
  if (severity === undefined) return
  if (isDefaultIndex(option)) return add('unsupported-option', span, () => DEFAULT_INDEX, 'warning')
  const isIgnored = severity === 'warning' && entry.kind !== 'option' && !READ_WITH_PACKAGE.has(name)
  const advice: Advice = isIgnored
    ? { problem: `pip silently ignores ${name} on a line with a package.`, remedy: 'Remove it.' }
    : { problem: `${name} is not supported: ${why}.`, remedy }
  add('unsupported-option', span, () => advice, severity)
}

/** Finds `hash`: once for each package, and for each line that only says how to treat hashes. */
export const checkHashes: EntryCheck = ({ entry }, _, add) => {
  if (entry.kind === 'invalid') return
  const option = entry.options.find(({ name }) => VERDICTS[name] === HASHES)
  if (option !== undefined) add('hash', option.span, () => (isStray(entry, option) ? STRAY : HASHES_UNCHECKED))
}

/** Whether this is a hash on a line of its own. */
function isStray({ kind }: Entry, { name }: Option): boolean {
  return kind === 'option' && name === '--hash'
}

const STRAY: Advice = {
  problem: 'This --hash belongs to no package, and pip ignores it.',
  remedy: 'End the line before it with a backslash, or remove the line.',
}

const HASHES_UNCHECKED: Advice = {
  problem:
    'The service does not document that it checks hashes, and with a hash on one line pip requires one on every line.',
  remedy: 'Do not rely on hashes, or remove them.',
}
