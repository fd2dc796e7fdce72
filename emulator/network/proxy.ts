import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
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

/** Says how the proxy treats a CONNECT: with a tunnel, with a status, or by cutting or leaving the connection. */
export type ConnectVerdict = 'accept' | 'reset' | 'hang' | { status: number }

/**
 * Starts a CONNECT proxy on loopback, behind which all emulated hosts live. The TLS of an accepted tunnel ends here, with a
 * certificate for whatever name the client asks for, issued by the authority whose own certificate is returned; its requests
 * go to `onRequest`. No connection ever leaves this process.
 */
export async function startProxy(
  judgeConnect: (target: string) => ConnectVerdict,
  onRequest: RequestListener,
): Promise<{ readonly url: string; readonly certificate: string; close(): Promise<void> }> {
  const authority = await createAuthority()
  const sockets = new Set<Socket>()
  const contexts = new Map<string, Promise<SecureContext>>()
  const origin = createTlsServer(
    {
      SNICallback(host, done) {
        const context = contexts.get(host) ?? authority.issueFor(host).then(createSecureContext)
        contexts.set(host, context)
        context.then(issued => done(null, issued), done)
      },
      // Azure's front doors keep idle connections for minutes; Node's 5 s would cut those of a client between two polls.
      keepAliveTimeout: 240_000,
      requestTimeout: 0,
    },
    onRequest,
  )
  const proxy = createServer((_request, response) => response.writeHead(501).end('This proxy knows CONNECT only.'))
  proxy.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
  })
  proxy.on('connect', (request, socket: Socket, head: Buffer) => {
    const verdict = judgeConnect(request.url ?? '')
    if (verdict === 'hang') return
    if (verdict === 'reset') {
      socket.destroy()
    } else if (verdict === 'accept') {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      if (head.length > 0) socket.unshift(head)
      origin.emit('connection', socket)
    } else {
      socket.end(`HTTP/1.1 ${verdict.status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    }
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  return {
    certificate: authority.certificate,
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () =>
      new Promise(resolve => {
        proxy.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const dayMs = 24 * 60 * 60 * 1000

/** A certificate authority that exists for one world only; all that it makes is PEM. */
async function createAuthority() {
  const keys = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify'])
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
    async issueFor(host: string) {
      const leaf = await webcrypto.subtle.generateKey(curve, true, ['sign', 'verify'])
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
