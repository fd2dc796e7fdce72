import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'

/** A certificate authority that exists for one world only. */
export type Authority = {
  /** The authority's own certificate, as PEM. */
  readonly certificate: string
  /** A server certificate for one host name, with its key, as PEM. */
  issueFor(host: string): Promise<{ cert: string; key: string }>
}

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 24 * 60 * 60 * 1000

/** Makes an authority with a fresh elliptic-curve key. */
export async function createAuthority(): Promise<Authority> {
  const keys = await generateKeys()
  const name = `CN=Emulator ${webcrypto.randomUUID().slice(0, 8)}`
  const validity = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 30 * dayMs) }
  const own = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: curve,
    ...validity,
    extensions: [
      new BasicConstraintsExtension(true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign),
    ],
  })
  return {
    certificate: own.toString('pem'),
    async issueFor(host) {
      const leaf = await generateKeys()
      const certificate = await X509CertificateGenerator.create({
        subject: `CN=${host}`,
        issuer: name,
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: curve,
        ...validity,
        extensions: [
          new SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        ],
      })
      const key = await webcrypto.subtle.exportKey('pkcs8', leaf.privateKey)
      return { cert: certificate.toString('pem'), key: PemConverter.encode(key, 'PRIVATE KEY') }
    },
  }
}

async function generateKeys() {
  return webcrypto.subtle.generateKey(curve, true, ['sign', 'verify'])
}
