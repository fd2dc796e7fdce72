import { describe, test } from '@jest/globals'
import { expectDone, playOf, recipes } from '../recipes.js'
import { signedIn, withCli } from './azure-cli.js'

describe("every recipe with the Azure CLI's session does what it says", () => {
  test.concurrent.each(recipes.filter(([, { given }]) => !('client-id' in given)))('%s', async (_, recipe) => {
    expectDone((await withCli(signedIn, playOf(recipe))).step, recipe)
  })
})
