import { execFileSync, spawnSync } from 'node:child_process'
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
let one: Record<string, string>
beforeAll(() => {
  folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'reproducible-')))
  one = buildIn('one')
})
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

/** Builds dist/ in a copy of the project in another place, and reads it. */
function buildIn(name: string): Record<string, string> {
  const place = path.join(folder, name)
  mkdirSync(place, { recursive: true })
  for (const each of ['build/src', 'build/scripts', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, each), path.join(place, each), { recursive: true })
  }
  // Copied, for the bundler goes where links lead.
  for (const each of needed) cpSync(path.join(root, each), path.join(place, each), { recursive: true })
  execFileSync(process.execPath, ['build/scripts/build-dist.js'], {
    cwd: place,
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  })
  return filesIn(path.join(place, 'dist'))
}

function filesIn(dist: string): Record<string, string> {
  return Object.fromEntries(readdirSync(dist).map(name => [name, readFileSync(path.join(dist, name), 'base64')]))
}

test('dist/ is built to the same bytes elsewhere', () => {
  const other = buildIn('änother place/with a longer name')
  expect(Object.keys(other)).toEqual(Object.keys(one))
  for (const [name, content] of Object.entries(one)) expect([name, other[name] === content]).toEqual([name, true])
  expect(Object.keys(one)).toEqual(expect.arrayContaining(['action.js', 'index.js', 'licenses.txt', 'package.json']))
})

// In a folder that is no repository.
test('check-dist compares the files in dist/ with what src/ builds, and leaves them as they are', () => {
  const place = path.join(folder, 'one')
  const dist = path.join(place, 'dist')
  const check = () => spawnSync(process.execPath, ['build/scripts/check-dist.js'], { cwd: place, encoding: 'utf8' })
  expect(check()).toMatchObject({ status: 0, stdout: 'dist/ is what src/ builds.\n', stderr: '' })

  appendFileSync(path.join(dist, 'index.js'), '\n')
  rmSync(path.join(dist, 'licenses.txt'))
  writeFileSync(path.join(dist, '1.index.js'), '')
  const before = filesIn(dist)
  expect(check()).toMatchObject({
    status: 1,
    stdout: '',
    stderr: `dist/ is not what src/ builds:
  1.index.js is not built any more
  index.js has another content
  licenses.txt is missing
Run "npm run build", and commit dist/ together with src/.
`,
  })
  expect(filesIn(dist)).toEqual(before)
})
