import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'

/** What a test says of a release of a project. */
export type Release = {
  readonly version: string
  /** As in `Requires-Dist`; `ORIGIN` stands for that of the index. */
  readonly requires?: readonly string[]
  readonly requiresPython?: string
  /** Tags of its wheels; none for a release that has a source distribution only. */
  readonly wheels?: readonly string[]
  /** Whether it has a source distribution beside its wheels. */
  readonly source?: true
  readonly extras?: readonly string[]
  /** Why it was yanked; `true` for no reason given. */
  readonly yanked?: string | true
}

/** The core metadata of a release: https://packaging.python.org/en/latest/specifications/core-metadata/ */
export function metadataOf(name: string, release: Release): string {
  return [
    'Metadata-Version: 2.1',
    `Name: ${name}`,
    `Version: ${release.version}`,
    ...(release.requiresPython === undefined ? [] : [`Requires-Python: ${release.requiresPython}`]),
    ...(release.extras ?? []).map(extra => `Provides-Extra: ${extra}`),
    ...(release.requires ?? []).map(requirement => `Requires-Dist: ${requirement}`),
    '',
  ].join('\n')
}

/** A wheel with one empty module. */
export function wheelOf(name: string, release: Release, tag: string): Buffer {
  const module = name.replaceAll('-', '_')
  const info = `${module}-${release.version}.dist-info`
  const files: [string, string][] = [
    [`${module}.py`, ''],
    [`${info}/METADATA`, metadataOf(name, release)],
    [`${info}/WHEEL`, `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: ${tag}\n`],
  ]
  const record = files.map(([path, text]) => `${path},sha256=${digest(text)},${Buffer.byteLength(text)}\n`).join('')
  return zip([...files, [`${info}/RECORD`, `${record}${info}/RECORD,,\n`]])
}

/** A source distribution whose code, run by whatever builds it, writes the file `witness`. */
export function sourceOf(name: string, witness: string): Buffer {
  const code = `open(${JSON.stringify(witness)}, 'w').write('executed')\n`
  return zip([
    [`${name}-1.0/pyproject.toml`, '[build-system]\nrequires = []\nbuild-backend = "traitor"\nbackend-path = ["."]\n'],
    [`${name}-1.0/traitor.py`, code],
    [`${name}-1.0/setup.py`, code],
    [`${name}-1.0/PKG-INFO`, `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`],
  ])
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}

/**
 * A ZIP archive whose files are stored as they are: local headers with their data, then the central directory
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.7, 4.3.12 and 4.3.16).
 */
export function zip(files: readonly (readonly [path: string, text: string])[]): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [path, text] of files) {
    const name = Buffer.from(path)
    const data = Buffer.from(text)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0) // version needed
    common.writeUInt16LE(0x21, 8) // 1980-01-01, the first date that the format knows
    common.writeUInt32LE(crc32(data), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(data.length, 18)
    common.writeUInt16LE(name.length, 22)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, name)
    local.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, data)
    offset += 30 + name.length + data.length
  }
  const size = central.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...local, ...central, end])
}
