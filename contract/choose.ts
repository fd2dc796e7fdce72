import { joinList } from '../src/format.js'
import type { Statement } from './statement.js'
import { statements } from './statements/all.js'

/** Says that what is asked for cannot be chosen. */
export class ChoiceError extends Error {
  override readonly name = 'ChoiceError'
}

/**
 * Chooses statements: those that are named, else all that switch nothing; of the emulator, all.
 * @throws {ChoiceError} when there is no such statement, or it needs a cluster that is declared disposable.
 */
export function choose({
  ids,
  isDisposable,
  isReal,
}: {
  readonly ids: readonly string[] | undefined
  readonly isDisposable: boolean
  readonly isReal: boolean
}): readonly Statement[] {
  const isQuiet = ({ needs }: Statement) => needs === 'read' || needs === 'build'
  if (ids === undefined) return isReal ? statements.filter(isQuiet) : statements
  const unknown = ids.filter(id => statements.every(each => each.id !== id))
  if (unknown.length > 0)
    throw new ChoiceError(
      `There is no statement ${joinList(unknown)}. There are: ${joinList(statements.map(({ id }) => id))}.`,
    )
  const chosen = statements.filter(({ id }) => ids.includes(id))
  const risky = chosen.filter(each => !isQuiet(each))
  if (isReal && risky.length > 0 && !isDisposable)
    throw new ChoiceError(
      `${joinList(risky.map(({ id }) => id))} changes what queries run on. Use a cluster for tests alone, and add --disposable.`,
    )
  return chosen
}
