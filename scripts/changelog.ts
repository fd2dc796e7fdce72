/**
 * What a change log in the form of https://keepachangelog.com/ says of a version.
 * @throws {Error} where it says nothing of it.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1)
  const section = sections.find(text => text.startsWith(`[${version}]`))
  const notes = section
    ?.split('\n')
    .slice(1)
    .join('\n')
    .replace(/^\[.*$/gm, '')
    .trim()
  if (notes === undefined || notes === '') throw new Error(`CHANGELOG.md says nothing of version ${version}.`)
  return notes
}
