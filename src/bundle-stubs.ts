/**
 * What the bundle holds in the place of packages that its libraries load and this action never uses (see
 * scripts/bundle.tsconfig.json). Using one throws an error that says so. Without them every run starts a third faster:
 * - `@actions/http-client`, with which the GitHub toolkit would ask for ID tokens and find proxies, `undici`, nearly a
 *   megabyte, `http-proxy-agent` and `https-proxy-agent`: all requests go through src/network/transport.ts instead.
 * - `@actions/exec`, with which the toolkit would ask programs for the name of the system.
 * - `jsonwebtoken`, with which Azure's library would sign assertions of its own; this action hands it GitHub's.
 * - `open`, with which it would open a browser for people to sign in, and its shell script.
 *
 * Of `@azure/identity`, the bundle has the one credential that is used, and none of those that run programs.
 */
function leftOut(): never {
  throw new Error('this package is left out of the bundle: see src/bundle-stubs.ts')
}

class LeftOut {
  constructor() {
    leftOut()
  }
}

/** Replaces `@actions/http-client`: the toolkit makes one when it is loaded, and asks it which proxy there is. */
export class HttpClient {
  readonly getAgent = (): void => undefined
  readonly getAgentDispatcher = (): void => undefined
}

/** Of `@actions/http-client/lib/auth`. */
export { LeftOut as BearerCredentialHandler }

/** Of `@actions/exec`. */
export { leftOut as getExecOutput }

/** Of `undici`. */
export { leftOut as fetch }

/** Of `http-proxy-agent`. */
export { LeftOut as HttpProxyAgent }

/** Of `https-proxy-agent`. */
export { LeftOut as HttpsProxyAgent }

/** Of `jsonwebtoken` and `open`. */
export default LeftOut
