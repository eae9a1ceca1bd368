/**
 * Measures one scenario on a stage that stands: brings it into place, disturbs, watches, and makes the figures. A scenario without
 * one window that is worth anything is done again. Knows no method and writes nothing.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { figuresOf, pieces } from './figures.mjs'
import { watchLoad } from './load.mjs'
import { UNASKED } from './scenarios.mjs'

/** @typedef {import('./report.mjs').Run} Run */
/** @typedef {import('./scenarios.mjs').Scenario} Scenario */
/** @typedef {import('./stage.mjs').Stage} Stage */

const REPEATS = 2
const WINDOW_MS = 5_000
/** Who is left further apart than this still carries the last disturbance: the next one begins afresh. */
const LEFT_APART_MS = 250
/** What is told of the last moment has arrived, and lies on both sides of it. */
const AFTER_MS = 200
/** What was put back, like the speed, is followed by then. */
const PUT_BACK_MS = 2_000

const nowMs = () => performance.timeOrigin + performance.now()

/**
 * @param {Stage} stage @param {Scenario} scenario @param {number} seconds of the steady scenario
 * @param {object} hands
 * @param {AbortSignal} hands.over
 * @param {() => boolean} hands.mayRepeat is there time for it?
 * @param {(why: string) => void} hands.tell that it is done again
 * @returns {Promise<Run>}
 */
export async function measure(stage, scenario, seconds, { over, mayRepeat, tell }) {
  const discarded = { gap: 0, stall: 0 }
  for (let repeats = 0; ; repeats++) {
    await stage.prepare(scenario)
    over.throwIfAborted()
    const load = watchLoad()
    const date = new Date().toISOString()
    const { fromMs, endMs } = await scenario.disturb(stage)
    const { toMs, steady, apart } = scenario.watch(endMs, seconds)
    await delay(Math.max(0, toMs - nowMs()) + AFTER_MS, undefined, { signal: over })
    const [first, second] = stage.seats
    const seen = {
      players: /** @type {const} */ ([await first.watch().collect(), await second.watch().collect()]),
      history: stage.history(),
      fromMs,
      endMs,
      toMs,
      baseRate: scenario.baseRate,
      asked: scenario.asked,
    }
    const busy = load()
    if (scenario.putBack) {
      await scenario.putBack(stage)
      await delay(PUT_BACK_MS, undefined, { signal: over })
    }
    const figures = figuresOf({
      ...seen,
      // Where the first seconds are apart, so are their seeks, and of later ones nobody asked for any.
      ...(apart && { fromMs: steady.fromMs, asked: UNASKED }),
      steady: pieces(steady, WINDOW_MS),
    })
    stage.setTogether(scenario.needs !== 'fresh-slow' && (figures.medianMs ?? Number.POSITIVE_INFINITY) < LEFT_APART_MS)
    discarded.gap += figures.windows.discarded.gap
    discarded.stall += figures.windows.discarded.stall
    if (figures.windows.used === 0 && repeats < REPEATS && mayRepeat()) {
      const { gap, stall } = figures.windows.discarded
      tell(`no window was worth anything (${gap} gap, ${stall} stall)`)
      continue
    }
    return {
      date,
      ...busy,
      repeats,
      discarded,
      figures,
      ...(apart && { firstSeconds: figuresOf({ ...seen, toMs: apart.toMs, steady: pieces(apart, WINDOW_MS) }) }),
    }
  }
}
