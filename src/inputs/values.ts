import { joinList } from '../format.js'
import { inputDefaults, type InputName, type RawInput } from './input-names.js'

/** Says in a sentence what is wrong with inputs. */
export type InputProblem = { readonly inputs: readonly InputName[]; readonly sentence: string }

/** Reads the values of inputs, and collects what is wrong with them, so that all of it can be told at once. */
export type Values = {
  /** What is wrong so far. */
  readonly problems: readonly InputProblem[]
  /** Notes what is wrong with inputs that are readable, each by itself. */
  readonly reject: (inputs: readonly InputName[], sentence: string) => void
  /** Notes that a value is not allowed. @param allowed to follow "it must be". */
  readonly wrong: (name: InputName, allowed: string) => void
  /** The text, or the default. */
  readonly given: RawInput
  readonly truth: (name: InputName) => boolean
  readonly positive: (name: InputName) => number
  /** One of a few words. */
  readonly oneOf: <Word extends string>(name: InputName, words: readonly [Word, ...Word[]]) => Word
  /** The name of a resource, which becomes a segment of a URL; may be empty. */
  readonly segment: (name: InputName, mostCharacters: number) => string
  /** Names as of packages, separated by commas or lines; maybe none. */
  readonly names: (name: InputName) => readonly string[]
  /** A text of a pattern; may be empty. */
  readonly plain: (name: InputName, pattern: RegExp, allowed: string) => string
}

/** Tells whether a text can be the name of a resource, which becomes a segment of a URL. */
export function isSegment(text: string): boolean {
  return text !== '' && !/[<>*%&:\\/?#\u0000-\u001f\u007f]/.test(text) && !/^\.+$/.test(text)
}

/** Returns the values behind these texts. */
export function valuesOf(raw: RawInput): Values {
  const problems: InputProblem[] = []
  const wrong: Values['wrong'] = (name, allowed) =>
    void problems.push({
      inputs: [name],
      sentence: `Input ${name} is ${JSON.stringify(raw(name))}; it must be ${allowed}.`,
    })
  const given: RawInput = name => raw(name) || inputDefaults[name]
  return {
    problems,
    reject: (inputs, sentence) => {
      // Of one that is wrong by itself, it is not known whether it goes with others.
      const isKnown = problems.some(problem => problem.inputs.some(name => inputs.includes(name)))
      if (!isKnown || inputs.length === 1) problems.push({ inputs, sentence })
    },
    wrong,
    given,
    truth: name => {
      const text = given(name)
      // The spellings of YAML 1.2's core schema.
      if (!/^(true|True|TRUE|false|False|FALSE)$/.test(text)) wrong(name, 'true or false')
      return text.toLowerCase() === 'true'
    },
    positive: name => {
      const text = given(name)
      const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
      if (!(value > 0 && Number.isFinite(value))) wrong(name, 'a positive number, such as 90 or 0.5')
      return value
    },
    oneOf: (name, words) => {
      const word = words.find(each => each === given(name))
      if (word === undefined) wrong(name, joinList(words, words.length, 'or'))
      return word ?? words[0]
    },
    segment: (name, mostCharacters) => {
      const text = given(name)
      if (text !== '' && (!isSegment(text) || text.length > mostCharacters)) {
        wrong(name, `a name of at most ${mostCharacters} characters, without any of < > * % & : \\ / ? #`)
      }
      return text
    },
    names: name => {
      const names = given(name)
        .split(/[,\r\n]/)
        .map(part => part.trim())
        .filter(part => part !== '')
      if (!names.every(each => /^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(each)))
        wrong(name, 'names of letters, digits, "-", "_" and ".", separated by commas or lines')
      return names
    },
    plain: (name, pattern, allowed) => {
      const text = given(name)
      if (text !== '' && !pattern.test(text)) wrong(name, allowed)
      return text
    },
  }
}
