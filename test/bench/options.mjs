/** What can be asked of `npm run bench:sync`, and what it says to what it does not know. */
import { parseArgs } from 'node:util'
import { PEERS } from './methods/peers.mjs'
import { SCENARIOS } from './scenarios.mjs'

/** @typedef {import('../../scripts/browsers.mjs').BrowserKind} BrowserKind */
/** @typedef {readonly [BrowserKind, BrowserKind]} Pair */

/** One set of pieces: these methods in these scenarios on this pair of browsers. */
/** @typedef {{ method: string, pair: Pair, runs: number }} Part */

/** Ours, listened to for so long. */
/** @typedef {{ method: string, pair: Pair, seconds: number }} Listening */

/**
 * @typedef {object} Bench
 * @property {'bench'} kind
 * @property {readonly Part[]} parts
 * @property {readonly string[]} scenarios
 * @property {number} seconds of the steady scenario
 * @property {readonly Listening[]} listen
 * @property {string} [json]
 */

/** @typedef {{ kind: 'help' } | { kind: 'wrong', why: string } | Bench} Wish */

export const OURS = 'tutti'
export const METHODS = [OURS, ...PEERS.map(({ id }) => id)]
const SCENARIO_IDS = SCENARIOS.map(({ id }) => id)

/** @type {Pair} */
const SAME = ['chromium', 'chromium']
/** @type {Pair} */
const MIXED = ['chromium', 'firefox']
/** Ours with two Chromiums is what the figures are quoted from. */
const OUR_RUNS = 3
const STEADY_SEC = 60
/** The film ends at 120 s; the first 15 s are listed apart. */
const SECONDS = { least: 5, most: 95 }
/** What Firefox does to the sound adds up over time, if it does. */
const HEARD_SEC = { same: 120, mixed: 600, least: 10, most: 900 }
const NONE = 'none'

export const USAGE = `npm run bench:sync -- OPTIONS
  --method LIST     of ${METHODS.join(', ')}
  --scenario LIST   of ${SCENARIO_IDS.join(', ')}; ${NONE} with --heard only listens
  --browsers PAIR   like chromium,firefox; without it two Chromiums for every method, and the mixed pair for ours
  --seconds N       length of the steady scenario, ${SECONDS.least} to ${SECONDS.most}; ${STEADY_SEC} without it
  --heard           also listen to ours: two Chromiums ${HEARD_SEC.same / 60} min, the mixed pair ${HEARD_SEC.mixed / 60} min; needs PulseAudio, which the setup installs
  --heard-seconds N listen so long instead, ${HEARD_SEC.least} to ${HEARD_SEC.most}
  --json FILE       write the figures to FILE; what it holds of other methods, browsers and scenarios stays
  --help            this text`

/** @param {string} text */
const list = (text) => text.split(',').map((name) => name.trim().toLowerCase())

/** @param {string} name @returns {name is BrowserKind} */
const isBrowser = (name) => name === 'chromium' || name === 'firefox'

/**
 * @param {readonly string[]} wanted @param {readonly string[]} known
 * @returns {string | undefined} the first that is not known
 */
const unknownOf = (wanted, known) => wanted.find((name) => !known.includes(name))

/** @param {readonly string[]} methods @param {Pair | undefined} pair @returns {Part[]} */
function partsOf(methods, pair) {
  const on = pair ?? SAME
  const parts = methods.map((method) => ({
    method,
    pair: on,
    runs: method === OURS && on.every((kind) => kind === 'chromium') ? OUR_RUNS : 1,
  }))
  return pair || !methods.includes(OURS) ? parts : [...parts, { method: OURS, pair: MIXED, runs: 1 }]
}

/** @param {readonly Part[]} parts @param {number | undefined} seconds @returns {Listening[]} */
function listeningOf(parts, seconds) {
  return parts
    .filter(({ method }) => method === OURS)
    .map(({ method, pair }) => ({
      method,
      pair,
      seconds: seconds ?? (pair[0] === pair[1] ? HEARD_SEC.same : HEARD_SEC.mixed),
    }))
}

/** @param {string | undefined} text @param {{ least: number, most: number }} range @param {string} option */
function numberOf(text, { least, most }, option) {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!(number >= least && number <= most)) throw new Error(`${option} takes a number from ${least} to ${most}`)
  return number
}

/** @param {readonly string[]} args @returns {Wish} */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        method: { type: 'string' },
        scenario: { type: 'string' },
        browsers: { type: 'string' },
        seconds: { type: 'string' },
        heard: { type: 'boolean' },
        'heard-seconds': { type: 'string' },
        json: { type: 'string' },
        help: { type: 'boolean' },
      },
    })
    if (values.help) return { kind: 'help' }
    const methods = values.method === undefined ? METHODS : list(values.method)
    const scenarios =
      values.scenario === undefined ? SCENARIO_IDS : values.scenario === NONE ? [] : list(values.scenario)
    const method = unknownOf(methods, METHODS)
    if (method !== undefined) return { kind: 'wrong', why: `There is no method "${method}".` }
    const scenario = unknownOf(scenarios, SCENARIO_IDS)
    if (scenario !== undefined) return { kind: 'wrong', why: `There is no scenario "${scenario}".` }
    const [first, second, ...more] = values.browsers === undefined ? [] : list(values.browsers)
    /** @type {Pair | undefined} */
    const pair =
      first && second && more.length === 0 && isBrowser(first) && isBrowser(second) ? [first, second] : undefined
    if (values.browsers !== undefined && !pair)
      return { kind: 'wrong', why: '--browsers takes two of chromium and firefox, with a comma between.' }
    const seconds = numberOf(values.seconds, SECONDS, '--seconds') ?? STEADY_SEC
    const heardSec = numberOf(values['heard-seconds'], HEARD_SEC, '--heard-seconds')
    const parts = partsOf(
      METHODS.filter((id) => methods.includes(id)),
      pair,
    )
    const listen = values.heard ? listeningOf(parts, heardSec) : []
    if (heardSec !== undefined && !values.heard)
      return { kind: 'wrong', why: '--heard-seconds says how long --heard listens.' }
    if (values.heard && listen.length === 0)
      return { kind: 'wrong', why: `Only ${OURS} is listened to: leave out --heard or --method.` }
    if (scenarios.length === 0 && listen.length === 0)
      return { kind: 'wrong', why: `--scenario ${NONE} leaves nothing to do without --heard.` }
    return {
      kind: 'bench',
      parts,
      scenarios: SCENARIO_IDS.filter((id) => scenarios.includes(id)),
      seconds,
      listen,
      ...(values.json && { json: values.json }),
    }
  } catch (error) {
    return { kind: 'wrong', why: error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error) }
  }
}
