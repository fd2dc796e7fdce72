import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { releaseNotes } from '../../scripts/changelog.js'

const root = path.resolve(import.meta.dirname, '../../..')
const text = (file: string) => readFileSync(path.join(root, file), 'utf8')

describe('the change log', () => {
  test('says something of the version of package.json', () => {
    const { version } = JSON.parse(text('package.json')) as { version: string }
    expect(releaseNotes(text('CHANGELOG.md'), version)).toMatch(/^### (?:Added|Changed|Fixed|Removed|Security)\n\n- /)
  })

  const log =
    '# Changelog\n\n## [Unreleased]\n\n## [1.1.0] - 2027-01-02\n\n### Fixed\n\n- That.\n\n## [1.0.0]\n\n[1.1.0]: x\n'

  test('gives the notes of one version alone', () => {
    expect(releaseNotes(log, '1.1.0')).toBe('### Fixed\n\n- That.')
  })

  test.each(['1.0.0', '1.0', '2.0.0', 'Unreleased'])('that says nothing of %s is not enough', version => {
    expect(() => releaseNotes(log, version)).toThrow(`says nothing of version ${version}`)
  })
})

// GitHub runs it on Linux alone.
const able = process.platform === 'linux'
;(able ? describe : describe.skip)(`commit-dist.sh${able ? '' : ' (skipped: needs Linux)'}`, () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'commit-dist-'))
    mkdirSync(path.join(folder, 'bin'))
    // Answers as gh does, and keeps what it was asked.
    const gh = `#!/bin/sh
echo "$@" >> '${folder}/calls'
case "$2" in
repos/*) printf 'index.js\\nold.index.js\\n' ;;
graphql) cp "$4" '${folder}/request' ;;
esac
`
    writeFileSync(path.join(folder, 'bin/gh'), gh, { mode: 0o755 })
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }))

  function commit(files: Readonly<Record<string, string | Uint8Array>>, change?: (built: string) => void) {
    const built = path.join(folder, 'built')
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(built, name)), { recursive: true })
      writeFileSync(path.join(built, name), content)
    }
    change?.(built)
    const run = spawnSync(path.join(root, 'scripts/commit-dist.sh'), ['built'], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: `${folder}/bin:${process.env['PATH']}`,
        GH_REPO: 'org/kusto-sandbox-image',
        BRANCH: 'dependabot/npm_and_yarn/x"$(touch pwned)',
        HEAD: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
      },
    })
    const kept = (name: string) =>
      existsSync(path.join(folder, name)) ? readFileSync(path.join(folder, name), 'utf8') : ''
    return { ...run, calls: kept('calls').trim().split('\n'), request: kept('request') }
  }

  test('commits what was built on top of what it was built from, and starts CI and CodeQL', () => {
    const bytes = new Uint8Array([0, 255, 10, 13, 36])
    const { status, calls, request } = commit({ 'index.js': 'const x = "$(id)"\n', '123.index.js': bytes })
    expect(status).toBe(0)
    const { variables } = JSON.parse(request) as { variables: { input: unknown } }
    expect(variables.input).toMatchObject({
      branch: { repositoryNameWithOwner: 'org/kusto-sandbox-image', branchName: expect.stringMatching(/pwned/) },
      expectedHeadOid: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3',
      message: { headline: expect.stringContaining('[dependabot skip]') },
      fileChanges: {
        additions: [
          { path: 'dist/123.index.js', contents: Buffer.from(bytes).toString('base64') },
          { path: 'dist/index.js', contents: Buffer.from('const x = "$(id)"\n').toString('base64') },
        ],
        deletions: [{ path: 'dist/old.index.js' }],
      },
    })
    const started = calls.slice(-2).map(call => /^workflow run (\S+) --ref dependabot\//.exec(call)?.[1])
    expect(started).toEqual(['codeql.yml', 'ci.yml'])
    expect(existsSync(path.join(folder, 'pwned'))).toBe(false)
  })

  test('does nothing where nothing was built', () => {
    expect(commit({})).toMatchObject({ status: 0, calls: [''], request: '' })
  })

  test.each([
    ['a folder', { 'index.js': '', 'workflows/evil.yml': '' }, undefined],
    ['a hidden file', { 'index.js': '', '.npmrc': '' }, undefined],
    ['a name of several lines', { 'a\nb': '' }, undefined],
    ['a link', { 'index.js': '' }, (built: string) => symlinkSync('/etc/passwd', path.join(built, 'x.js'))],
    ['too many files', Object.fromEntries(Array.from({ length: 21 }, (_, each) => [`${each}.js`, ''])), undefined],
  ])('refuses %s', (_, files, change) => {
    const { status, calls, stderr } = commit(files, change)
    expect({ status, calls }).toEqual({ status: 1, calls: [''] })
    expect(stderr).toMatch(/dist\/ (?:may hold|has 1 to 20)/)
  })
})
