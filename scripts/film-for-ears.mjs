/**
 * Makes the film for ears, once, into .cache: the test film's picture over and over, and a sound in which every moment can be
 * told from every other. Left: noise from a seed, never repeating. Right: a plain tone, in which any click stands out.
 * Needs ffmpeg; knows no browser.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { step } from './say.mjs'
import { isStale, ROOT } from './setup.mjs'

/** Ten minutes are listened to; before them come loading, the first 15 s and the settling. */
export const FILM_FOR_EARS = { lengthSec: 720, sampleRate: 48_000, toneHz: 1_000, toneDbfs: -14 }

const PICTURE = join(ROOT, 'test/media/film.webm')
const OUT = join(ROOT, '.cache/film-for-ears.webm')
const PICTURE_SEC = 120
/** Uniform noise of this size has the tone's loudness, about. */
const NOISE_SIZE = 0.35
/** A tone that begins at once would be a click of the film's own. */
const FADE_SEC = 0.1
const FULL = 32_767

const { lengthSec, sampleRate, toneHz, toneDbfs } = FILM_FOR_EARS

/**
 * One second of the sound: xorshift noise left, tone right, 16 bits each.
 * @param {number} second @param {Int32Array} seed of one number, carried on
 */
function soundOf(second, seed) {
  const toneSize = 10 ** (toneDbfs / 20)
  const samples = new Int16Array(2 * sampleRate)
  let [state = 1] = seed
  for (let index = 0; index < sampleRate; index++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    const sec = second + index / sampleRate
    samples[2 * index] = (state / 2 ** 31) * NOISE_SIZE * FULL
    samples[2 * index + 1] = toneSize * Math.min(1, sec / FADE_SEC) * Math.sin(2 * Math.PI * toneHz * sec) * FULL
  }
  seed[0] = state
  return new Uint8Array(samples.buffer)
}

/** @returns {Promise<string>} its path */
export async function ensureFilmForEars() {
  if (!isStale([OUT], [PICTURE, fileURLToPath(import.meta.url)])) return OUT
  const done = step('Making the film for ears')
  mkdirSync(join(ROOT, '.cache'), { recursive: true })
  // Only a film that is whole gets the name.
  const half = `${OUT}.half`
  const encoder = spawn(
    'ffmpeg',
    [
      ...'-hide_banner -loglevel error -y'.split(' '),
      '-stream_loop',
      `${lengthSec / PICTURE_SEC - 1}`,
      '-i',
      PICTURE,
      ...`-f s16le -ar ${sampleRate} -ac 2 -i pipe:0 -map 0:v -map 1:a -t ${lengthSec}`.split(' '),
      ...'-c:v copy -c:a libopus -b:a 256k -vbr off -application audio -f webm'.split(' '),
      half,
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  )
  const ended = once(encoder, 'close')
  const seed = Int32Array.of(20_261_120)
  for (let second = 0; second < lengthSec; second++)
    if (!encoder.stdin.write(soundOf(second, seed))) await once(encoder.stdin, 'drain')
  encoder.stdin.end()
  const [exitCode] = await ended
  if (exitCode !== 0) throw new Error(`ffmpeg ended with ${exitCode}.`)
  renameSync(half, OUT)
  done()
  return OUT
}
