/**
 * The picture of it running: everybody's page at one moment while the film plays, and the first member's popup beside them.
 * Real screenshots, taken again until all pages show the same frame; only the frames of the windows are drawn.
 */
import { writeFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { CELLS, FILM } from '../drive/frame-counter.mjs'
import { untilPeople } from '../drive/tutti-popup.mjs'

/** @typedef {Pick<import('./hall.mjs').Seat, 'name' | 'browser' | 'popup'>} Seated */
/** @typedef {{ pages: readonly string[], frames: readonly number[] }} Shot pages as base64 */

/** Narrow, so that the popup can still be read where the picture is shown small. */
const VIEW = { width: 480, height: 494 }
const MOST_TRIES = 12
const IN_TIME_MS = 10

/**
 * @param {readonly Seated[]} seats all of them playing
 * @param {string} path
 * @returns {Promise<readonly number[]>} the film's frame that each page shows
 */
export async function takePicture(seats, path) {
  const [first] = seats
  if (!first) throw new Error('Nobody is here to take a picture of.')
  for (const { browser } of seats) {
    await browser.setColorScheme('dark')
    await browser.page.setViewport(VIEW)
    await showControls(browser.page, false)
  }
  const popup = (await first.popup.isOpen()) ? first.popup : await first.browser.openPopup()
  await untilPeople(
    popup,
    'everybody is in time',
    (people) =>
      people.length === seats.length &&
      people.every(({ skewMs }) => skewMs !== undefined && Math.abs(skewMs) <= IN_TIME_MS),
  )
  const shot = await untilSameFrame(seats)
  const popupPicture = await popup.screenshot()
  await popup.close()
  for (const { browser } of seats) {
    await showControls(browser.page, true)
    await browser.page.setViewport(null)
  }
  await writeFile(path, await layOut(first.browser, seats, shot, popupPicture))
  return shot.frames
}

/**
 * The browsers' own controls would lie over the number on the frame for seconds.
 * @param {import('puppeteer-core').Page} page @param {boolean} shown
 */
function showControls(page, shown) {
  return page.evaluate((controls) => {
    const video = document.querySelector('video')
    if (video) video.controls = controls
  }, shown)
}

/**
 * One browser takes its screenshot later than another: who was early waits as much at the next try.
 * @param {readonly Seated[]} seats @returns {Promise<Shot>} all on one frame, or the nearest that came
 */
async function untilSameFrame(seats) {
  const waitMs = seats.map(() => 0)
  /** @type {(Shot & { apart: number }) | undefined} */
  let best
  for (let tries = 0; tries < MOST_TRIES && best?.apart !== 0; tries++) {
    const pages = await Promise.all(
      seats.map(async ({ browser }, index) => {
        await delay(waitMs[index])
        return browser.page.screenshot({ encoding: 'base64' })
      }),
    )
    const frames = await Promise.all(seats.map(({ browser }, index) => frameOn(browser.page, pages[index] ?? '')))
    const latest = Math.max(...frames)
    const apart = latest - Math.min(...frames)
    if (!best || apart < best.apart) best = { pages, frames, apart }
    for (const [index, frame] of frames.entries())
      waitMs[index] = (waitMs[index] ?? 0) + ((latest - frame) * 1000) / FILM.framesPerSec
    const leastMs = Math.min(...waitMs)
    for (const index of waitMs.keys()) waitMs[index] = (waitMs[index] ?? 0) - leastMs
  }
  if (!best) throw new Error('No picture could be taken.')
  return best
}

/**
 * Reads the film's frame number off a screenshot of the page.
 * @param {import('puppeteer-core').Page} page @param {string} png as base64
 */
function frameOn(page, png) {
  return page.evaluate(
    async (data, cells, filmWidth) => {
      const picture = new Image()
      picture.src = `data:image/png;base64,${data}`
      await picture.decode()
      const canvas = document.createElement('canvas')
      canvas.width = picture.width
      canvas.height = picture.height
      const context = canvas.getContext('2d', { willReadFrequently: true })
      const box = document.querySelector('video')?.getBoundingClientRect()
      if (!context || !box) throw new Error('The frame number can not be read here.')
      context.drawImage(picture, 0, 0)
      const scale = box.width / filmWidth
      let frame = 0
      for (let bit = 0; bit < cells.count; bit++) {
        const x = box.x + scale * (cells.x + bit * cells.pitch + cells.size / 2)
        const y = box.y + scale * (cells.y + cells.size / 2)
        const [red = 0, green = 0, blue = 0] = context.getImageData(Math.round(x), Math.round(y), 1, 1).data
        if (red + green + blue > 3 * 100) frame |= 1 << bit
      }
      return frame
    },
    png,
    CELLS,
    FILM.width,
  )
}

/**
 * @param {import('../drive/launch.mjs').DrivenBrowser} browser any; it only draws
 * @param {readonly Seated[]} seats @param {Shot} shot @param {Buffer} popup
 */
async function layOut(browser, seats, { pages }, popup) {
  const windows = seats.map(
    ({ name, browser: { version } }, index) => `<figure>
      <figcaption><i></i><i></i><i></i><b>${name}</b> ${version.replace(/\..*/, '')}</figcaption>
      <img src="data:image/png;base64,${pages[index]}"></figure>`,
  )
  const page = await browser.newPage()
  try {
    await page.setViewport({ width: 64 + 24 * seats.length + VIEW.width * seats.length + 360, height: 600 })
    await page.setContent(`<style>
      body { margin: 0; padding: 32px; display: inline-flex; align-items: flex-start; gap: 24px; background: #262a37;
        font: 13px/1 system-ui, sans-serif; color: #a9abb6 }
      figure { margin: 0; width: ${VIEW.width}px; border-radius: 10px; overflow: hidden; box-shadow: 0 12px 32px #0008 }
      figcaption { height: 34px; display: flex; align-items: center; gap: 7px; padding: 0 14px; background: #1d1f27 }
      figcaption i { width: 11px; height: 11px; border-radius: 50%; background: #444956 }
      figcaption b { margin-left: 10px; color: #f2f0ec }
      img { display: block }
      body > img { border-radius: 10px; box-shadow: 0 12px 32px #0008 }
    </style>${windows.join('')}<img src="data:image/png;base64,${popup.toString('base64')}">`)
    const drawn = await page.$('body')
    if (!drawn) throw new Error('The picture could not be drawn.')
    return await drawn.screenshot()
  } finally {
    await page.close()
  }
}
