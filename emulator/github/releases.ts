/** Versions of a project, the newest last. */
export type Releases = Readonly<Record<string, readonly Release[]>>

/** Describes one version of a project, as far as resolving for the sandbox's platform goes. */
export type Release = {
  readonly version: string
  /** Names of the projects that it depends on. */
  readonly requires?: readonly string[]
  readonly yanked?: string
}

const one = (version: string, ...requires: string[]): readonly Release[] => [{ version, requires }]

const prophet = (version: string, ...more: string[]): Release => ({
  version,
  requires: ['cmdstanpy', 'numpy', 'matplotlib', 'pandas', 'holidays', 'tqdm', ...more],
})

/** Holds what the packages of the example depend on: what a real uv said of them in November 2026. */
export const exampleReleases: Releases = {
  cloudpickle: one('3.1.3'),
  cmdstanpy: one('1.3.2', 'numpy', 'pandas', 'stanio', 'tqdm'),
  colorama: one('0.4.6'),
  contourpy: one('1.3.2', 'numpy'),
  cycler: one('0.12.1'),
  fonttools: one('4.65.0'),
  holidays: one('0.59', 'python-dateutil'),
  'importlib-resources': one('7.1.0'),
  joblib: one('1.6.0', 'cloudpickle'),
  kaleido: one('0.2.1'),
  kiwisolver: one('1.5.1'),
  matplotlib: one(
    '3.10.9',
    'contourpy',
    'cycler',
    'fonttools',
    'kiwisolver',
    'numpy',
    'packaging',
    'pillow',
    'pyparsing',
    'python-dateutil',
  ),
  numpy: one('2.2.6'),
  packaging: one('26.3'),
  pandas: one('2.3.3', 'numpy', 'python-dateutil', 'pytz', 'tzdata'),
  patsy: one('1.0.3', 'numpy', 'packaging'),
  pillow: one('12.3.0'),
  plotly: [
    { version: '5.21.0', requires: ['tenacity', 'packaging'], yanked: 'wheels lack a file' },
    { version: '5.22.0', requires: ['tenacity', 'packaging'] },
  ],
  prophet: [prophet('1.1.4', 'lunarcalendar', 'convertdate'), prophet('1.1.5', 'importlib-resources')],
  lunarcalendar: one('0.0.9', 'ephem', 'python-dateutil', 'pytz'),
  convertdate: one('2.4.1', 'pymeeus'),
  ephem: one('4.2'),
  pymeeus: one('0.5.12'),
  pyparsing: one('3.3.3'),
  'python-dateutil': one('3.0.0', 'six', 'tzdata'),
  pytz: one('2026.6'),
  'scikit-learn': one('1.4.2', 'joblib', 'numpy', 'scipy', 'threadpoolctl'),
  scipy: one('1.15.3', 'numpy'),
  six: one('1.17.0'),
  stanio: one('0.5.1', 'numpy'),
  statsmodels: one('0.14.2', 'numpy', 'packaging', 'pandas', 'patsy', 'scipy'),
  tenacity: one('9.2.1'),
  threadpoolctl: one('3.8.0'),
  tqdm: one('4.70.1', 'colorama'),
  tzdata: one('2026.6'),
}
