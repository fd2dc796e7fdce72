/** What uv asks unless it is told otherwise: https://docs.astral.sh/uv/concepts/indexes/ */
const DEFAULT_INDEX = 'https://pypi.org/simple/'

/** What has uv look in other places as well, or in others instead. */
const ELSEWHERE = ['UV_INDEX', 'UV_EXTRA_INDEX_URL', 'UV_CONFIG_FILE', 'UV_FIND_LINKS']

/** Tells which index uv asks, by its environment; undefined where it may be several. It may hold a password. */
export function uvIndexUrl(variables: Readonly<Record<string, string | undefined>>): string | undefined {
  if (ELSEWHERE.some(name => variables[name])) return undefined
  const url = variables['UV_DEFAULT_INDEX'] || variables['UV_INDEX_URL'] || DEFAULT_INDEX
  // An index may have a name: `mirror=https://…`.
  return url.trim().replace(/^[\w.-]{1,100}=/, '')
}
