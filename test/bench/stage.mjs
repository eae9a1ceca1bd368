/**
 * Two browsers with the real extension, each on the real film behind its own slow network, and one way of keeping them together:
 * ours through the popup on the real server, or a peer's method in the page. Opens, brings into place, closes.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { clickChapter, clickPicture, openFilm, readPlayer, untilPlaying } from '../../scripts/drive/film-page.mjs'
import { FILM } from '../../scripts/drive/frame-counter.mjs'
import { launch } from '../../scripts/drive/launch.mjs'
import { startRoomServer } from '../../scripts/drive/room-server.mjs'
import { compareClock, watchPlayer } from '../../scripts/drive/skew-meter.mjs'
import { until } from '../../scripts/drive/until.mjs'
import { startFilmServer } from '../../scripts/film-server.mjs'
import { PEERS } from './methods/peers.mjs'
import { createTuttiWay } from './methods/tutti.mjs'
import { PATHS, WRONG_CLOCK, wrongClock } from './network.mjs'
import { OURS } from './options.mjs'
import { startProxy } from './proxy.mjs'
import { createPeerWay, startRelay } from './relay.mjs'

/** @typedef {{ close(): Promise<void> }} Closable */
/** @typedef {import('puppeteer-core').Page} Page */
/** @typedef {Readonly<Record<string, string>>} Environment */

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {import('../../scripts/drive/launch.mjs').DrivenBrowser} browser
 * @property {Page} page
 * @property {import('./proxy.mjs').Proxy} proxy
 */

/**
 * @typedef {object} SeatPart
 * @property {() => import('../../scripts/drive/skew-meter.mjs').SkewMeter} watch of the page as it was loaded last
 * @property {() => Promise<number>} enter into the room; answers when the person asked for it
 */

/** @typedef {Person & SeatPart} Seat */

/**
 * A way of keeping players together.
 * @typedef {object} Way
 * @property {(index: 0 | 1) => Promise<number>} enter the first makes a new room, the second joins it; answers when it was asked for
 * @property {() => Promise<void>} leave everybody is out of any room
 * @property {() => readonly import('./figures.mjs').Told[] | undefined} history
 * @property {boolean} carriesRate
 */

/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

const NAMES = /** @type {const} */ (['Brave Otter', 'Clever Fox'])
/** The clock of a newcomer needs its first exchanges before anybody acts. */
const CLOCK_MS = 3_000
/** Less than nine seconds of the film come, which the player runs through before it stalls; and the index at its end. */
const SLOW = { fromShare: 0.09, toShare: 0.95 }
const SETTLE_MS = 5_000
/** Some of it goes by between two scenarios. */
const SPARE_SEC = 3
/** A start this long ago is still one that the first seconds of a fresh stream can be seen of. */
const JUST_STARTED_MS = 12_000
const SEED = 1_000

const nowMs = () => performance.timeOrigin + performance.now()

/**
 * @param {string} method @param {import('./options.mjs').Pair} pair @param {number} run
 * @param {Closable[]} opened everything that has to be closed again is put here as it is opened
 * @param {{ filmPath: string, loudspeakers: readonly [Environment, Environment] }} [heard] another film, and where each browser plays to
 */
