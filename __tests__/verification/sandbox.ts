import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { verificationProgram } from '../../src/verification/import-query.js'

/** What the program says of a package. */
export type Row = Readonly<Record<'name' | 'version' | 'modules' | 'problem' | 'python', string>>

/** Files by their path in a site, with their content. */
export type Files = Readonly<Record<string, string>>

/** Makes an empty folder that sites are made in; to be removed by who asks. */
export function makeRoot(): string {
  return mkdtempSync(path.join(tmpdir(), 'program-test-'))
}

/** Adds to the files of a distribution what pip leaves beside them. @param info the name of the folder of that. */
export function wheel(name: string, version: string, files: Files, info = `${name}-${version}.dist-info`): Files {
  const record = Object.keys(files).map(file => `${file},sha256=AbC,12\n`)
  return { ...files, [`${info}/METADATA`]: metadata(name, version), [`${info}/RECORD`]: record.join('') }
}

/** The file that says what a distribution is. */
export function metadata(name: string, version: string): string {
  return `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n\nName: of nothing\n`
}

/** Writes files into a site, without those that would lie outside of it. */
export function install(site: string, files: Files): void {
  for (const [file, content] of Object.entries(files)) {
    const local = file.replaceAll('\\', '/')
    if (local.startsWith('..')) continue
    mkdirSync(path.dirname(path.join(site, local)), { recursive: true })
    writeFileSync(path.join(site, local), content)
  }
}

/** Runs the program in each site under root, one after the other, in a Python that has nothing but its own library. */
export function tried(root: string, asked: readonly (readonly [site: string, names: readonly string[]])[]): Row[][] {
  const input = JSON.stringify([verificationProgram, asked.map(([site, names]) => [path.relative(root, site), names])])
  const script = path.join(import.meta.dirname, 'sandbox-python.js')
  const { stdout, stderr } = spawnSync(process.execPath, [script, root], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
