import type { Played } from './played.js'

/** Files that cannot be read for one reason each, as the requirements file and as one that it includes. */
const unreadable = {
  missing: 'none.txt',
  outside: '../../secret',
  irregular: 'sub',
} as const

/** Names why a file cannot be read. */
export type Unreadable = keyof typeof unreadable

/** Returns the code of the failure that a requirements file ends with that cannot be read for this reason. */
export const codeOf = (reason: unknown): string =>
  reason === 'missing' ? 'requirements-not-found' : 'requirements-unreadable'

/** Returns why a file was not read, in whatever words, without its name and place. */
export const reasonOf = ({ annotations }: Pick<Played, 'annotations'>): string =>
  (annotations.findLast(({ level }) => level === 'error')?.message ?? '').replace(/"[^"]*"|\S+\.txt(?::\d+)?/g, '')

type Play = (options: {
  readonly files: Record<string, string>
  readonly inputs?: Record<string, string>
}) => Promise<Pick<Played, 'annotations'>>

/** Returns what each of them is told with: by its reason, and by whether it is the file or included. */
export async function toldReasons(play: Play): Promise<ReadonlyMap<string, string>> {
  const told = new Map<string, string>()
  for (const [reason, path] of Object.entries(unreadable)) {
    const files = { 'sub/x': '', 'requirements.txt': `-r ${path}` }
    told.set(`${reason} file`, reasonOf(await play({ files, inputs: { 'requirements-file': path } })))
    told.set(`${reason} include`, reasonOf(await play({ files })))
  }
  return told
}
