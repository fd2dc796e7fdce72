import { pathToFileURL } from 'node:url'
import { styleText } from 'node:util'
import type { ScenarioEnd } from './scenario-run.js'
import { dim } from './show-log.js'

/** Returns what there is to say once a scenario is over. */
export function showEnd(
  { step, world, surprises }: ScenarioEnd,
  { page, comments }: { readonly page: string; readonly comments: readonly string[] },
): string {
  const requests = Map.groupBy(world.requests, ({ kind }) => kind)
  const cancelled = step.endedAfterCancelMs
  return [
    '',
    heading('Outputs'),
    ...table(Object.entries(step.outputs)),
    ...(step.droppedOutputs.length > 0 ? [`  dropped, for they hold a secret: ${step.droppedOutputs.join(', ')}`] : []),
    '',
    heading('Requests the emulator saw'),
    ...table([...requests].map(([kind, { length }]) => [kind, String(length)])),
    '',
    `${heading('Exit code')} ${step.exitCode ?? `none, ended by ${step.signal}`}` +
      (cancelled === undefined ? '' : `, ${Math.round(cancelled)} ms after the cancellation`),
    `${heading('Summary')}   ${pathToFileURL(page).href}`,
    ...comments.map(comment => `${heading('Comment')}   ${pathToFileURL(comment).href}`),
    '',
    surprises.length === 0
      ? styleText('green', 'The scenario ended as expected.')
      : styleText('red', ['The scenario did not end as expected:', ...surprises].join('\n  ')),
  ].join('\n')
}

function heading(text: string): string {
  return styleText('bold', text)
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [dim('  none')]
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `  ${name.padEnd(width)}  ${dim('│')} ${value}`)
}
