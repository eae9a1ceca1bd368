/**
 * Looks at a page's player from outside the extension, by the clock that all processes of this machine share.
 * In the page runs only a timer that notes what `<video>` shows; nothing is asked of the extension.
 */
import { onlyChanges } from './skew.mjs'

/** @typedef {import('./skew.mjs').Sample} Sample */

/**
 * Neither is a multiple of a frame, and Firefox's steps of 40 ms need a closer look to find their edges.
 * @type {Readonly<Record<import('../browsers.mjs').BrowserKind, number>>}
 */
const LOOK_EVERY_MS = { chromium: 23, firefox: 4 }

/** How far a page's clock may be off ours before its figures mean nothing, ms. */
const CLOCK_BOUND_MS = 2

/**
 * @typedef {object} Watched
 * @property {Sample[]} looks all of them; says how well the page could be watched
 * @property {Sample[]} samples what positions are taken from
 * @property {number[]} stalls moments of `waiting`
 * @property {number[]} seeks moments of `seeking`
 * @property {number[]} heldSeeks those of them at which the player was paused
 */

/** @typedef {Awaited<ReturnType<typeof watchPlayer>>} SkewMeter */

/**
 * @param {import('puppeteer-core').Page} page
 * @param {import('../browsers.mjs').BrowserKind} kind
 */
export async function watchPlayer(page, kind) {
  await page.evaluate((everyMs) => {
    const video = document.querySelector('video')
    if (!video) throw new Error('There is no video on this page.')
    const now = () => performance.timeOrigin + performance.now()
    /** @type {number[][]} */
    const looks = []
    /** @type {number[]} */
    const stalls = []
    /** @type {number[]} */
    const seeks = []
    /** @type {number[]} */
    const heldSeeks = []
    video.addEventListener('waiting', () => stalls.push(now()))
    video.addEventListener('seeking', () => {
      const atMs = now()
      seeks.push(atMs)
      if (video.paused) heldSeeks.push(atMs)
    })
    setInterval(() => {
      const steady = !video.paused && !video.seeking && !video.ended && video.readyState >= 3
      looks.push([now(), video.currentTime, video.playbackRate, video.paused ? 1 : 0, steady ? 1 : 0])
    }, everyMs)
    Reflect.set(window, 'tuttiWatch', {
      take: () => ({
        looks: looks.splice(0),
        stalls: stalls.splice(0),
        seeks: seeks.splice(0),
        heldSeeks: heldSeeks.splice(0),
      }),
    })
  }, LOOK_EVERY_MS[kind])

  /** @type {Watched} */
  const watched = { looks: [], samples: [], stalls: [], seeks: [], heldSeeks: [] }
  return {
    /** Fetches what the page has noted since the last time. @returns {Promise<Watched>} all that is kept */
    collect: async () => {
      const { looks, stalls, seeks, heldSeeks } = await page.evaluate(
        /** @returns {{ looks: [number, number, number, number, number][], stalls: number[], seeks: number[], heldSeeks: number[] }} */
        () => Reflect.get(window, 'tuttiWatch').take(),
      )
      const lastLook = watched.looks.at(-1)
      const fresh = looks.map(([atMs, positionSec, rate, paused, steady]) => ({
        atMs,
        positionSec,
        rate,
        paused: paused === 1,
        steady: steady === 1,
      }))
      const samples = kind === 'firefox' ? onlyChanges(lastLook ? [lastLook, ...fresh] : fresh) : fresh
      // One by one: ten minutes of looks are too many arguments for one call.
      for (const look of fresh) watched.looks.push(look)
      for (const sample of samples) watched.samples.push(sample)
      watched.stalls.push(...stalls)
      watched.seeks.push(...seeks)
      watched.heldSeeks.push(...heldSeeks)
      return watched
    },
    /** @param {number} beforeMs looks from before that are no longer wanted */
    forget: (beforeMs) => {
      for (const kept of [watched.looks, watched.samples]) {
        const first = kept.findIndex(({ atMs }) => atMs >= beforeMs)
        kept.splice(0, first < 0 ? kept.length : first)
      }
    },
  }
}

/**
 * Is the page's clock ours? Asked several times: the quickest answer is the one that was not held up.
 * @param {import('puppeteer-core').Page} page
 * @returns {Promise<{ isSame: boolean, offMs: number }>} off by at least this much
 */
export async function compareClock(page) {
  let leastMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < 10; round++) {
    const beforeMs = performance.timeOrigin + performance.now()
    const pageMs = await page.evaluate(() => performance.timeOrigin + performance.now())
    const afterMs = performance.timeOrigin + performance.now()
    leastMs = Math.min(leastMs, Math.max(0, beforeMs - pageMs, pageMs - afterMs))
  }
  return { isSame: leastMs <= CLOCK_BOUND_MS, offMs: leastMs }
}
