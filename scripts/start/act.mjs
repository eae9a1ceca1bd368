/**
 * The driven part of `npm start -- --seconds N`: what the first member does to the player, when, and which windows of time
 * are fit for measuring. Real clicks on the page, as a person's.
 */
import { clickChapter, clickPicture } from '../drive/film-page.mjs'
import { SETTLE_MS } from './summary.mjs'

/** @typedef {import('puppeteer-core').Page} Page */

/**
 * @typedef {object} Act
 * @property {number} atShare of the whole time
 * @property {string} what as told to people
 * @property {boolean} playing does the room play after it?
 * @property {(page: Page) => Promise<void>} act
 */

/** @type {readonly Act[]} */
export const ACTS = [
  { atShare: 0, what: 'plays', playing: true, act: clickPicture },
  { atShare: 0.34, what: 'skips to 0:30', playing: true, act: (page) => clickChapter(page, 30) },
  { atShare: 0.66, what: 'pauses', playing: false, act: clickPicture },
  { atShare: 0.72, what: 'plays on', playing: true, act: clickPicture },
]

/**
 * @param {readonly { atMs: number, playing: boolean }[]} acted when each act was done
 * @param {number} endMs
 * @returns {{ fromMs: number, toMs: number }[]} settled playing, from each act to the next
 */
export function windowsOf(acted, endMs) {
  return acted.flatMap(({ atMs, playing }, index) => {
    const window = { fromMs: atMs + SETTLE_MS, toMs: acted[index + 1]?.atMs ?? endMs }
    return playing && window.toMs > window.fromMs ? [window] : []
  })
}
