/**
 * What happens to two players: the disturbances, in the order in which a run goes through them. Knows no method: acts are real
 * clicks of the first person on the page, stalls and pauses are made in the film server and in the network.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { clickChapter, clickPicture, clickRate, readPlayer } from '../../scripts/drive/film-page.mjs'
import { until } from '../../scripts/drive/until.mjs'

/** @typedef {import('./stage.mjs').Stage} Stage */
/** @typedef {import('../../scripts/drive/skew.mjs').Window} Window */
/** @typedef {{ fromMs: number, endMs: number }} Disturbance */

/**
 * @typedef {object} Scenario
 * @property {string} id
 * @property {string} title
 * @property {'fresh' | 'fresh-slow' | 'started' | 'alone' | 'playing'} needs what there has to be before it: both in a new room, paused
 *   at the film's beginning (`slow`: one's film stops coming after some seconds; `started`: or just started from there); the first
 *   playing and the second not yet in the room; both playing and settled
 * @property {number} [filmSec] so much of the film has to be left
 * @property {boolean} [needsRate] only where a person's speed is everybody's
 * @property {number} baseRate
 * @property {import('./figures.mjs').Asked} asked
 * @property {number} tookSec how long it takes with all that it needs, as timed; the steady one without its length
 * @property {(stage: Stage) => Promise<Disturbance>} disturb
 * @property {(endMs: number, seconds: number) => { toMs: number, steady: Window, apart?: Window }} watch
 * @property {(stage: Stage) => Promise<void>} [putBack]
 */

const nowMs = () => performance.timeOrigin + performance.now()

const STALL_MS = 1_500
const BLOCK_MS = 1_500
const PAUSE_MS = 3_000

/** What was disturbed is quiet 3.5 s later; then 5 s are measured, and a second more shows whether it holds. */
const QUIET = { afterMs: 3_500, forMs: 5_000, moreMs: 1_000 }
/** @param {number} endMs */
const quiet = (endMs) => {
  const fromMs = endMs + QUIET.afterMs
  const toMs = fromMs + QUIET.forMs
  return { steady: { fromMs, toMs }, toMs: toMs + QUIET.moreMs }
}

/** In the first seconds of a fresh stream the reported position may wander while the sound is right. */
const FRESH_MS = 15_000

/** @param {Stage} stage @param {() => Promise<void>} act a click on the first page @returns {Promise<Disturbance>} */
async function clicked({ seats: [first] }, act) {
  await act()
  const atMs = await first.page.evaluate(() => Number(Reflect.get(window, 'tuttiBenchClickMs')))
  return { fromMs: atMs, endMs: atMs }
}

/** @param {Stage} stage */
async function play(stage) {
  const started = await clicked(stage, () => clickPicture(stage.seats[0].page))
  stage.noteStart(started)
  return started
}

/** Where a person goes who is at that place: far enough to be a jump, with film enough behind it. @param {number} fromSec */
const chapterFor = (fromSec) => (fromSec > 25 && fromSec < 55 ? 60 : 30)

/** One place that everybody was told to go to. */
const TOLD = /** @type {const} */ ({ jumps: [1, 1], starts: true })
export const UNASKED = /** @type {const} */ ({ jumps: [0, 0], starts: false })

/** @type {readonly Scenario[]} */
export const SCENARIOS = [
  {
    id: 'cold',
    title: 'cold start',
    needs: 'fresh',
    baseRate: 1,
    asked: TOLD,
    tookSec: 18,
    disturb: play,
    watch: quiet,
  },
  {
    id: 'steady',
    title: 'steady',
    needs: 'started',
    baseRate: 1,
    asked: TOLD,
    tookSec: 6,
    // What began with the cold start just measured goes on.
    disturb: async (stage) => stage.started() ?? play(stage),
    watch: (endMs, seconds) => {
      const fromMs = endMs + FRESH_MS
      const toMs = fromMs + seconds * 1000
      return { toMs, steady: { fromMs, toMs }, apart: { fromMs: endMs + QUIET.afterMs, toMs: fromMs } }
    },
  },
  {
    id: 'seek',
    title: 'seek',
    needs: 'playing',
    filmSec: 1,
    baseRate: 1,
    asked: TOLD,
    tookSec: 10,
    disturb: async (stage) => {
      const { page } = stage.seats[0]
      const { positionSec } = await readPlayer(page)
      return clicked(stage, () => clickChapter(page, chapterFor(positionSec)))
    },
    watch: quiet,
  },
  {
    id: 'blocked',
    title: 'main thread blocked 1.5 s',
    needs: 'playing',
    filmSec: 12,
    baseRate: 1,
    asked: UNASKED,
    tookSec: 12,
    disturb: async ({ seats: [first] }) => {
      const fromMs = await first.page.evaluate((forMs) => {
        const startMs = performance.timeOrigin + performance.now()
        while (performance.timeOrigin + performance.now() - startMs < forMs);
        return startMs
      }, BLOCK_MS)
      return { fromMs, endMs: fromMs + BLOCK_MS }
    },
    watch: quiet,
  },
  {
    id: 'network',
    title: 'network pause of 3 s',
    needs: 'playing',
    filmSec: 14,
    baseRate: 1,
    asked: UNASKED,
    tookSec: 16,
    disturb: async ({ seats: [, second] }) => {
      const fromMs = nowMs()
      second.proxy.pause(PAUSE_MS)
      await delay(PAUSE_MS)
      return { fromMs, endMs: fromMs + PAUSE_MS }
    },
    watch: quiet,
  },
  {
    id: 'rate',
    title: 'rate 1.5',
    needs: 'playing',
    filmSec: 20,
    needsRate: true,
    baseRate: 1.5,
    asked: { jumps: [1, 1], starts: false },
    tookSec: 14,
    disturb: (stage) => clicked(stage, () => clickRate(stage.seats[0].page, 1.5)),
    watch: quiet,
    putBack: async ({ seats: [first] }) => {
      await clickRate(first.page, 1)
    },
  },
  {
    id: 'stall',
    title: 'stall of 1.5 s',
    needs: 'fresh-slow',
    baseRate: 1,
    // A room may wait for who has run dry, and start again together.
    asked: { jumps: [0, 0], starts: true },
    tookSec: 30,
    disturb: async (stage) => {
      await play(stage)
      const fromMs = await until(
        'the player whose film does not come has run dry',
        async () => {
          const { stalls, seeks } = await stage.slowSeat.watch().collect()
          const lastSeekMs = Math.max(0, ...seeks)
          return stalls.findLast((atMs) => atMs > lastSeekMs + 1_000)
        },
        30_000,
      )
      await delay(Math.max(0, fromMs + STALL_MS - nowMs()))
      stage.slowFilm.release()
      return { fromMs, endMs: nowMs() }
    },
    watch: quiet,
  },
  {
    id: 'late',
    title: 'late join',
    needs: 'alone',
    baseRate: 1,
    asked: { jumps: [0, 1], starts: true },
    tookSec: 26,
    disturb: async ({ seats: [, second] }) => {
      const atMs = await second.enter()
      return { fromMs: atMs, endMs: atMs }
    },
    watch: quiet,
  },
]
