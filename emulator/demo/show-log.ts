import { styleText } from 'node:util'
import { type Annotation, annotationOf, type LogLine, parseWorkflowCommand } from '../github/step-output.js'

const colours = { error: 'red', warning: 'yellow', notice: 'blue' } as const

/** Prints a step's log as GitHub's page shows it, each line with the time that has passed in the world. */
export function showLog(
  print: (text: string) => void,
  { speed, debug }: { speed: number; debug: boolean },
): (line: LogLine) => void {
  let indent = ''
  return line => {
    const time = dim(`${elapsed(line.atMs * speed)} │ `)
    const show = (text: string): void => text.split('\n').forEach(part => print(`${time}${indent}${part}`))
    const command = line.command && parseWorkflowCommand(line.text)
    const annotation = annotationOf(line)
    if (!command) return show(sanitize(line.text))
    if (annotation) return show(describeAnnotation(annotation))
    if (command.name === 'group') {
      indent = ''
      show(styleText('bold', `▸ ${sanitize(command.data)}`))
      indent = '  '
    } else if (command.name === 'endgroup') {
      indent = ''
    } else if (command.name === 'debug' && debug) {
      show(styleText('magenta', `##[debug]${sanitize(command.data)}`))
    }
  }
}

/** Less prominent text. */
export function dim(text: string): string {
  return styleText('dim', text)
}

/** Formats a duration as `h:mm:ss`, the hours only when there are any. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const minutes = h > 0 ? `${h}:${String(m).padStart(2, '0')}` : String(m).padStart(2)
  return `${minutes}:${String(s).padStart(2, '0')}`
}

function describeAnnotation({ level, message, title, file, line }: Annotation): string {
  const place = file === undefined ? '' : ` ${dim(`(${sanitize(file)}${line === undefined ? '' : `:${line}`})`)}`
  const heading = title === undefined ? '' : `${title}: `
  const word = level[0]!.toUpperCase() + level.slice(1)
  const lines = sanitize(`${word}: ${heading}${message}`).split('\n')
  return `${lines.map(text => styleText(colours[level], text)).join('\n')}${place}`
}

/** Keeps colours, and takes away all else that a terminal might obey. */
function sanitize(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '')
}
