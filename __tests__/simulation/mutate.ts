import { registerHooks } from 'node:module'
import type { Mutant } from './mutants.js'

/**
 * Has the compiled module of a mutant loaded with its text changed, in this thread, from now on.
 * @returns whether that has happened.
 */
export function mutate({ name, file, text, becomes }: Mutant): { readonly applied: () => boolean } {
  const url = new URL(`../../src/${file.replace(/\.ts$/, '.js')}`, import.meta.url).href
  let applied = false
  registerHooks({
    load: (loading, context, next) => {
      const loaded = next(loading, context)
      if (loading !== url) return loaded
      const { source } = loaded
      const parts = (typeof source === 'string' ? source : new TextDecoder().decode(source)).split(text)
      if (parts.length !== 2) throw new Error(`${name}: ${file} holds the text ${parts.length - 1} times:\n${text}`)
      applied = true
      return { ...loaded, source: parts.join(becomes) }
    },
  })
  return { applied: () => applied }
}
