import { describe, expect, test } from '@jest/globals'
import { retryAfterIn, withoutQuery } from '../../src/network/transport.js'
import { fakeClock } from '../azure/fake-clock.js'

describe('Retry-After', () => {
  test.each([
    ['5', 5_000],
    ['0', 0],
    ['Fri, 15 Jan 2027 08:00:30 GMT', 30_000],
    ['Fri, 15 Jan 2027 07:59:00 GMT', 0],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['99999999999', undefined],
    [undefined, undefined],
  ])('%s', (value, expected) => {
    expect(retryAfterIn(value, fakeClock())).toBe(expected)
  })
})

describe('a URL as it may be shown', () => {
  test.each([
    ['https://a/b', 'https://a/b'],
    ['https://a/b?api-version=2024-04-13', 'https://a/b?api-version=2024-04-13'],
    ['https://a/b?api-version=2024-04-13&t=1&c=2&s=3&h=4', 'https://a/b?api-version=2024-04-13&…'],
    ['https://a/b?s=3&api-version=2024-04-13', 'https://a/b?api-version=2024-04-13&…'],
    ['https://a/b?s=3?api-version=1', 'https://a/b?…'],
    ['https://a/b?xapi-version=secret', 'https://a/b?…'],
  ])('%s', (url, shown) => {
    expect(withoutQuery(url)).toBe(shown)
  })
})
