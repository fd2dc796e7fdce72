/**
 * What the bundle holds in the place of packages that its libraries load and this action never uses (see `paths` in
 * tsconfig.json). Using one throws an error that says so. Without them every run starts a third faster:
 * - `undici`, nearly a megabyte, which the GitHub toolkit loads with its first import, and `http-proxy-agent` and
 *   `https-proxy-agent`: all requests go through src/network/transport.ts instead.
 * - `jsonwebtoken`, with which Azure's library would sign assertions of its own; this action hands it GitHub's.
 * - `open`, with which it would open a browser for people to sign in, and its shell script.
 */
function leftOut(): never {
  throw new Error('this package is left out of the bundle: see src/bundle-stubs.ts')
}

class LeftOut {
  constructor() {
    leftOut()
  }
}

/** Replaces `undici`: the toolkit makes one when it is loaded and there is a proxy, and would send requests through it. */
export class ProxyAgent {
  readonly dispatch: () => never = leftOut
}

/** Of `undici`. */
export { leftOut as fetch }

/** Of `http-proxy-agent`. */
export { LeftOut as HttpProxyAgent }

/** Of `https-proxy-agent`. */
export { LeftOut as HttpsProxyAgent }

/** Of `jsonwebtoken` and `open`. */
export default LeftOut
