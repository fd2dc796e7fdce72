/** Releases of versions, with an epoch and without. */
export const RELEASES = ['0', '0.9', '1', '1.0.1', '1.1', '1.2', '1.10', '2', '2.1', '3', '1!0', '1!1']
/** What follows a release. */
export const SUFFIXES = [
  '',
  '.dev0',
  '.dev1',
  'a1',
  'a1.dev1',
  'a1.post1',
  'rc1',
  '.post0',
  '.post1',
  '.post1.dev0',
  '+cpu',
  '.post1+cpu',
]

/** Every release with every suffix. */
export const GRID = RELEASES.flatMap(release => SUFFIXES.map(suffix => release + suffix))

const compared = [...SUFFIXES.map(suffix => `1${suffix}`), '0.9', '1.0.1', '1.10', '1!0', '1!1.post1']

/** Specifiers of every operator, with every suffix that it may have. */
export const SPECIFIERS: readonly string[] = [
  ...['==', '!=', '==='].flatMap(operator => compared.map(version => operator + version)),
  ...['<', '<=', '>', '>='].flatMap(operator =>
    compared.filter(version => !version.includes('+')).map(version => operator + version),
  ),
  ...['==', '!='].flatMap(operator => RELEASES.map(release => `${operator}${release}.*`)),
  ...SUFFIXES.filter(suffix => !suffix.includes('+')).map(suffix => `~=1.1${suffix}`),
  '~=0.9',
  '~=1.0.1',
  '~=1.0.1rc1',
  '~=1.10',
  '~=1!0.0',
]
