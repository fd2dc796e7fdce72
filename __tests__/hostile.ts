import { expect } from '@jest/globals'
import type { ArmError } from '../emulator/azure/arm-errors.js'
import type { StepResult } from '../emulator/github/runner.js'

/** Lines that a runner, a terminal, a browser or a person could take for something else than text. */
export const hostile = [
  '::add-mask::forecasting',
  '  ::set-output name=state::Succeeded',
  '\t::error file=a.txt,line=1::Injected',
  'mid ##[error]Injected',
  '##[add-mask]Succeeded',
  '##[set-output name=state;]Succeeded',
  '#\u200b#[group]Injected',
  '::stop-commands::x',
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J \u0000 \u0008',
  'over\r::warning::Injected',
  'lines\u2028::notice::Injected\u2029::notice::Injected\u0085::notice::Injected',
  '\ufeff::notice::Injected',
  'right\u202eleft\u2066 \u200f',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '</pre></code></details><h1>Injected</h1><!--',
  '[link](javascript:alert(1)) ![image](https://evil.example/x.png) <https://evil.example>',
  '| a | b | `code` ``` ~~~ **bold** # head @octocat #1 $x$',
  '```mermaid',
  '%0A::error::Injected %3A%3A',
]
/** All of them. */
export const text = hostile.join('\n')

/** Expects that nothing of the hostile text is obeyed, in the log, its annotations, the summary and the outputs. */
export function expectHarmless(step: StepResult, { shown = true } = {}): void {
  // What is printed was checked for commands, groups, masks, titles and escape sequences, and the summary for whatever
  // Markdown and GitHub make of it.
  expect(step.annotations.filter(({ message, title }) => message === 'Injected' || title === 'Injected')).toEqual([])
  expect(step.annotations.filter(({ file }) => file !== undefined && file !== 'requirements.txt')).toEqual([])
  expect(JSON.stringify(step.outputs)).not.toMatch(/\\[nr]/)
  expect(step.stdout.toString()).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\u200f]/)
  if (shown) expect(step.log).toContain('alert(1)')
}

/** An error of the service that is made of them. */
export const nested: ArmError = {
  code: text,
  message: text,
  target: text,
  details: [{ code: text, message: text }],
  additionalInfo: [{ type: text, info: { [text]: text, deep: [{ [text]: text }] } }],
}
