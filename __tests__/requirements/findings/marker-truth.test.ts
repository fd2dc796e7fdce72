import { describe, expect, test } from '@jest/globals'
import { environmentOf, truthOf } from '../../../src/requirements/findings/marker-truth.js'
import { parseMarker } from '../../../src/requirements/marker.js'
import { packagingSaid } from '../packaging-said.js'
import { CUSTOM_BASE, PYTHON_3_10 } from './checked.js'
import { ENVIRONMENTS, MARKERS } from './markers.js'

const on310 = environmentOf(PYTHON_3_10)

test.each(MARKERS)('%s', (marker, known, unknown) => {
  const parsed = parseMarker(marker, 0)
  expect(truthOf(parsed, on310)).toBe(known)
  expect(truthOf(parsed, environmentOf(CUSTOM_BASE))).toBe(unknown)
})

describe('packaging says the same', () => {
  test.each(MARKERS)('%s', marker => {
    const truth = truthOf(parseMarker(marker, 0), on310)
    const said = packagingSaid.markers[marker]
    expect(said).toHaveLength(ENVIRONMENTS.length)
    // Where packaging fails, the line has no effect either.
    if (truth !== undefined) expect(said?.map(each => each ?? truth)).toEqual(said?.map(() => truth))
  })
})
