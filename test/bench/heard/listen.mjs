/**
 * Listens to a pair of players that ours keeps together: a fresh room on the usual slow networks, the film for ears, each browser
 * at its own loudspeakers, everything recorded by one clock and read afterwards. Opens, waits, records; the arithmetic is elsewhere.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { ensureFilmForEars, FILM_FOR_EARS } from '../../../scripts/film-for-ears.mjs'
import { round } from '../figures.mjs'
import { watchLoad } from '../load.mjs'
import { OURS } from '../options.mjs'
import { SCENARIOS } from '../scenarios.mjs'
import { openStage } from '../stage.mjs'
import { figuresByEar } from './figures.mjs'
import { RECORDING, startLoudspeakers } from './loudspeakers.mjs'
import { clockOf, readRecording, WINDOW_MS } from './windows.mjs'

const nowMs = () => performance.timeOrigin + performance.now()

/** @param {Int16Array} interleaved @param {number} channels @param {number} channel */
function channelOf(interleaved, channels, channel) {
  const out = new Int16Array(Math.floor(interleaved.length / channels))
  for (let frame = 0; frame < out.length; frame++) out[frame] = interleaved[frame * channels + channel] ?? 0
  return out
}

/** @param {Uint8Array} bytes 16 bits each @param {number} channels @param {number} first @returns {import('./windows.mjs').Sound} */
function soundIn(bytes, channels, first) {
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
  return { noise: channelOf(samples, channels, first), tone: channelOf(samples, channels, first + 1) }
}

/** The film's sound as players decode it. @param {string} path */
async function decode(path) {
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...'-hide_banner -loglevel error -i'.split(' '),
      path,
      ...`-f s16le -ac 2 -ar ${FILM_FOR_EARS.sampleRate} -`.split(' '),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(ffmpeg, 'close')
  const bytes = Buffer.concat(await ffmpeg.stdout.toArray())
  const [exitCode] = await ended
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${exitCode}.`)
  return soundIn(bytes, 2, 0)
}

/**
 * @param {object} wish
 * @param {import('../options.mjs').Pair} wish.pair
 * @param {number} wish.seconds to be listened to, from the 15th after the start on
 * @param {{ close(): Promise<void> }[]} wish.opened everything that has to be closed again is put here as it is opened
 * @param {AbortSignal} wish.over
 */
export async function listen({ pair, seconds, opened, over }) {
  const steady = SCENARIOS.find(({ id }) => id === 'steady')
  if (!steady) throw new Error('There is no steady scenario.')
  const filmPath = await ensureFilmForEars()
  const film = await decode(filmPath)
  const loudspeakers = await startLoudspeakers()
  opened.push(loudspeakers)
  over.throwIfAborted()
  const stage = await openStage(OURS, pair, 0, opened, {
    filmPath,
    loudspeakers: [loudspeakers.environment(0), loudspeakers.environment(1)],
  })
  over.throwIfAborted()
  await stage.prepare(steady)
  const load = watchLoad()
  const recording = await loudspeakers.record()
  const { endMs } = await steady.disturb(stage)
  const watch = steady.watch(endMs, seconds)
  await delay(Math.max(0, watch.toMs - nowMs()) + WINDOW_MS, undefined, { signal: over })
  const busy = load()
  const [first, second] = stage.seats
  const players = /** @type {const} */ ([await first.watch().collect(), await second.watch().collect()])
  await recording.stop()
  if ((recording.arrivals().at(-1)?.atMs ?? 0) < watch.toMs) throw new Error('The recording broke off.')
  const bytes = await readFile(recording.path)
  const clock = clockOf(recording.arrivals(), RECORDING.sampleRate)
  const recordedSec = bytes.length / (RECORDING.sampleRate * RECORDING.channels * RECORDING.bytesPerSample)
  const tookSec = (clock(recordedSec * RECORDING.sampleRate) - clock(0)) / 1000
  const read = readRecording({
    recorded: [soundIn(bytes, RECORDING.channels, 0), soundIn(bytes, RECORDING.channels, 2)],
    film,
    sampleRate: RECORDING.sampleRate,
    clock,
    players,
    within: { fromMs: endMs, toMs: watch.toMs },
  })
  const figures = (/** @type {import('./figures.mjs').Window} */ within) => figuresByEar(read, within, WINDOW_MS / 1000)
  const quiet = figures(watch.steady)
  return {
    seconds,
    ...quiet,
    seeks: players.map(({ seeks }) => seeks.filter((atMs) => atMs >= watch.steady.fromMs && atMs <= watch.toMs).length),
    ...(watch.apart && { firstSeconds: figures({ fromMs: endMs, toMs: watch.apart.toMs }) }),
    /** How much faster the loudspeakers' clock runs than the machine's, as sound cards do too. */
    soundClockPpm: round((recordedSec / tookSec - 1) * 1e6, 0),
    versions: stage.versions,
    ...busy,
  }
}
