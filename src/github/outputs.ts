import * as core from '@actions/core'
import { harmlessLine } from './harmless.js'

/** Sets the step's outputs. Values are one line each; undefined ones are left as they are, which reads as empty. */
export function setOutputs(outputs: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) core.setOutput(name, harmlessLine(value))
  }
}

/** Appends Markdown to the job summary, if the runner has one. */
export async function writeSummary(markdown: string): Promise<void> {
  if (process.env['GITHUB_STEP_SUMMARY'] === undefined) return
  await core.summary.addRaw(markdown, true).write()
}
