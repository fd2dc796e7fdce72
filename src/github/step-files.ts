import { statSync, truncateSync } from 'node:fs'
import * as core from '@actions/core'
import { sanitizeLine } from './sanitize.js'

/**
 * Sets the step's outputs. Values are one line each; undefined ones are left as they are, which reads as empty.
 * @throws where the runner's file is not there or cannot be written to; then none is set.
 */
export function setOutputs(outputs: Readonly<Record<string, string | undefined>>): void {
  const file = process.env['GITHUB_OUTPUT']
  // The toolkit would print the commands of old instead, which runners with Node 24 need not obey.
  if (!file) throw new Error('the runner has not set GITHUB_OUTPUT')
  const { size } = statSync(file)
  try {
    for (const [name, value] of Object.entries(outputs)) {
      if (value !== undefined) core.setOutput(name, sanitizeLine(value))
    }
  } catch (error) {
    // Half an entry would have the runner fail the step, whatever its outcome.
    try {
      truncateSync(file, size)
    } catch {
      // What is no file has no length.
    }
    throw error
  }
}

/** Appends Markdown to the job summary, if the runner has one. */
export async function writeSummary(markdown: string): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return
  await core.summary.addRaw(markdown, true).write()
}
