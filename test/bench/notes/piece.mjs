/**
 * What the two people of the measurement play: by turns a phrase of runs, repeats and chords, with rests, from a seed. Keys whose tones
 * lie far apart, so that each is made out in a recording. Knows no browser.
 */
import { seededChance } from '../network.mjs'

/**
 * @typedef {object} Strike
 * @property {0 | 1} player
 * @property {number} key
 * @property {number} atMs from the beginning of the piece
 * @property {number} forMs until the key is let go
 */

/** With the computer's keys two octaves up: B, W and T. The sharpest sound sounds an octave above its key. */
export const KEYS = [
  { key: 79, code: 'KeyB', hz: 1567.98 },
  { key: 86, code: 'KeyW', hz: 2349.32 },
  { key: 91, code: 'KeyT', hz: 3135.96 },
]
/** From one C to that of the lower row above. */
export const OCTAVES_UP = 2

const PHRASE = { least: 8, more: 10 }
/** The same key again sooner could not be told from what is left of it. */
const BEAT_MS = { least: 110, more: 260 }
const CHORD_SHARE = 0.25
const SPREAD_MS = 15
const HELD_MS = 60
/** Longer than the slowest network of the measurement is late, so that an answer begins when it was heard out. */
const REST_MS = { least: 1_300, more: 500 }

/** @param {number} seed @param {number} lastsMs @returns {Strike[]} by time */
export function makePiece(seed, lastsMs) {
  const chance = seededChance(seed)
  const between = (/** @type {{ least: number, more: number }} */ { least, more }) => least + chance() * more
  /** @type {Strike[]} */
  const strikes = []
  let atMs = 0
  for (let turn = 0; atMs < lastsMs; turn++) {
    for (let left = between(PHRASE); left > 0; left--) {
      const isChord = chance() < CHORD_SHARE
      const first = Math.floor(chance() * KEYS.length)
      for (let finger = 0; finger < (isChord ? KEYS.length : 1); finger++) {
        const { key } = KEYS[(first + finger) % KEYS.length] ?? { key: 0 }
        strikes.push({
          player: turn % 2 === 0 ? 0 : 1,
          key,
          atMs: atMs + finger * chance() * SPREAD_MS,
          forMs: HELD_MS,
        })
      }
      atMs += between(BEAT_MS)
    }
    atMs += between(REST_MS)
  }
  return strikes.sort((a, b) => a.atMs - b.atMs)
}
