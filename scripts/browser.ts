import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

/** Says how a page is looked at. */
export type View = {
  readonly scheme: 'light' | 'dark'
  /** Whether what is folded away is opened. */
  readonly open: boolean
}

/** Pixels around a page. */
const margin = 8

/** Drives a browser without a window. */
export type Browser = {
  /** Opens a page. @param width in CSS pixels. @param scale pixels of pictures for one of CSS. */
  readonly load: (url: string, width: number, scale: number) => Promise<void>
  /** Takes a picture of the whole page, as PNG; what has been opened stays open. */
  readonly shoot: (view: View) => Promise<Buffer>
  readonly close: () => Promise<void>
}

/** Returns the path of a Chromium: that which CHROME_PATH names, or the first on the search path. */
export function findBrowser(env: NodeJS.ProcessEnv): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  const folders = (env['PATH'] ?? '').split(path.delimiter)
  return [env['CHROME_PATH'] ?? '', ...folders.flatMap(folder => names.map(name => path.join(folder, name)))].find(
    isProgram,
  )
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return file !== ''
  } catch {
    return false
  }
}

/** Starts a browser and speaks the DevTools protocol with it (https://chromedevtools.github.io/devtools-protocol/). */
export async function startBrowser(program: string): Promise<Browser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'kusto-browser-'))
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--remote-debugging-port=0']
  const child = spawn(program, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = new Promise<void>(resolve => void child.once('exit', () => resolve()))
  const { promise: address, resolve, reject } = Promise.withResolvers<string>()
  child.once('error', reject)
  child.once('exit', () => reject(new Error(`${program} ended before it listened`)))
  createInterface(child.stderr).on('line', line => {
    const url = /^DevTools listening on (ws:\S+)$/.exec(line)?.[1]
    if (url !== undefined) resolve(url)
  })
  const { send, once } = await connect(await address)
  const { targetId } = (await send('Target.createTarget', { url: 'about:blank' })) as { targetId: string }
  const { sessionId } = (await send('Target.attachToTarget', { targetId, flatten: true })) as { sessionId: string }
  const page = (method: string, params: object = {}) => send(method, params, sessionId)
  const evaluate = (expression: string) =>
    page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
  await page('Page.enable')

  return {
    load: async (url, width, scale) => {
      await page('Emulation.setDeviceMetricsOverride', { width, height: 200, deviceScaleFactor: scale, mobile: false })
      const loaded = once('Page.loadEventFired')
      await page('Page.navigate', { url })
      await loaded
    },
    shoot: async ({ scheme, open }) => {
      await page('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] })
      await evaluate(`window.drawn(${open})`)
      // The title above the page is for whoever looks at many.
      const measure = `JSON.stringify({ ...document.querySelector('main').getBoundingClientRect().toJSON(), width: innerWidth })`
      const { result } = (await evaluate(measure)) as { readonly result: { readonly value: string } }
      const { top, bottom, width } = JSON.parse(result.value) as Readonly<Record<string, number>>
      const clip = { x: 0, y: top! - margin, width, height: bottom! - top! + 2 * margin, scale: 1 }
      const shot = await page('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip })
      return Buffer.from((shot as { data: string }).data, 'base64')
    },
    close: async () => {
      child.kill()
      await exited
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Connection = {
  readonly send: (method: string, params?: object, sessionId?: string) => Promise<unknown>
  readonly once: (event: string) => Promise<void>
}

async function connect(url: string): Promise<Connection> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const events = new Map<string, () => void>()
  socket.addEventListener('message', ({ data }) => {
    const { id, method, result, error } = JSON.parse(String(data)) as {
      readonly id?: number
      readonly method?: string
      readonly result?: unknown
      readonly error?: { readonly message: string }
    }
    if (method !== undefined) events.get(method)?.()
    if (id === undefined) return
    if (error === undefined) waiting.get(id)?.resolve(result)
    else waiting.get(id)?.reject(new Error(error.message))
    waiting.delete(id)
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error(`${url} cannot be reached`)))
  })
  let last = 0
  return {
    send: (method, params = {}, sessionId) => {
      const answer = Promise.withResolvers<unknown>()
      waiting.set(++last, answer)
      socket.send(JSON.stringify({ id: last, method, params, sessionId }))
      return answer.promise
    },
    once: event => new Promise(resolve => void events.set(event, resolve)),
  }
}
