import { expect, test } from '@jest/globals'
import { runsSandboxes } from '../../src/model/sku.js'

test.each<[string, boolean | undefined]>([
  ['Standard_E8ads_v5', true],
  ['standard_e8ADS_v5', true],
  ['Standard_E8as_v5+1TB_PS', true],
  ['Standard_L8s_v3', true],
  ['Standard_D14_v2', false],
  ['Standard_L8s', false],
  ['Standard_DS14_v2+4TB_PS', false],
  ['Dev(No SLA)_Standard_E2a_v4', undefined],
  ['Standard_E99zz_v9', undefined],
  ['', undefined],
])('%s: %s', (sku, expected) => {
  expect(runsSandboxes(sku)).toBe(expected)
})
