/**
 * What the bundle holds in the place of packages that its libraries load and this action never uses (see `paths` in
 * tsconfig.json):
 * - `undici`, nearly a megabyte, which the GitHub toolkit loads with its first import. All requests go through
 *   src/network/transport.ts instead, and every run starts a fifth faster.
 * - `open`, with which Azure's library would open a browser for people to sign in, and its shell script.
 */
const leftOut = (): never => {
  throw new Error('this package is left out of the bundle: see src/left-out.ts')
}

/** Of `undici`. */
export class ProxyAgent {
  constructor() {
    leftOut()
  }
}

/** Of `open`. */
export default leftOut
