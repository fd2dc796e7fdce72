import { describe, expect, test } from '@jest/globals'
import * as fc from 'fast-check'
import type { Entry } from '../../src/requirements/grammar/entry.js'
import type { Position, Span } from '../../src/requirements/grammar/position.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { shellQuoted, shellWords } from '../../src/requirements/grammar/shell-words.js'
import { blamedLines } from '../../src/requirements/resolver/pip-errors.js'
import { between } from './between.js'
import { CORPUS } from './corpus.js'
import { text } from './random-text.js'

/** Lines that are valid, each a logical line of its own. */
const validLine = fc.constantFrom(
  ...CORPUS.filter(({ kinds, text }) => kinds.length === 1 && kinds[0] !== 'invalid' && !/[\n\\]/.test(text)).map(
    example => example.text.replace('\ufeff', ''),
  ),
)

const runs = { numRuns: 1000 }

test('no text makes it throw, and every span lies within the text', () => {
  fc.assert(
    fc.property(text, source => {
      const requirements = requirementsOf(source)
      const lines = requirements.text.split('\n')
      const within = ({ line, column }: Position): boolean =>
        line >= 1 && column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1
      for (const span of requirements.entries.flatMap(spansOf)) {
        expect({ span, within: within(span.start) && within(span.end) }).toEqual({ span, within: true })
        expect(isOrdered(span)).toBe(true)
      }
      expect(blamedLines(source, requirements)).toEqual([])
    }),
    runs,
  )
})

test('an entry on one line stands where its span says', () => {
  fc.assert(
    fc.property(text, source => {
      const requirements = requirementsOf(source)
      for (const entry of requirements.entries) {
        // A continued line is not written as it is read.
        if (entry.span.start.line !== entry.span.end.line || requirements.text.includes('\\')) continue
        expect(between(requirements.text, entry.span)).toBe(entry.text)
        if (entry.kind === 'requirement') expect(between(requirements.text, entry.nameSpan)).toBe(entry.name)
      }
    }),
    runs,
  )
})

test('the canonical form means what the text means, where all of it is valid', () => {
  fc.assert(
    fc.property(text, source => {
      const requirements = requirementsOf(source)
      // A byte order mark at the very start would be dropped.
      fc.pre(!requirements.canonical.startsWith('\ufeff'))
      fc.pre(requirements.entries.every(({ kind }) => kind !== 'invalid'))
      expect(requirementsOf(requirements.canonical)).toMatchObject({
        canonical: requirements.canonical,
        sha256: requirements.sha256,
      })
    }),
    runs,
  )
})

test('parsing again what was parsed changes nothing', () => {
  fc.assert(
    fc.property(text, source => {
      const once = requirementsOf(source)
      // One byte order mark is dropped each time.
      fc.pre(!once.text.startsWith('\ufeff'))
      expect(requirementsOf(once.text)).toEqual(once)
    }),
    runs,
  )
})

describe('the digest of valid lines', () => {
  const digest = (lines: readonly string[]): string => requirementsOf(lines.join('\n')).sha256

  test('does not depend on their order or number', () => {
    fc.assert(
      fc.property(
        fc
          .array(validLine, { minLength: 1, maxLength: 8 })
          .chain(lines => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
        ([lines, shuffled]) => {
          expect(digest([...shuffled, ...lines])).toBe(digest(lines))
        },
      ),
      runs,
    )
  })

  test('does not depend on comments, blank lines and white space around them', () => {
    const filler = fc.constantFrom('', ' ', '# c', '  # numpy', '\t', '# c \\')
    fc.assert(
      fc.property(fc.array(fc.tuple(filler, validLine, filler), { maxLength: 8 }), lines => {
        const padded = lines.flatMap(([before, line, after]) => [before, `  ${line} # c`, after])
        expect(digest(padded)).toBe(digest(lines.map(([, line]) => line)))
      }),
      runs,
    )
  })

  test('does not depend on where a line is continued', () => {
    fc.assert(
      fc.property(validLine, fc.nat(), (line, at) => {
        const cut = at % (line.length + 1)
        const head = line.slice(0, cut)
        const tail = line.slice(cut)
        // What looks like a comment as a line of its own is one.
        fc.pre(!/^\s*#/.test(tail) && !/^\s*#/.test(head))
        expect(digest([`${head}\\`, tail])).toBe(digest([line]))
      }),
      runs,
    )
  })

  test('depends on every one of them', () => {
    fc.assert(
      fc.property(fc.array(validLine, { maxLength: 8 }), lines => {
        expect(digest([...lines, 'one-more==1'])).not.toBe(digest(lines))
      }),
      runs,
    )
  })
})

test('a quoted value is read back as it is', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(' ', '#', "'", '"', '\\', 'a', '$', '-', '\t', 'é'), maxLength: 12 }),
      value => {
        expect(shellWords(`--x=${shellQuoted(value)} y`, 0).map(word => word.value)).toEqual([`--x=${value}`, 'y'])
        const line = `--index-url=${shellQuoted(value)}`
        expect(requirementsOf(line).entries).toMatchObject([
          { kind: 'option', options: [{ name: '--index-url', value }] },
        ])
      },
    ),
    runs,
  )
})

function spansOf(entry: Entry): readonly Span[] {
  switch (entry.kind) {
    case 'requirement':
      return [entry.span, entry.nameSpan, ...entry.ignored, ...entry.options.map(option => option.span)]
    case 'path-or-url':
    case 'option':
      return [entry.span, ...entry.ignored, ...entry.options.map(option => option.span)]
    case 'invalid':
      return [entry.span, entry.at]
  }
}

function isOrdered({ start, end }: Span): boolean {
  return start.line < end.line || (start.line === end.line && start.column <= end.column)
}
