import { pluralize } from '../format.js'
import type { ApplyInputs, VerifyInputs } from '../inputs/inputs.js'
import type { QueryFile } from '../verification/query-file.js'
import type { RunContext } from './context.js'

/** Reads the queries that the image must pass; none where none are asked for. @throws {Failure} when one cannot be read. */
export async function readQueries({
  inputs,
  runtime,
  phase,
}: RunContext<ApplyInputs | VerifyInputs>): Promise<readonly QueryFile[]> {
  const names = inputs.verification?.queries ?? []
  if (names.length === 0) return []
  return phase('Read the queries', async () => {
    // What few runs need is loaded by those alone.
    const { readQueryFiles } = await import('../verification/query-file.js')
    const queries = await readQueryFiles(names, runtime.files)
    runtime.log.line(`${pluralize(queries.length, 'query', 'queries')}: ${queries.map(({ file }) => file).join(', ')}`)
    return queries
  })
}
