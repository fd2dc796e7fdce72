import type { Span } from './position.js'
import { quoted, ParseError } from './parse-error.js'
import { shellWords, type Word } from './shell-words.js'

/** Holds an option of a requirements file, under its first long name. */
export type Option = {
  readonly name: OptionName
  /** What was given to it; undefined for an option that takes nothing. */
  readonly value: string | undefined
  /** From its first dash to the end of its value. */
  readonly span: Span
}

/** Lists the long names of the options that pip takes in a requirements file. */
export type OptionName = keyof typeof OPTIONS

type Definition = { readonly aliases?: readonly string[]; readonly takesValue: boolean }

/**
 * The options of pip 26.3 (https://pip.pypa.io/en/stable/reference/requirements-file-format/#supported-options). Older
 * releases do not know `--all-releases`, `--only-final` and `--no-require-hashes`; until 25.2 there was
 * `--global-option`.
 */
const OPTIONS = {
  '--index-url': { aliases: ['-i', '--pypi-url'], takesValue: true },
  '--extra-index-url': { takesValue: true },
  '--no-index': { takesValue: false },
  '--constraint': { aliases: ['-c'], takesValue: true },
  '--requirement': { aliases: ['-r'], takesValue: true },
  '--editable': { aliases: ['-e'], takesValue: true },
  '--find-links': { aliases: ['-f'], takesValue: true },
  '--no-binary': { takesValue: true },
  '--only-binary': { takesValue: true },
  '--prefer-binary': { takesValue: false },
  '--require-hashes': { takesValue: false },
  '--no-require-hashes': { takesValue: false },
  '--pre': { takesValue: false },
  '--all-releases': { takesValue: true },
  '--only-final': { takesValue: true },
  '--trusted-host': { takesValue: true },
  '--use-feature': { takesValue: true },
  '--hash': { takesValue: true },
  '--config-settings': { aliases: ['-C'], takesValue: true },
} as const satisfies Readonly<Record<string, Definition>>

const NAME_BY_SPELLING: ReadonlyMap<string, OptionName> = new Map(
  Object.entries<Definition>(OPTIONS).flatMap(([name, { aliases = [] }]) =>
    [name, ...aliases].map(spelling => [spelling, name as OptionName] as const),
  ),
)

const LONG_SPELLINGS = [...NAME_BY_SPELLING.keys()].filter(spelling => spelling.startsWith('--'))

/** Holds what the options of a line say. */
export type Options = {
  readonly options: readonly Option[]
  /** Stretches of words among the options that belong to none: pip silently ignores them. */
  readonly ignored: readonly Span[]
}

/**
 * Parses the options of a line as Python's `optparse` does for pip: `--name value`, `--name=value`, unambiguous
 * beginnings of a name, `-n value` and `-nvalue`.
 *
 * @param base index of `text` in the logical line
 * @param spanOf gives the span of a part of the logical line
 * @throws ParseError where pip does not know an option or does not take its value
 */
export function parseOptions(text: string, base: number, spanOf: (start: number, end: number) => Span): Options {
  const words = shellWords(text, base)
  const options: Option[] = []
  const ignored: Span[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index]
    if (word === undefined) break
    if (word.value === '--' || !isOption(word)) {
      const first = word.value === '--' ? index + 1 : index
      const next = word.value === '--' ? words.length : nextOption(words, index)
      const [from, to] = [words[first], words[next - 1]]
      if (from !== undefined && to !== undefined && first < next) ignored.push(spanOf(from.start, to.end))
      index = next - 1
      continue
    }
    const { name, attached } = spelledIn(word)
    let value = attached
    let end = word.end
    if (OPTIONS[name].takesValue && value === undefined) {
      index++
      const next = words[index]
      if (next === undefined) throw new ParseError(`${name} needs a value.`, word.start, word.end)
      value = next.value
      end = next.end
    }
    const problem = checkValue(name, value)
    if (problem !== undefined) throw new ParseError(problem, word.start, end)
    options.push({ name, value, span: spanOf(word.start, end) })
  }
  return { options, ignored }
}

/** Tells whether an option names the index that pip and uv ask anyway, as pipenv writes it. */
export function isDefaultIndex({ name, value }: Option): boolean {
  return name === '--index-url' && /^https:\/\/pypi\.(?:python\.)?org\/simple\/?$/i.test(value ?? '')
}

function isOption({ value }: Word): boolean {
  return value.startsWith('-') && value !== '-'
}

/** Index of the first option from `start` on; the number of words if there is none. */
function nextOption(words: readonly Word[], start: number): number {
  let index = start
  for (let word = words[index]; word !== undefined && !isOption(word); word = words[index]) index++
  return index
}

/** Reads the name of an option, and the value that is attached to it. */
function spelledIn({ value, start, end }: Word): { readonly name: OptionName; readonly attached: string | undefined } {
  const isLong = value.startsWith('--')
  const length = isLong ? `${value}=`.indexOf('=') : 2
  const spelling = value.slice(0, length)
  const isWhole = NAME_BY_SPELLING.has(spelling) || !isLong
  const known = isWhole ? [spelling] : LONG_SPELLINGS.filter(long => long.startsWith(spelling))
  if (known.length > 1) {
    const problem = `${quoted(spelling)} could mean ${known.join(' or ')}.`
    throw new ParseError(problem, start, end, 'Write the option in full.')
  }
  const name = NAME_BY_SPELLING.get(known[0] ?? '')
  if (name === undefined) {
    throw new ParseError(`pip knows no option ${quoted(spelling)} in a requirements file.`, start, end)
  }
  return { name, attached: value.length > length ? value.slice(isLong ? length + 1 : length) : undefined }
}

/** Says what is wrong with the value of an option; undefined where nothing is. */
function checkValue(name: OptionName, value: string | undefined): string | undefined {
  switch (name) {
    case '--hash':
      return /^(?:sha256|sha384|sha512):/.test(value ?? '')
        ? undefined
        : '--hash needs a digest such as sha256:…, sha384:… or sha512:….'
    case '--config-settings':
      return value?.includes('=') === true ? undefined : '--config-settings needs KEY=VALUE.'
    case '--no-binary':
    case '--only-binary':
    case '--all-releases':
    case '--only-final':
      return value?.startsWith('-') === true ? `${name} needs names of packages, :all: or :none:.` : undefined
    default:
      return OPTIONS[name].takesValue || value === undefined ? undefined : `${name} takes no value.`
  }
}
