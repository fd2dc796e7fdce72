import { joinList } from '../format.js'
import { inputDefaults, type InputName, type RawInput } from './input-names.js'

/** Says in a sentence what is wrong with inputs. */
export type InputProblem = { readonly inputs: readonly InputName[]; readonly sentence: string }

/** Tells whether a text can be the name of a resource, which becomes a segment of a URL. */
export function isSegment(text: string): boolean {
  return text !== '' && !/[<>*%&:\\/?#\u0000-\u001f\u007f]/.test(text) && !/^\.+$/.test(text)
}

/** Reads the values of inputs, and collects what is wrong with them, so that all of it can be shown at once. */
export type Values = ReturnType<typeof valuesOf>

/** Returns the values behind these texts. */
export function valuesOf(raw: RawInput) {
  const problems: InputProblem[] = []
  /** Notes that a value is not allowed. @param allowed to follow "it must be". */
  const wrong = (name: InputName, allowed: string): void => {
    const sentence = `Input ${name} is ${JSON.stringify(raw(name))}; it must be ${allowed}.`
    problems.push({ inputs: [name], sentence })
  }
  /** The text, or the default. */
  const given: RawInput = name => raw(name) || inputDefaults[name]
  /** The text, if it is allowed; may be empty. */
  const checked = (name: InputName, isAllowed: (text: string) => boolean, allowed: string): string => {
    const text = given(name)
    if (text !== '' && !isAllowed(text)) wrong(name, allowed)
    return text
  }
  return {
    /** What is wrong so far. */
    problems: problems as readonly InputProblem[],
    /** Notes what is wrong with inputs that are readable, each by itself. */
    reject: (inputs: readonly InputName[], sentence: string): void => {
      // Of one that is wrong by itself, it is not known whether it goes with others.
      const isKnown = problems.some(problem => problem.inputs.some(name => inputs.includes(name)))
      if (!isKnown || inputs.length === 1) problems.push({ inputs, sentence })
    },
    wrong,
    given,
    truth: (name: InputName): boolean => {
      const text = given(name)
      // The spellings of YAML 1.2's core schema.
      if (!/^(true|True|TRUE|false|False|FALSE)$/.test(text)) wrong(name, 'true or false')
      return text.toLowerCase() === 'true'
    },
    positive: (name: InputName): number => {
      const text = given(name)
      const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
      if (!(value > 0 && Number.isFinite(value))) wrong(name, 'a positive number, such as 90 or 0.5')
      return value
    },
    /** One of a few words. */
    oneOf: <Word extends string>(name: InputName, words: readonly [Word, ...Word[]]): Word => {
      const word = words.find(each => each === given(name))
      if (word === undefined) wrong(name, joinList(words, words.length, 'or'))
      return word ?? words[0]
    },
    /** The name of a resource, which becomes a segment of a URL; may be empty. */
    segment: (name: InputName, most: number): string =>
      checked(
        name,
        text => isSegment(text) && text.length <= most,
        `a name of at most ${most} characters, without any of < > * % & : \\ / ? #`,
      ),
    /** Names as of packages, separated by commas or lines; maybe none. */
    names: (name: InputName): readonly string[] => {
      const names = given(name)
        .split(/[,\r\n]/)
        .map(part => part.trim())
        .filter(part => part !== '')
      if (!names.every(each => /^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(each)))
        wrong(name, 'names of letters, digits, "-", "_" and ".", separated by commas or lines')
      return names
    },
    /** A text of a pattern; may be empty. */
    plain: (name: InputName, pattern: RegExp, allowed: string): string =>
      checked(name, text => pattern.test(text), allowed),
  }
}
