/**
 * Returns `text` so that neither the runner nor a terminal obeys anything in it.
 *
 * The runner obeys `::command::` at the start of a printed line and the legacy `##[command]` anywhere in one (its
 * `ActionCommand.TryParseV2` and `TryParse`); a zero-width space breaks both and is not seen. Control characters, escape
 * sequences and the marks that turn the direction of text are shown as `�`; new lines are the caller's to keep or not.
 */
export function sanitize(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1:\u200b')
    .replace(/##(?=\[)/g, '##\u200b')
}

/** Does what {@link sanitize} does, on one line. */
export function sanitizeLine(text: string): string {
  return sanitize(text.replace(/[\r\n\u2028\u2029]+/g, ' '))
}