export async function openStage(method, pair, run, opened, heard) {
  const peer = PEERS.find(({ id }) => id === method)
  if (!peer && method !== OURS) throw new Error(`There is no method "${method}".`)
  const [film, slowFilm] = [await startFilmServer(heard?.filmPath), await startFilmServer()]
  opened.push(film, slowFilm)
  const relay = peer ? await startRelay(peer.createRelay) : undefined
  const server = relay ?? (await startRoomServer())
  opened.push(server)
  /** @param {0 | 1} index */
  const open = async (index) => {
    const proxy = await startProxy({
      upstream: server.address,
      path: PATHS[index],
      seed: SEED + 100 * run + 10 * index,
      ...(index === 1 && { clock: wrongClock(WRONG_CLOCK, nowMs()) }),
    })
    opened.push(proxy)
    const browser = await launch(pair[index], heard && { loudspeakers: heard.loudspeakers[index] })
    opened.push(browser)
    return { name: NAMES[index], browser, page: browser.page, proxy }
  }
  const people = /** @type {const} */ ([await open(0), await open(1)])
  const way = peer && relay ? createPeerWay(peer, people, relay) : await createTuttiWay(people, server.address, opened)

  /** @type {import('../../scripts/drive/skew-meter.mjs').SkewMeter[]} */
  const meters = []
  /** @param {0 | 1} index @param {boolean} slow */
  const load = async (index, slow) => {
    const { page } = people[index]
    if (slow) {
      await slowFilm.holdFrom(SLOW.fromShare, SLOW.toShare)
      await page.goto(`${slowFilm.address}/film.html`)
      await until('the film can begin', async () => (await readPlayer(page)).readyState >= 3)
    } else await openFilm(page, film.address)
    const clock = await compareClock(page)
    if (!clock.isSame)
      throw new Error(`Nothing can be measured here: a page's clock is off by ${clock.offMs.toFixed(1)} ms.`)
    await page.evaluate(() =>
      document.addEventListener(
        'click',
        () => Reflect.set(window, 'tuttiBenchClickMs', performance.timeOrigin + performance.now()),
        true,
      ),
    )
    meters[index] = await watchPlayer(page, pair[index])
  }
  /** @param {0 | 1} index @returns {Seat} */
  const seat = (index) => ({
    ...people[index],
    watch: () => {
      const meter = meters[index]
      if (!meter) throw new Error('The film is not open yet.')
      return meter
    },
    enter: () => way.enter(index),
  })
  const seats = /** @type {const} */ ([seat(0), seat(1)])
  // Firefox keeps silent when data that were promised do not come: no `waiting`, enough in hand, and later it skips what it missed.
  const slowIndex = pair[1] === 'firefox' && pair[0] === 'chromium' ? 0 : 1
  let together = false
  /** @type {import('./scenarios.mjs').Disturbance | undefined} */
  let started

  const bothOutside = async ({ slow = false } = {}) => {
    together = false
    slowFilm.release()
    await way.leave()
    await Promise.all([load(0, slow && slowIndex === 0), load(1, slow && slowIndex === 1)])
  }
  /** @param {{ slow: boolean }} wish */
  const fresh = async ({ slow }) => {
    await bothOutside({ slow })
    await way.enter(0)
    await way.enter(1)
    await delay(CLOCK_MS)
  }
  /** @param {number} filmSec */
  const playing = async (filmSec) => {
    if (together) {
      const { positionSec } = await readPlayer(seats[0].page)
      if (positionSec + filmSec + SPARE_SEC < FILM.lengthSec) return
      await clickChapter(seats[0].page, 0)
    } else {
      await fresh({ slow: false })
      await clickPicture(seats[0].page)
    }
    await untilPlaying(seats[1].page, true)
    together = true
    await delay(SETTLE_MS)
  }
  const alone = async () => {
    await bothOutside()
    await way.enter(0)
    await delay(CLOCK_MS)
    await clickPicture(seats[0].page)
    await untilPlaying(seats[0].page, true)
    await delay(SETTLE_MS)
  }
  return {
    seats,
    slowSeat: seats[slowIndex],
    slowFilm,
    carriesRate: way.carriesRate,
    history: way.history,
    versions: people.map(({ browser }) => browser.version),
    /** @param {Pick<import('./scenarios.mjs').Scenario, 'needs' | 'filmSec'>} scenario */
    prepare: async ({ needs, filmSec = 0 }) => {
      if (needs === 'started' && started && nowMs() - started.endMs < JUST_STARTED_MS) return
      started = undefined
      if (needs === 'playing') return playing(filmSec)
      if (needs === 'alone') return alone()
      return fresh({ slow: needs === 'fresh-slow' })
    },
    /** Both have begun at the film's beginning, and nothing has happened since. */
    started: () => started,
    /** @param {import('./scenarios.mjs').Disturbance} disturbance */
    noteStart: (disturbance) => {
      started = disturbance
    },
    /** After a scenario: do both play on from here? @param {boolean} is */
    setTogether: (is) => {
      together = is
    },
  }
}
