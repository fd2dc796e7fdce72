import { describe, expect, test } from '@jest/globals'
import { markerEnvironment, evaluateMarker } from '../../../src/requirements/evaluate/evaluate-marker.js'
import { parseMarker } from '../../../src/requirements/grammar/marker.js'
import { packagingSaid } from '../packaging-said.js'
import { CUSTOM_BASE, PYTHON_3_10 } from '../findings/checked.js'
import { ENVIRONMENTS, MARKERS } from '../findings/markers.js'

const on310 = markerEnvironment(PYTHON_3_10)

test.each(MARKERS)('%s', (marker, known, unknown) => {
  const parsed = parseMarker(marker, 0)
  expect(evaluateMarker(parsed, on310)).toBe(known)
  expect(evaluateMarker(parsed, markerEnvironment(CUSTOM_BASE))).toBe(unknown)
})

describe('packaging says the same', () => {
  test.each(MARKERS)('%s', marker => {
    const truth = evaluateMarker(parseMarker(marker, 0), on310)
    const said = packagingSaid.markers[marker]
    expect(said).toHaveLength(ENVIRONMENTS.length)
    // Where packaging fails, the line has no effect either.
    if (truth !== undefined) expect(said?.map(each => each ?? truth)).toEqual(said?.map(() => truth))
  })
})
