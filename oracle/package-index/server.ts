import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { metadataOf, type Release, sourceOf, wheelOf } from './wheel.js'

/** Projects by name. */
export type Projects = Readonly<Record<string, readonly Release[]>>

/** A package index of the test's own, on disk and served over loopback. */
export type PackageIndex = {
  /** Of the simple API: https://packaging.python.org/en/latest/specifications/simple-repository-api/ */
  readonly url: string
  /** Paths that were asked for. */
  readonly asked: string[]
  /** From now on, answers every request with this status; `undefined` for answering as an index does. */
  fail: (status: number | undefined) => void
  readonly close: () => Promise<void>
}

/** Files of a project as the index lists them. */
type ListedFile = {
  readonly filename: string
  readonly url: string
  readonly hashes: { readonly sha256: string }
  readonly 'requires-python'?: string
  readonly yanked: string | boolean
  readonly 'core-metadata': boolean | { readonly sha256: string }
}

/** Writes the projects' wheels and source distributions into `directory` and serves them. */
export async function startIndex(projects: Projects, directory: string): Promise<PackageIndex> {
  await mkdir(directory, { recursive: true })
  await writeFile(path.join(directory, 'traitor-1.0.zip'), sourceOf('traitor', path.join(directory, '..', 'executed')))
  const listings = new Map<string, { readonly files: readonly ListedFile[]; readonly versions: readonly string[] }>()
  const asked: string[] = []
  let failing: number | undefined
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://index')
    asked.push(pathname)
    if (failing !== undefined) return answer(response, failing, 'text/plain', 'no')
    const [, kind, name = ''] = pathname.split('/')
    if (kind === 'files') {
      readFile(path.join(directory, path.basename(name))).then(
        bytes => answer(response, 200, 'application/octet-stream', bytes),
        () => answer(response, 404, 'text/plain', 'no such file'),
      )
      return
    }
    const listing = kind === 'simple' ? listings.get(name) : undefined
    if (listing === undefined) return answer(response, 404, 'text/plain', 'no such project')
    const page = { meta: { 'api-version': '1.1' }, name, ...listing }
    answer(response, 200, 'application/vnd.pypi.simple.v1+json', JSON.stringify(page))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  for (const [name, releases] of Object.entries(projects)) {
    const written = releases.map(release => writeRelease(name, atOrigin(release, origin), directory))
    const files = (await Promise.all(written)).flat()
    listings.set(name, { files, versions: releases.map(({ version }) => version) })
  }
  return {
    url: `${origin}/simple/`,
    asked,
    fail: status => {
      failing = status
    },
    close: () => closed(server),
  }
}

function atOrigin(release: Release, origin: string): Release {
  return { ...release, requires: (release.requires ?? []).map(requirement => requirement.replace('ORIGIN', origin)) }
}

async function writeRelease(name: string, release: Release, directory: string): Promise<ListedFile[]> {
  const stem = `${name.replaceAll('-', '_')}-${release.version}`
  const { wheels = ['py3-none-any'] } = release
  const files = new Map<string, Buffer>(wheels.map(tag => [`${stem}-${tag}.whl`, wheelOf(name, release, tag)]))
  // Unreadable opens it: whoever tries to build it fails the test.
  if (wheels.length === 0 || release.source === true) files.set(`${stem}.tar.gz`, Buffer.from('not an archive'))
  const metadata = metadataOf(name, release)
  const listed: ListedFile[] = []
  for (const [filename, bytes] of files) {
    const isWheel = filename.endsWith('.whl')
    await writeFile(path.join(directory, filename), bytes)
    if (isWheel) await writeFile(path.join(directory, `${filename}.metadata`), metadata)
    listed.push({
      filename,
      url: `../../files/${filename}`,
      hashes: { sha256: sha256(bytes) },
      ...(release.requiresPython === undefined ? {} : { 'requires-python': release.requiresPython }),
      yanked: release.yanked ?? false,
      'core-metadata': isWheel ? { sha256: sha256(metadata) } : false,
    })
  }
  return listed
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function answer(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
  response.end(body)
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
