/** Builds the gallery in memory and opens it in a real Chromium that gets every file from here: no port, no folder. */
import { fileURLToPath } from 'node:url'
import { preact } from '@preact/preset-vite'
import puppeteer, { type Page } from 'puppeteer-core'
import { build } from 'vite'
import { browserPath } from '../../../scripts/browsers.mjs'
import type { ExampleName } from '../example-views'

const HERE = 'http://gallery.test'
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }

export type OpenGallery = {
  /** A fresh popup that was sent this view. */
  open(name: ExampleName, options?: { dark?: boolean; language?: string }): Promise<Page>
  close(): Promise<void>
}

export async function openGallery(): Promise<OpenGallery> {
  const files = await buildGallery()
  const browser = await puppeteer.launch({
    executablePath: browserPath('chromium'),
    headless: true,
    pipe: true,
    args: ['--no-sandbox', '--hide-scrollbars=false', '--force-device-scale-factor=2'],
  })
  return {
    async open(name, { dark = false, language = 'en' } = {}) {
      const page = await browser.newPage()
      await page.setViewport({ width: 360, height: 600, deviceScaleFactor: 2 })
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ])
      await serve(page, files)
      await page.goto(`${HERE}/test/popup/gallery/index.html?language=${language}`)
      await page.evaluate((view) => globalThis.gallery.show(view), name)
      await page.waitForSelector('main > :not(.waking)')
      return page
    },
    close: () => browser.close(),
  }
}

async function buildGallery(): Promise<ReadonlyMap<string, string>> {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [preact()],
    resolve: { alias: { 'webextension-polyfill': fileURLToPath(new URL('./fake-browser.ts', import.meta.url)) } },
    build: { write: false, target: 'chrome116', rollupOptions: { input: 'test/popup/gallery/index.html' } },
  })
  if ('on' in built) throw new Error('the gallery is built once, not watched')
  const files = new Map<string, string>()
  for (const { output } of Array.isArray(built) ? built : [built])
    for (const file of output) files.set(`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source))
  return files
}

async function serve(page: Page, files: ReadonlyMap<string, string>): Promise<void> {
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
