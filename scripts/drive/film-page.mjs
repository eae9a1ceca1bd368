/** What a person does on the page with the film: real clicks on the player and on the page's own buttons. */
import { CELLS, readFilm } from './frame-counter.mjs'
import { until } from './until.mjs'

/** @typedef {import('puppeteer-core').Page} Page */

/** @param {Page} page @param {string} address of the film server @param {string} [name] of the page */
export async function openFilm(page, address, name = 'film.html') {
  await page.goto(`${address}/${name}`)
  if (name === 'film.html') await until('the film can play', async () => (await readPlayer(page)).readyState === 4)
}

/** @param {Page} page */
export function readPlayer(page) {
  return page.evaluate(readFilm, CELLS)
}

/**
 * A click into the picture plays or pauses, in both browsers.
 * @param {Page} page
 */
export async function clickPicture(page) {
  await page.click('video')
}

/** @param {Page} page @param {0 | 30 | 60 | 90} toSec one of the chapters */
export async function clickChapter(page, toSec) {
  await page.click(`[data-to="${toSec}"]`)
}

/** @param {Page} page @param {1 | 1.5} rate */
export async function clickRate(page, rate) {
  await page.click(`[data-rate="${rate}"]`)
}

/** @param {Page} page @param {boolean} playing @param {number} [atMostMs] */
export function untilPlaying(page, playing, atMostMs) {
  return until(
    `the player ${playing ? 'plays' : 'is paused'}`,
    async () => {
      const player = await readPlayer(page)
      return player.paused !== playing && (playing ? player.readyState >= 3 : true)
    },
    atMostMs,
  )
}
