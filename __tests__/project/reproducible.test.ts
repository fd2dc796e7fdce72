import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'

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

// The files whose content is bundled are as they were: that nothing is said of them is what the test is about. That the
// check succeeds when all is well is what `npm test` ends with.
test('check-dist builds the same bytes in another place and time zone, names what differs, and leaves dist/ as it is', () => {
  const place = path.join(folder, 'änother place/with a longer name')
  mkdirSync(place, { recursive: true })
  for (const each of ['build/src', 'build/scripts', 'scripts/bundle.tsconfig.json', 'dist', 'package.json']) {
    cpSync(path.join(root, each), path.join(place, each), { recursive: true })
  }
  // Copied, for the bundler goes where links lead.
  for (const each of needed) cpSync(path.join(root, each), path.join(place, each), { recursive: true })

  const dist = path.join(place, 'dist')
  appendFileSync(path.join(dist, 'index.js'), '\n')
  rmSync(path.join(dist, 'package.json'))
  writeFileSync(path.join(dist, '1.index.js'), '')
  const before = filesIn(dist)
  expect(Object.keys(before)).toEqual(expect.arrayContaining(['action.js', 'licenses.txt']))

  const check = spawnSync(process.execPath, ['build/scripts/check-dist.js'], {
    cwd: place,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  })
  expect(check).toMatchObject({
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

function filesIn(dist: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dist).map(name => [name, readFileSync(path.join(dist, name), 'base64')]))
}
