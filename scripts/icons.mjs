/**
 * Draws public/icons/*.png from mark.svg: in the colour of the mark, and grey for "not in a room".
 * Run by hand when the mark or its colours in tokens.css change; the pictures are committed.
 */
import { readFile, writeFile } from 'node:fs/promises'
import puppeteer from 'puppeteer-core'
import { browserPath } from './browsers.mjs'

const icons = new URL('../public/icons/', import.meta.url)
const SIZES = [16, 32, 48, 128]
/** Pixels of air on each side, which the stores ask for in the largest. */
const airOf = (/** @type {number} */ size) => (size === 128 ? 16 : 0)
/** The part of the drawing's 24 units that holds ink, so that small icons use all their pixels. */
const INK = '3.4 4 18.4 16'

const tokens = await readFile(new URL('../src/look/tokens.css', import.meta.url), 'utf8')
const mark = await readFile(new URL('mark.svg', icons), 'utf8')

/** @param {string} name */
function token(name) {
  const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(tokens)?.[1]
  if (!value) throw new Error(`tokens.css has no --${name}`)
  return value
}

const browser = await puppeteer.launch({
  executablePath: browserPath('chromium'),
  headless: true,
  pipe: true,
  args: ['--no-sandbox'],
})
try {
  const page = await browser.newPage()
  for (const [name, colour] of [
    ['icon', token('mark')],
    ['idle', token('mark-off')],
  ]) {
    for (const size of SIZES) {
      const air = airOf(size)
      const svg = mark
        .replace(/viewBox="[^"]*"/, `viewBox="${INK}" width="${size - 2 * air}" height="${size - 2 * air}"`)
        .replace('<svg', `<svg color="${colour}"`)
      await page.setViewport({ width: size, height: size })
      await page.setContent(`<body style="margin:${air}px;display:flex">${svg}</body>`)
      await writeFile(new URL(`${name}-${size}.png`, icons), await page.screenshot({ omitBackground: true }))
    }
  }
} finally {
  await browser.close()
}
