import { inputDefaults } from './input-names.js'
import type { InputName, RawInput } from './input-names.js'

/** Reads the values of inputs, and collects what is wrong with them, so that all of it can be said at once. */
export type Values = {
  /** What is wrong so far: each starts with the names of the inputs. */
  readonly problems: string[]
  /** Notes that a value is not allowed. @param allowed what to give instead. */
  readonly wrong: (name: InputName, allowed: string) => void
  /** The text, or the default. */
  readonly given: RawInput
  readonly truth: (name: InputName) => boolean
  readonly positive: (name: InputName) => number
  /** One of a few words. */
  readonly oneOf: <Word extends string>(name: InputName, words: readonly [Word, ...Word[]]) => Word
  /** The name of a resource, which becomes a segment of a URL; may be empty. */
  readonly segment: (name: InputName, mostCharacters: number) => string
  /** A text of a pattern; may be empty. */
  readonly plain: (name: InputName, pattern: RegExp, allowed: string) => string
}

/** Whether a text can be the name of a resource, which becomes a segment of a URL. */
export function isSegment(text: string): boolean {
  return text !== '' && !/[<>*%&:\\/?#\u0000-\u001f\u007f]/.test(text) && !/^\.+$/.test(text)
}

/** The values behind these texts. */
export function valuesOf(raw: RawInput): Values {
  const problems: string[] = []
  const wrong: Values['wrong'] = (name, allowed) =>
    void problems.push(`${name}: ${JSON.stringify(raw(name))} is not allowed; ${allowed}`)
  const given: RawInput = name => raw(name) || inputDefaults[name]
  return {
    problems,
    wrong,
    given,
    truth: name => {
      const text = given(name)
      // The spellings of YAML 1.2's core schema.
      if (!/^(true|True|TRUE|false|False|FALSE)$/.test(text)) wrong(name, 'give true or false')
      return text.toLowerCase() === 'true'
    },
    positive: name => {
      const text = given(name)
      const value = /^(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
      if (!(value > 0 && Number.isFinite(value))) wrong(name, 'give a positive number, such as 90 or 0.5')
      return value
    },
    oneOf: (name, words) => {
      const word = words.find(each => each === given(name))
      if (word === undefined) wrong(name, `give ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`)
      return word ?? words[0]
    },
    segment: (name, mostCharacters) => {
      const text = given(name)
      if (text !== '' && (!isSegment(text) || text.length > mostCharacters)) {
        wrong(name, `give a name of at most ${mostCharacters} characters, without any of < > * % & : \\ / ? #`)
      }
      return text
    },
    plain: (name, pattern, allowed) => {
      const text = given(name)
      if (text !== '' && !pattern.test(text)) wrong(name, allowed)
      return text
    },
  }
}
