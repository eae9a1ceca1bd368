/**
 * How far a run of the benchmark is and roughly how long the rest takes. Pure: moments come in.
 * The times are what the pieces took on a machine with two processors; they steer nothing.
 */
import { carriesRate } from './methods/peers.mjs'
import { scenariosFor } from './run.mjs'

/** @typedef {Pick<import('./options.mjs').Bench, 'parts' | 'scenarios' | 'seconds' | 'listen'>} Planned */

/** Two browsers, their proxies and a server; Firefox takes longer to open and to close. */
const OPEN_SEC = { same: 9, mixed: 16 }
/** A sound system, two browsers, and reading the recording. */
const LISTEN_SEC = 60
/** So much is lost to windows that have to be done again. */
const AGAIN = 1.05
/** Who is later than this does nothing again that only has poor windows. */
const SLACK_SEC = 120

/** @param {Planned} wish @returns {number[]} seconds of each run and of each listening, in order */
export function expectedSec({ parts, scenarios: ids, seconds, listen }) {
  return [
    ...(ids.length === 0 ? [] : parts).flatMap(({ method, pair, runs }) => {
      const scenarios = scenariosFor(ids, carriesRate(method))
      // The steady scenario goes on from the cold start, if that was measured just before.
      const [cold, steady] = ['cold', 'steady'].map((id) => scenarios.some((scenario) => scenario.id === id))
      const measuring =
        scenarios.reduce((sum, { tookSec }) => sum + tookSec, 0) + (steady ? seconds + (cold ? 0 : OPEN_SEC.same) : 0)
      const opening = pair.includes('firefox') ? OPEN_SEC.mixed : OPEN_SEC.same
      return Array.from({ length: runs }, () => Math.round(opening + AGAIN * measuring))
    }),
    ...listen.map(({ seconds: forSec }) => forSec + LISTEN_SEC),
  ]
}

/** @param {number} sec @returns {string} */
const minutes = (sec) => (sec / 60).toFixed(1)

/** @typedef {ReturnType<typeof createProgress>} Progress */

/** @param {Planned} wish @param {number} startMs */
export function createProgress(wish, startMs) {
  const expected = expectedSec(wish)
  let done = 0
  let lastMs = startMs
  return {
    /** A run, or a listening, is over. @param {number} nowMs */
    ended: (nowMs) => {
      done += 1
      lastMs = nowMs
    },
    /** @param {number} nowMs @returns {boolean} is there time for doing something again? */
    hasTime: (nowMs) =>
      (nowMs - startMs) / 1000 < expected.slice(0, done + 1).reduce((sum, sec) => sum + sec, SLACK_SEC),
    /** @param {number} nowMs @returns {string} */
    tell: (nowMs) => {
      const [current = 0, ...later] = expected.slice(done)
      const inIt = (nowMs - lastMs) / 1000
      const leftSec = Math.max(0, current - inIt) + later.reduce((sum, sec) => sum + sec, 0)
      return `${done} of ${expected.length}, ${minutes((nowMs - startMs) / 1000)} min, about ${minutes(leftSec)} min to go`
    },
  }
}
