/**
 * Whether the engine's words mean that python() may not run on the cluster at all: the plugin is not enabled, or a policy
 * forbids it. https://learn.microsoft.com/kusto/query/python-plugin
 */
export function isPluginDisabled(words: string): boolean {
  const text = words.slice(0, 4_000).toLowerCase()
  return text.includes('plugin') && /\b(?:not enabled|disabled|not allowed|blocked by policy)\b/.test(text)
}
