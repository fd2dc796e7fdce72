import { describe, expect, test } from '@jest/globals'
import { clouds } from '../../src/model/target.js'
import { operationIdOf } from '../../src/azure/operation.js'
import { errorOf, summarizeError, armFailure } from '../../src/azure/arm-errors.js'
import { accessTo } from '../../src/azure/permissions.js'
import { excerpt, serviceErrorFrom, formatError } from '../../src/azure/service-error.js'
import { cliFailure, entraFailure } from '../../src/azure/sign-in-errors.js'
import { readinessOf } from '../../src/model/cluster.js'
import { sanitize, sanitizeLine } from '../../src/github/sanitize.js'
import { code, codeBlock, escapeMarkdown, link } from '../../src/github/markdown.js'
import { selectForDeletion } from '../../src/model/retention.js'
import { imageFrom } from '../../src/model/image.js'
import { retryAfterIn, withoutQuery } from '../../src/network/transport.js'
import { blamedLines } from '../../src/requirements/resolver/pip-errors.js'
import { requirementsOf } from '../../src/requirements/requirements.js'
import { answer, target } from './fake-arm.js'
import { fakeClock } from './fake-clock.js'

const MiB = 1024 * 1024
const filled = (piece: string, length = MiB) => piece.repeat(Math.ceil(length / piece.length))

/** What a service may send where a word is meant: long runs of what expressions look for, without what ends them. */
const texts: Readonly<Record<string, string>> = {
  spaces: `AADSTS700016: a${filled(' ')}b`,
  'spaces and ids': `AADSTS1${filled(' Trace ID')}`,
  'line ends': filled('\r\n'),
  'odd line ends': filled('\u2028\r'),
  'indented lines': filled(' \n'),
  tabs: filled('\t'),
  codes: filled('AADSTS'),
  digits: filled('1', 600_000) + filled('AADSTS1', 400_000),
  'tags without end': filled('<'),
  'style sheets without end': filled('<style>'),
  'scripts without end': filled('<script '),
  'ends of scripts': filled('<script></'),
  quotes: filled("'"),
  'actions without end': `perform action '${filled("perform action ' over scope '")}`,
  states: filled("state '"),
  colons: filled('::'),
  'number signs': filled('##'),
  slashes: filled('/'),
  hyphens: filled('-'),
  'a segment': `/${filled('a')}`,
  queries: filled('?&api-version='),
  punctuation: filled('|*_`'),
  'words of pip': filled('Cannot install a, a and a'),
  'other words of pip': filled('Could not build wheels for '),
}

const cloud = clouds[0]!
const entra = { cloud, tenantId: 't', clientId: 'c', assertion: '' }
const requirements = requirementsOf('a==1\nb')

/** Everything that looks at words of a service, or prints them. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'the refusal of Entra': text => entraFailure(text, entra),
  'the refusal of the Azure CLI': cliFailure,
  'the claims of a token': text =>
    entraFailure('', { ...entra, assertion: `.${btoa(JSON.stringify({ sub: escape(text) }))}.` }),
  'a page of a gateway': excerpt,
  'an error in words': text => formatError(serviceErrorFrom({ error: { code: text, message: text, target: text } })!),
  'an error without JSON': text => errorOf(answer(502, text)),
  'an error in brief': text => summarizeError(answer(400, { error: { code: text, message: text } })),
  'a refusal': text =>
    [403, 400, 409].map(status => armFailure(accessTo('readImage', target), answer(status, { message: text }), target)),
  'an image': text => imageFrom({ id: text, properties: { provisioningState: text }, systemData: { createdAt: text } }),
  'the state of a cluster': text =>
    readinessOf({
      state: text,
      provisioningState: text,
      uri: text,
      sku: undefined,
      isPrivate: false,
      python: undefined,
      pythonImages: [],
    }),
  'the id of an operation': operationIdOf,
  'a URL that is shown': withoutQuery,
  'Retry-After': text => retryAfterIn(text, fakeClock()),
  'the log': sanitize,
  'a line of the log': sanitizeLine,
  'a cell of Markdown': escapeMarkdown,
  'code in Markdown': code,
  'a block of code': text => codeBlock([text]),
  'a link': text => link('x', `https://${text}`),
  'the output of pip': text => blamedLines(text, requirements),
}

/**
 * Each text is of 1 MiB and each reader takes some steps for a character. Were there one that takes as many as the text
 * has characters, that would be 10^12 of them: it would not come to an end at all, so nothing needs to be timed.
 */
describe.each(Object.entries(readers))('%s is read in steps that grow as the text does, with 1 MiB of', (_, read) => {
  test.each(Object.entries(texts))('%s', (__, text) => {
    expect(() => read(text)).not.toThrow()
  })
})

test('what becomes of 100,000 images is found in steps that grow as their number does', () => {
  const images = Array.from({ length: 100_000 }, (_, index) => ({
    id: '',
    name: `f-${index}`,
    state: 'Succeeded',
    baseImageName: `f-${index - 1}`,
    changedAt: undefined,
  }))
  const fates = selectForDeletion(images, { prefix: 'f-', keepLatest: 1 }, ['f-7'])!
  expect(fates).toHaveLength(100_000)
  expect(fates[0]).toMatchObject({ image: 'f-99999', why: 'latest' })
  expect(fates[1]).toMatchObject({ image: 'f-99998', why: 'base', dependants: ['f-99999'] })
  expect(fates.find(({ image }) => image === 'f-7')).toMatchObject({ why: 'active' })
})
