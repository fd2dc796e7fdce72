/**
 * A text without what may be a password in the URLs of it: what precedes the host, and the query, which in Azure's own
 * storage URLs is a signature. A bare `git@` is no secret, and part of many a URL.
 */
export function withoutPasswords(text: string): string {
  if (!text.includes('://')) return text
  return text
    .split(/(\s+)/)
    .map(word => (word.includes('://') ? shownUrl(word) : word))
    .join('')
}

function shownUrl(url: string): string {
  const query = url.indexOf('?', url.indexOf('://'))
  const fragment = query < 0 ? -1 : url.indexOf('#', query)
  const shown = query < 0 ? url : `${url.slice(0, query)}?***${fragment < 0 ? '' : url.slice(fragment)}`
  return shown.replace(/:\/\/(?!git@)[^/?#]*@/, '://***@')
}
