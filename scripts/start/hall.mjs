/** Opens everything that a demonstration needs, in order, saying what it does, and closes all of it in any case. */
import { BROWSERS } from '../browsers.mjs'
import { openFilm } from '../drive/film-page.mjs'
import { launch } from '../drive/launch.mjs'
import { isPortFree, startRoomServer } from '../drive/room-server.mjs'
import { compareClock, watchPlayer } from '../drive/skew-meter.mjs'
import { chooseServer, joinRoom, startRoom, untilPeople } from '../drive/tutti-popup.mjs'
import { startFilmServer } from '../film-server.mjs'
import { step } from '../say.mjs'

/** The port that the extension looks at by itself. */
const USUAL_PORT = 4747

/** One for each of the browsers that may be asked for. */
const NAMES = ['Brave Otter', 'Clever Fox', 'Gentle Heron', 'Happy Panda', 'Quiet Lynx', 'Swift Marten']
const WINDOW = { width: 790, height: 860 }

/**
 * @typedef {object} Seat
 * @property {string} name
 * @property {import('../drive/launch.mjs').DrivenBrowser} browser
 * @property {import('../drive/popup.mjs').Popup} popup
 * @property {import('../drive/skew-meter.mjs').SkewMeter} meter
 */

/** @typedef {{ close(): Promise<void> }} Closable */

/** @param {string} address of a room server @returns {boolean} does the extension find it by itself? */
export function isUsual(address) {
  return new URL(address).port === `${USUAL_PORT}`
}

/** Without a display there are no windows, but all else is the same. */
export function isHeadless() {
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
}

/**
 * @param {Closable[]} opened everything that has to be closed again is put here as it is opened
 */
export async function openServer(opened) {
  const done = step('Starting the room server')
  const server = await startRoomServer((await isPortFree(USUAL_PORT)) ? USUAL_PORT : 0)
  opened.push(server)
  done()
  console.log(`Room server: ${server.address}`)
  return server
}

/**
 * @param {readonly import('../browsers.mjs').BrowserKind[]} kinds
 * @param {Closable[]} opened
 * @param {Partial<import('../drive/launch.mjs').LaunchWish>} [wish]
 * @param {AbortSignal} [over] nothing more is opened or said once it is over
 * @returns {Promise<Seat[]>}
 */
export async function fillHall(kinds, opened, wish = {}, over) {
  const server = await openServer(opened)
  const film = await startFilmServer()
  opened.push(film)
  over?.throwIfAborted()
  const headless = isHeadless()
  if (headless) console.log('There is no display here, so the browsers run without windows.')
  /** @type {Seat[]} */
  const seats = []
  let code = ''
  for (const [index, kind] of kinds.entries()) {
    const name = NAMES[index] ?? `Guest ${index + 1}`
    const starting = step(`Opening ${BROWSERS[kind].title} for ${name}`)
    const launching = launch(kind, { headless, window: { ...WINDOW, x: index * WINDOW.width, y: 0 }, ...wish })
    // It is to be closed also if that is wanted before it stands.
    opened.push({ close: async () => (await launching.catch(() => undefined))?.close() })
    const browser = await launching
    await openFilm(browser.page, film.address)
    const clock = await compareClock(browser.page)
    if (!clock.isSame)
      throw new Error(`Nothing can be measured here: the page's clock is off by ${clock.offMs.toFixed(1)} ms.`)
    over?.throwIfAborted()
    starting()
    const entering = step(
      index === 0 ? `${name} starts a room in the popup` : `${name} joins room ${code} in the popup`,
    )
    const popup = await browser.openPopup()
    if (!isUsual(server.address)) await chooseServer(popup, server.address)
    if (index === 0) code = await startRoom(popup, name)
    else await joinRoom(popup, name, code)
    over?.throwIfAborted()
    entering()
    seats.push({ name, browser, popup, meter: await watchPlayer(browser.page, kind) })
    over?.throwIfAborted()
  }
  const last = seats.at(-1)
  if (last) await untilPeople(last.popup, 'everybody is in the room', (people) => people.length === seats.length)
  over?.throwIfAborted()
  console.log(`All are in room ${code}.`)
  return seats
}

/** @param {Closable[]} opened closed in the opposite order; one that fails does not keep the others */
export async function closeAll(opened) {
  for (const thing of opened.splice(0).toReversed()) {
    try {
      await thing.close()
    } catch (error) {
      console.error(`Could not close cleanly: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
}
