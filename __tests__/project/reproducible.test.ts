import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, jest, test } from '@jest/globals'

jest.setTimeout(300_000)

const root = path.resolve(import.meta.dirname, '../../..')

const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, { dev?: boolean; optional?: boolean }>
}

/** The packages that the bundle is made of, and the bundler. */
const needed = Object.entries(lock.packages)
  .filter(([where, { dev, optional }]) => where !== '' && dev !== true && optional !== true)
  .map(([where]) => where)
  .concat('node_modules/@vercel/ncc')

/** Builds dist/ in a copy of the project in another place, and reads it. */
function buildIn(place: string): Record<string, string> {
  mkdirSync(place, { recursive: true })
  for (const name of ['build/src', 'build/scripts', 'package.json', 'tsconfig.json']) {
    cpSync(path.join(root, name), path.join(place, name), { recursive: true })
  }
  // Copied, for the bundler goes where links lead.
  for (const name of needed) cpSync(path.join(root, name), path.join(place, name), { recursive: true })
  execFileSync(process.execPath, ['build/scripts/build-dist.js'], {
    cwd: place,
    env: { ...process.env, TZ: 'Asia/Tokyo' },
  })
  const dist = path.join(place, 'dist')
  return Object.fromEntries(readdirSync(dist).map(name => [name, readFileSync(path.join(dist, name), 'base64')]))
}

test('dist/ is built to the same bytes elsewhere', () => {
  const folder = realpathSync.native(mkdtempSync(path.join(tmpdir(), 'reproducible-')))
  try {
    const one = buildIn(path.join(folder, 'one'))
    const other = buildIn(path.join(folder, 'another place/with a longer name'))
    expect(Object.keys(other)).toEqual(Object.keys(one))
    for (const [name, content] of Object.entries(one)) expect([name, other[name] === content]).toEqual([name, true])
    expect(Object.keys(one)).toContain('index.js')
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
})
