/**
 * Measures a duet by ear: both loudspeakers recorded by one clock while the piece is played, every onset found in the recording, and
 * held against the strokes of the other's fingers. Opens, plays, records, reads; the arithmetic is elsewhere.
 */
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { RECORDING, startLoudspeakers } from '../heard/loudspeakers.mjs'
import { clockOf } from '../heard/windows.mjs'
import { watchLoad } from '../load.mjs'
import { openDuet } from './duet.mjs'
import { figuresOf } from './figures.mjs'
import { findOnsets } from './onsets.mjs'
import { KEYS, makePiece } from './piece.mjs'

/** Clocks of servers and of sound cards are known to a fraction of a millisecond by then. */
const SETTLE_MS = 8_000
const SEED = 5

/** @param {Uint8Array} bytes 16 bits each @param {number} channel */
function channelOf(bytes, channel) {
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
  return Int16Array.from({ length: Math.floor(samples.length / RECORDING.channels) }, (_, frame) => {
    return samples[frame * RECORDING.channels + channel] ?? 0
  })
}

/**
 * @param {object} wish
 * @param {import('../options.mjs').Pair} wish.pair
 * @param {import('../network.mjs').Path} wish.path one way, of each
 * @param {number} wish.seconds that are played
 * @param {{ close(): Promise<void> }[]} wish.opened everything that has to be closed again is put here as it is opened
 */
export async function listenToDuet({ pair, path, seconds, opened }) {
  const loudspeakers = await startLoudspeakers()
  opened.push(loudspeakers)
  const duet = await openDuet({
    pair,
    path,
    loudspeakers: [loudspeakers.environment(0), loudspeakers.environment(1)],
    opened,
  })
  await delay(SETTLE_MS)
  const load = watchLoad()
  const recording = await loudspeakers.record()
  const { strokes, keysDown } = await duet.play(makePiece(SEED, seconds * 1_000))
  await recording.stop()
  const busy = load()
  const bytes = await readFile(recording.path)
  const clock = clockOf(recording.arrivals(), RECORDING.sampleRate)
  /** Whose turn it is, is heard out before the next begins: only the other's is asked for. @param {0 | 1} listener */
  const heardBy = (listener) => {
    const player = listener === 0 ? 1 : 0
    const heard = findOnsets(channelOf(bytes, 2 * listener), RECORDING.sampleRate, KEYS)
      .map(({ key, atSec }) => ({ key, atMs: clock(atSec * RECORDING.sampleRate) }))
      .filter(({ atMs }) => lastBefore(strokes[player], atMs) > lastBefore(strokes[listener], atMs))
    return { from: player, to: listener, ...figuresOf(strokes[player], heard) }
  }
  return { versions: duet.versions, seconds, keysDown, directions: [heardBy(1), heardBy(0)], ...busy }
}

/** @param {readonly import('./figures.mjs').Stroke[]} strokes by time @param {number} atMs */
function lastBefore(strokes, atMs) {
  return strokes.findLast((stroke) => stroke.atMs <= atMs)?.atMs ?? Number.NEGATIVE_INFINITY
}
