import type { Statement } from '../statement.js'
import { readStatements } from './reads.js'
import { requestStatements } from './requests.js'
import { useStatements } from './use.js'

/** Lists all statements, in the order in which they are checked: what harms the active image comes last. */
export const statements: readonly Statement[] = [...readStatements, ...requestStatements, ...useStatements]
