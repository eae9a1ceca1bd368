/**
 * Builds a page of the extension in memory, with a fake line to the background, and opens it in a real Chromium that gets
 * every file from here: no port, no folder, no extension.
 */
import { fileURLToPath } from 'node:url'
import { preact } from '@preact/preset-vite'
import puppeteer, { type Page } from 'puppeteer-core'
import { build } from 'vite'
import { browserPath } from '../../scripts/browsers.mjs'

const HERE = 'http://gallery.test'
const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

export type PageWish = {
  readonly width: number
  readonly height: number
  readonly dark?: boolean
  readonly language?: string
  /** More to say in the address, like `midi=yes`. */
  readonly query?: string
}

export type Gallery = {
  /** A fresh page. */
  open(wish: PageWish): Promise<Page>
  close(): Promise<void>
}

/** @param html the page, from the root of the project */
export async function openGalleryOf(html: string): Promise<Gallery> {
  const files = await buildPage(html)
  const browser = await puppeteer.launch({
    executablePath: browserPath('chromium'),
    headless: true,
    pipe: true,
    args: [
      '--no-sandbox',
      '--hide-scrollbars=false',
      '--force-device-scale-factor=2',
      '--mute-audio',
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
  return {
    async open({ width, height, dark = false, language = 'en', query = '' }) {
      const page = await browser.newPage()
      await page.setViewport({ width, height, deviceScaleFactor: 2 })
      await page.emulateTimezone('UTC')
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ])
      await serve(page, files)
      await page.goto(`${HERE}/${html}?language=${language}&${query}`)
      return page
    },
    close: () => browser.close(),
  }
}

export async function buildPage(html: string): Promise<ReadonlyMap<string, string>> {
  const built = await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [preact()],
    resolve: { alias: { 'webextension-polyfill': fileURLToPath(new URL('./fake-browser.ts', import.meta.url)) } },
    build: { write: false, target: 'chrome116', rollupOptions: { input: html } },
  })
  if ('on' in built) throw new Error('a gallery is built once, not watched')
  const files = new Map<string, string>()
  for (const { output } of Array.isArray(built) ? built : [built])
    for (const file of output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source))
  return files
}

export async function serve(page: Page, files: ReadonlyMap<string, string>): Promise<void> {
  await page.setRequestInterception(true)
  page.on('request', (request) => {
    const path = new URL(request.url()).pathname
    const body = files.get(path)
    void request.respond(
      body === undefined
        ? { status: 404, body: '' }
        : { status: 200, contentType: TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain', body },
    )
  })
}
