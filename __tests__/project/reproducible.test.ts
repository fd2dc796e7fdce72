import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { differencesOf, filesIn } from '../../scripts/dist-differences.js'

const root = path.resolve(import.meta.dirname, '../../..')

const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { dev?: boolean; optional?: boolean }>
}

/** The packages that the bundle is made of, and the bundler. */
const needed = Object.entries(lock.packages)
  .filter(([where, { dev, optional }]) => where !== '' && dev !== true && optional !== true)
  .map(([where]) => where)
  .concat('node_modules/@vercel/ncc')

let folder: string
beforeAll(() => {
  folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'reproducible-')))
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

// As far from the checkout as another machine is: what differs here would differ there.
test('check-dist builds the same bytes in another place and time zone, names what differs, and leaves dist/ as it is', () => {
  const place = path.join(folder, 'änother place/with a longer name')
  mkdirSync(place, { recursive: true })
  for (const each of ['build/src', 'build/scripts', 'scripts/bundle.tsconfig.json', 'dist', 'package.json']) {
    cpSync(path.join(root, each), path.join(place, each), { recursive: true })
  }
  // Copied, for the bundler goes where links lead.
  for (const each of needed) cpSync(path.join(root, each), path.join(place, each), { recursive: true })

  const check = () =>
    spawnSync(process.execPath, ['build/scripts/check-dist.js'], {
      cwd: place,
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Asia/Tokyo' },
    })
  expect(check()).toMatchObject({ status: 0, stdout: 'dist/ is what src/ builds.\n', stderr: '' })
  const dist = path.join(place, 'dist')
  const files = filesIn(dist)
  expect([...files.keys()]).toEqual(expect.arrayContaining(['action.js', 'index.js', 'licenses.txt', 'package.json']))
  expect(differencesOf(filesIn(path.join(root, 'dist')), files)).toEqual([])

  appendFileSync(path.join(dist, 'index.js'), '\n')
  rmSync(path.join(dist, 'package.json'))
  writeFileSync(path.join(dist, '1.index.js'), '')
  const before = filesIn(dist)
  expect(check()).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `dist/ is not what src/ builds:
  1.index.js is not built any more
  index.js has another content
  package.json is missing
Run "npm run build", and commit dist/ together with src/.
`,
  })
  expect(filesIn(dist)).toEqual(before)
})
