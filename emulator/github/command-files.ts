/** The runner keeps no more of a step's summary. */
const summaryLimitBytes = 1024 * 1024

/** Reads a file of `name=value` lines and `name<<delimiter` blocks, as strictly as the runner. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at]!
    if (line === '') continue
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      values[nameIn(line, equals)] = line.slice(equals + 1)
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, at + 1)
      if (delimiter === '' || end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      values[nameIn(line, heredoc)] = lines.slice(at + 1, end).join('\n')
      at = end
    } else {
      throw new Error(`Invalid format '${line}'`)
    }
  }
  return values
}

/** What the runner keeps of a step's outputs: it drops those that contain a mask. */
export function outputsKept(
  written: Readonly<Record<string, string>>,
  masks: readonly string[],
): { outputs: Record<string, string>; droppedOutputs: string[] } {
  const isSecret = ([, value]: [string, string]): boolean => masks.some(mask => value.includes(mask))
  const entries = Object.entries(written)
  return {
    outputs: Object.fromEntries(entries.filter(entry => !isSecret(entry))),
    droppedOutputs: entries.filter(isSecret).map(([name]) => name),
  }
}

/** A step's summary as the runner shows it, which shows none that is too large. */
export function summaryShown(content: Buffer): string {
  if (content.length <= summaryLimitBytes) return content.toString('utf8')
  const size = Math.ceil(content.length / 1024)
  throw new Error(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${size}k.`)
}

function nameIn(line: string, end: number): string {
  const name = line.slice(0, end)
  if (name === '') throw new Error(`Invalid format '${line}'. Name must not be empty`)
  return name
}
