import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import { findingText } from '../../../src/requirements/findings/finding.js'
import { runAtOnce } from '../../../src/time-slice.js'
import { comparePackages } from '../../../src/requirements/package-changes.js'
import { type Requirements, requirementsOf } from '../../../src/requirements/requirements.js'
import { CORPUS } from '../corpus.js'
import { CUSTOM_BASE, PYTHON_3_10, PYTHON_3_11, findingsOf } from './checked.js'

const TARGETS = [PYTHON_3_10, PYTHON_3_11, CUSTOM_BASE]

const WORDS =
  'numpy NumPy a пакет \ud800 \udc00 💥 ::error::x ##[error]x `](x) <b> ${A} \0 \u202e == === >=1 <2 ~=1.0 ==1.* !=1 , ; @ ' +
  './a C:\\a https://u:p@x.org/a.zip#egg=a [a,b] ( ) " \' and or in python_version sys_platform extra "3.9" # \\ ' +
  '99999999999999999999 --hash=sha256:ab -e -r --pre - --'
const PIECES = [...WORDS.split(' ').flatMap(word => [word, ` ${word} `]), '\n', '\r\n', '\u2028', '\v', '\t', '\ufeff']
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map(pieces => pieces.join(''))
const text = fc.oneof(
  hostile,
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...CORPUS).map(each => each.text)).map(all => all.join('\n')),
)

test('never throws, and every finding is complete and inside its line', () => {
  fc.assert(
    fc.property(text, fc.constantFrom(...TARGETS), (written, target) => {
      const requirements = requirementsOf(written)
      const lines = requirements.text.split('\n')
      let last = 0
      for (const found of findingsOf(requirements, target)) {
        const end = (lines[found.line - 1]?.length ?? -1) + 1
        const isInLine = 1 <= found.column && found.column <= found.endColumn && found.endColumn <= end
        const text = findingText(found)
        const isReadable = text.isWellFormed() && text.length < 1000
        if (!isInLine || !isReadable || found.line < last) throw new Error(JSON.stringify(found))
        last = found.line
      }
    }),
    { numRuns: 1000 },
  )
})

test('what pip would reject is an error, and nothing else is a syntax error', () => {
  for (const { text: written, kinds } of CORPUS) {
    const found = findingsOf(requirementsOf(written), PYTHON_3_10).filter(({ id }) => id === 'syntax')
    expect([written, found.length]).toEqual([written, kinds.filter(kind => kind === 'invalid').length])
  }
})

test('changes of packages never throw, and there are none between equal texts', () => {
  fc.assert(
    fc.property(text, text, (one, other) => {
      runAtOnce(comparePackages(requirementsOf(one), requirementsOf(other)))
      expect(runAtOnce(comparePackages(requirementsOf(one), requirementsOf(one)))).toEqual({
        added: [],
        removed: [],
        changed: [],
      })
    }),
  )
})

/** Requirements that count how often anything in them is read. */
function counting(requirements: Requirements): { readonly counted: Requirements; readonly reads: () => number } {
  let reads = 0
  const wrapped = new WeakMap<object, object>()
  const wrap = <T>(value: T): T => {
    if (typeof value !== 'object' || value === null) return value
    const known = wrapped.get(value)
    if (known !== undefined) return known as T
    const proxy = new Proxy(value, {
      get: (target, key) => {
        reads++
        return wrap(Reflect.get(target, key) as unknown)
      },
    })
    wrapped.set(value, proxy)
    return proxy
  }
  return { counted: wrap(requirements), reads: () => reads }
}

describe('the work is in proportion to the length', () => {
  const many = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, at) => line(at)).join('\n')
  test.each<[string, (count: number) => string]>([
    ['packages', count => many(count, at => `package-${at}==1.${at}`)],
    ['one package, the same', count => many(count, () => 'a==1')],
    ['one package, in many versions', count => many(count, at => `a==1.${at}`)],
    ['one package, in ranges', count => many(count, at => `a>=${at}`)],
    ['one package, in the pythons', count => many(count, at => `a==${at}; python_version == "3.${at}"`)],
    ['one package, by URLs', count => many(count, at => `a @ https://x.org/${at}.zip`)],
    ['names twice', count => many(count, at => `a-${Math.floor(at / 2)}==${at}`)],
    ['invalid lines', count => many(count, () => 'a=1')],
    ['options', count => many(count, () => '--pre x')],
    ['options in a line', count => ' --pre x'.repeat(count).trim()],
    ['clauses in a line', count => `a${',!=1'.repeat(count).slice(1)}\na==1`],
    ['a long line and many short ones', count => `a${',!=1'.repeat(count).slice(1)}\n${many(count, () => 'a')}`],
    ['hashes', count => `a==1${' --hash=sha256:ab'.repeat(count)}`],
    ['terms of a marker', count => `a; os_name == "x"${' or os_name == "x"'.repeat(count)}\na`],
    ['continued lines', count => many(count, () => './a \\\n  ; os_name == "nt"')],
  ])('%s', (_, made) => {
    const work = (count: number, target = CUSTOM_BASE) => {
      const { counted, reads } = counting(requirementsOf(made(count)))
      findingsOf(counted, target)
      runAtOnce(comparePackages(counted, counted))
      return reads()
    }
    expect(work(600)).toBeLessThan(work(300) * 2.2)
    expect(work(600, PYTHON_3_11)).toBeLessThan(work(300, PYTHON_3_11) * 2.2)
  })
})
