import type { Clock } from '../../src/clock.js'
import type { Tools } from '../../src/requirements/resolver/resolver.js'

/** What the index has of each project, the newest first, and what each release requires. */
export type Index = Readonly<Record<string, readonly string[]>>

const requires: Index = { pandas: ['numpy', 'pytz'] }

/** A machine whose only program is a uv that takes the version it is asked for, else the one it is to keep, else the newest. */
export const uvWith =
  (index: Index) =>
  (clock: Clock): Tools => {
    const files = new Map<string, string>()
    const pins = (name: string) =>
      new Map((files.get(name) ?? '').split('\n').map(line => line.split('==') as [string, string]))
    return {
      clock,
      environment: () => Promise.resolve({}),
      indexReader: () => () => Promise.resolve({ kind: 'unknown', why: 'nobody is asked here' }),
      find: program => Promise.resolve(program === 'uv' ? '/bin/uv' : undefined),
      run: ({ args }) => {
        if (args[0] === '--version') return Promise.resolve({ code: 0, output: 'uv 0.9.18', errors: '' })
        const [asked, held] = [pins('requirements.txt'), args.includes('held.txt') ? pins('held.txt') : new Map()]
        const by = new Map<string, string>()
        for (const name of asked.keys()) {
          const plain = name.replace(/[<>=].*/, '')
          if (plain === '') continue
          by.set(plain, '-r requirements.txt')
          for (const required of requires[plain] ?? []) by.set(required, plain)
        }
        const lines = Array.from(by, ([name, from]) => {
          const version = asked.get(name) ?? (held.get(name) as string | undefined) ?? index[name]?.[0] ?? '?'
          return `${name}==${version}  # via ${from}`
        })
        return Promise.resolve({ code: 0, output: `${lines.sort().join('\n')}\n`, errors: '' })
      },
      withDirectory: use =>
        use({
          path: '/tmp/uv',
          write: (name, text) => Promise.resolve(void files.set(name, text)),
          read: () => Promise.resolve(undefined),
        }),
    }
  }
