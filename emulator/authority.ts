import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import {
  bitString,
  der,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  truth,
  utcTime,
  utf8String,
} from './der.js'

/** A certificate authority that exists for one world only. */
export type Authority = {
  /** The authority's own certificate, as PEM. */
  readonly certificate: string
  /** A server certificate for one host name, with its key, as PEM. */
  issueFor(host: string): { cert: string; key: string }
}

type Holder = { name: string; publicKey: KeyObject }

const dayMs = 24 * 60 * 60 * 1000
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))

/** Makes an authority with a fresh elliptic-curve key. */
export function createAuthority(): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = `Emulator ${randomBytes(4).toString('hex')}`
  const issuer = { name, key: keys.privateKey }
  const mayOnlySign = [
    extension('2.5.29.19', sequence(truth)), // basic constraints: an authority
    extension('2.5.29.15', bitString(Buffer.of(0b0000_0110), 1)), // key usage: certificates and revocation lists
  ]
  return {
    certificate: certify({ name, publicKey: keys.publicKey }, mayOnlySign, issuer),
    issueFor(host) {
      const leaf = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const serverOf = [
        extension('2.5.29.17', sequence(der(0x82, Buffer.from(host, 'ascii')))), // subject alternative name
        extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1'))), // extended key usage: TLS server
      ]
      return {
        cert: certify({ name: host, publicKey: leaf.publicKey }, serverOf, issuer),
        key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      }
    },
  }
}

function certify(holder: Holder, extensions: Buffer[], issuer: { name: string; key: KeyObject }): string {
  const body = sequence(
    explicit(0, integer(2)), // X.509 version 3
    integer(1, ...randomBytes(12)),
    ecdsaWithSha256,
    commonName(issuer.name),
    sequence(utcTime(new Date(Date.now() - dayMs)), utcTime(new Date(Date.now() + 30 * dayMs))),
    commonName(holder.name),
    holder.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensions)),
  )
  const certificate = sequence(body, ecdsaWithSha256, bitString(sign('sha256', body, issuer.key)))
  const lines = certificate.toString('base64').match(/.{1,64}/g) ?? []
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(name))))
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectIdentifier(id), octetString(value))
}
