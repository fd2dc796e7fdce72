import { expect } from '@jest/globals'
import { inputDefaults } from '../src/inputs/input-names.js'
import { expectEnd, type Played } from './played.js'
import { inputsOf, playOf, type Recipe, recipes } from './recipe-plays.js'

export { playOf, recipes }

/** Expects that a step of a recipe has done what it says. */
export function expectDone(step: Played, { given }: Recipe): void {
  const inputs = inputsOf(given)
  const mode = inputs['mode'] ?? 'apply'
  const state = mode === 'apply' || mode === 'verify' ? 'Succeeded' : inputs['keep-latest'] ? '' : 'NotFound'
  expectEnd(step, {
    exitCode: 0,
    outputs: { ...(state !== '' && { state }), ...(inputs['verify'] && { verified: 'true' }) },
  })
  expect(step.annotations.filter(({ level }) => level === 'error')).toEqual([])
  expect(Object.keys(given).filter(name => !(name in inputDefaults))).toEqual([])
}
