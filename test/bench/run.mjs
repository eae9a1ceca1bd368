/**
 * One run of one method through its scenarios, which survives what fails: a scenario that came to nothing is tried once more with
 * everything opened anew, and if that fails too the rest goes on. Knows no figures and writes nothing.
 */
import { SCENARIOS } from './scenarios.mjs'

/** @typedef {import('./report.mjs').Run} Run */
/** @typedef {import('./scenarios.mjs').Scenario} Scenario */

/** Longer than any scenario takes; only a browser that hangs gets there. */
const LONGEST_SEC = 150

/**
 * What a run needs of the world around it.
 * @template S
 * @typedef {object} Hands
 * @property {() => Promise<S>} open a new stage
 * @property {(stage: S, scenario: Scenario) => Promise<Run>} measure
 * @property {() => Promise<void>} close everything that was opened
 * @property {(scenario: Scenario, outcome: Run | { why: string, again: boolean }) => void} tell
 * @property {(scenario: Scenario) => void} begin
 * @property {(sec: number) => Promise<never>} tooLong rejects after that time
 * @property {AbortSignal} over the person stopped it
 */

/** @param {unknown} error */
export const whyOf = (error) => (error instanceof Error ? error.message : String(error))

/**
 * @template S
 * @param {readonly Scenario[]} scenarios @param {number} seconds of the steady one @param {Hands<S>} hands
 * @returns {Promise<Map<string, Run | { why: string }>>} by scenario
 */
export async function measureRun(scenarios, seconds, { open, measure, close, tell, begin, tooLong, over }) {
  /** @type {Map<string, Run | { why: string }>} */
  const outcomes = new Map()
  /** @type {S | undefined} */
  let stage
  let openings = 0
  for (const scenario of scenarios) {
    begin(scenario)
    /** @type {string | undefined} */
    let failedBefore
    for (;;) {
      try {
        const there = stage ?? (await Promise.race([open(), tooLong(LONGEST_SEC)]))
        stage = there
        openings = 0
        const run = await Promise.race([measure(there, scenario), tooLong(LONGEST_SEC + seconds)])
        const outcome = failedBefore === undefined ? run : { ...run, failedBefore }
        outcomes.set(scenario.id, outcome)
        tell(scenario, outcome)
        break
      } catch (error) {
        over.throwIfAborted()
        const why = whyOf(error)
        if (!stage) openings += 1
        stage = undefined
        await close()
        // What can not even be opened twice in a row is not there today.
        const again = failedBefore === undefined && openings < 2
        tell(scenario, { why, again })
        if (again) {
          failedBefore = why
          continue
        }
        outcomes.set(scenario.id, { why })
        if (openings >= 2) return fillIn(outcomes, scenarios, why)
        break
      }
    }
  }
  return outcomes
}

/** @param {Map<string, Run | { why: string }>} outcomes @param {readonly Scenario[]} scenarios @param {string} why */
function fillIn(outcomes, scenarios, why) {
  for (const { id } of scenarios) if (!outcomes.has(id)) outcomes.set(id, { why })
  return outcomes
}

/** @param {readonly string[]} ids @param {boolean} carriesRate @returns {Scenario[]} in their order, without what the wire can't say */
export const scenariosFor = (ids, carriesRate) =>
  SCENARIOS.filter(({ id, needsRate }) => ids.includes(id) && (carriesRate || !needsRate))
