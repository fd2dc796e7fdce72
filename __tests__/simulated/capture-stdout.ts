import { AsyncLocalStorage } from 'node:async_hooks'
import process from 'node:process'

const printing = new AsyncLocalStorage<(text: string) => void>()
const print = process.stdout.write.bind(process.stdout)

// What does several things at once prints to each of them what it printed itself.
process.stdout.write = ((...args: Parameters<typeof print>) => {
  const write = printing.getStore()
  if (write === undefined) return print(...args)
  write(String(args[0]))
  return true
}) as typeof process.stdout.write

/** Does the work, and hands what it prints to `write` in place of the standard output. */
export function withStdoutCaptured<T>(write: (text: string) => void, work: () => Promise<T>): Promise<T> {
  return printing.run(write, work)
}
