/** A file of one kind of line; each line is short, for 100,000 of them must fit into 1 MiB. */
export type Shape = {
  readonly name: string
  readonly line: (index: number) => string
  /** A line of the image's present requirements, which the file is compared with. */
  readonly former: (index: number) => string
}

const base36 = (index: number) => index.toString(36)

/** The kind of which most go into a file. */
export const oneLetterLines = 'one letter a line'

/** Ordinary files, and those that would be slow to a careless check. */
export const shapes: readonly Shape[] = [
  { name: 'pinned packages', line: index => `p${base36(index)}==1`, former: index => `p${base36(index)}==1` },
  { name: 'every version changed', line: index => `p${base36(index)}==2`, former: index => `p${base36(index)}==1` },
  { name: 'nothing pinned', line: index => `p${base36(index)}`, former: index => `q${base36(index)}` },
  { name: 'one package again and again', line: index => `a>=${index}`, former: () => 'a' },
  { name: 'and again, with other ends', line: index => `a~=1.${index}`, former: () => 'a' },
  { name: oneLetterLines, line: () => 'a', former: () => 'b' },
  { name: 'lines that pip rejects', line: index => `a=${index}`, former: () => '' },
  { name: 'comments', line: () => '# nothing', former: () => '# else' },
  { name: 'continued lines', line: index => (index % 2 === 0 ? `p${base36(index)}\\` : '==1'), former: () => '' },
]

/** The text of so many lines. */
export function textOf(line: (index: number) => string, lines: number): string {
  return Array.from({ length: lines }, (_, index) => line(index)).join('\n')
}
