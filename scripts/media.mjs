/**
 * Makes the test film, test/media/film.webm: a lighthouse by night, drawn here pixel by pixel and encoded by ffmpeg.
 * The film is shipped; this is only needed to make it anew. No font and no foreign picture is used.
 * Every frame carries its number in twelve cells (drive/frame-counter.mjs) and the time in plain digits.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { CELLS, FILM } from './drive/frame-counter.mjs'

const OUT = fileURLToPath(new URL('../test/media/film.webm', import.meta.url))
const { width, height, framesPerSec, lengthSec } = FILM
const STRIP_TOP = 320
const HORIZON = 214
const LAMP = { x: 462, y: 106 }
const BEAM_TURN_SEC = 12

/** Three by five dots each, one number per row. */
const GLYPHS = [
  [7, 5, 5, 5, 7],
  [2, 6, 2, 2, 7],
  [7, 1, 7, 4, 7],
  [7, 1, 7, 1, 7],
  [5, 5, 7, 1, 1],
  [7, 4, 7, 1, 7],
  [7, 4, 7, 5, 7],
  [7, 1, 2, 2, 2],
  [7, 5, 7, 5, 7],
  [7, 5, 7, 1, 7],
]

/** @typedef {[number, number, number]} Colour */

/**
 * @param {Uint8Array} pixels @param {number} x @param {number} y @param {Colour} colour
 * @param {number} [share] how much of the colour is laid over what is there
 */
function paint(pixels, x, y, colour, share = 1) {
  if (x < 0 || y < 0 || x >= width || y >= height) return
  const at = (Math.floor(y) * width + Math.floor(x)) * 3
  for (let part = 0; part < 3; part++) {
    const old = pixels[at + part] ?? 0
    pixels[at + part] = old + ((colour[part] ?? 0) - old) * share
  }
}

/**
 * @param {Uint8Array} pixels @param {number} left @param {number} top @param {number} wide @param {number} high
 * @param {Colour} colour
 */
function fill(pixels, left, top, wide, high, colour) {
  for (let y = top; y < top + high; y++) for (let x = left; x < left + wide; x++) paint(pixels, x, y, colour)
}

/** @param {Uint8Array} pixels @param {number} x @param {number} y @param {number} radius @param {Colour} colour @param {number} share */
function glow(pixels, x, y, radius, colour, share) {
  for (let dy = -radius; dy <= radius; dy++)
    for (let dx = -radius; dx <= radius; dx++) {
      const far = Math.hypot(dx, dy) / radius
      if (far < 1 && y + dy < STRIP_TOP) paint(pixels, x + dx, y + dy, colour, share * (1 - far) ** 2)
    }
}

/** What never changes: sky, stars, moon, sea. */
function night() {
  const pixels = new Uint8Array(width * height * 3)
  for (let y = 0; y < STRIP_TOP; y++)
    for (let x = 0; x < width; x++) {
      const down = y < HORIZON ? y / HORIZON : (y - HORIZON) / (STRIP_TOP - HORIZON)
      /** @type {Colour} */
      const colour =
        y < HORIZON
          ? [12 + 44 * down ** 2, 18 + 50 * down ** 1.6, 44 + 58 * down]
          : [30 - 20 * down, 46 - 30 * down, 78 - 42 * down]
      paint(pixels, x, y, colour)
    }
  for (let star = 0; star < 90; star++) {
    const x = (star * 197 + 31 * ((star * star) % 17)) % width
    const y = (star * 71 + 13 * ((star * star) % 23)) % (HORIZON - 50)
    paint(pixels, x, y, [220, 225, 240], 0.25 + 0.6 * ((star % 7) / 7))
  }
  glow(pixels, 150, 74, 90, [150, 165, 200], 0.35)
  for (let dy = -20; dy <= 20; dy++)
    for (let dx = -20; dx <= 20; dx++)
      paint(pixels, 150 + dx, 74 + dy, [238, 232, 212], Math.min(1, Math.max(0, 20 - Math.hypot(dx, dy))))
  return pixels
}

/** @param {Uint8Array} pixels the rock, the tower and its lantern, over the light */
function lighthouse(pixels) {
  for (let x = 370; x < 590; x++) {
    const top = HORIZON + 43 - 50 * Math.exp(-(((x - 470) / 62) ** 2)) - 3 * Math.sin(x / 9) * Math.sin(x / 23)
    for (let y = Math.round(top); y < HORIZON + 42 && y < STRIP_TOP; y++) paint(pixels, x, y, [14, 17, 26])
  }
  for (let y = LAMP.y + 10; y < HORIZON; y++) {
    const half = 9 + ((y - LAMP.y) / 110) * 7
    const band = Math.floor((y - LAMP.y) / 24) % 2
    for (let x = Math.round(LAMP.x - half); x <= LAMP.x + half; x++) {
      const side = 0.45 + 0.55 * Math.exp(-(((x - LAMP.x + half * 0.5) / half) ** 2))
      paint(pixels, x, y, band ? [150 * side, 56 * side, 48 * side] : [186 * side, 186 * side, 192 * side])
    }
  }
  fill(pixels, LAMP.x - 14, LAMP.y + 8, 29, 3, [24, 27, 38])
  fill(pixels, LAMP.x - 8, LAMP.y - 12, 17, 4, [24, 27, 38])
  fill(pixels, LAMP.x - 5, LAMP.y - 16, 11, 4, [24, 27, 38])
  fill(pixels, LAMP.x - 7, LAMP.y - 8, 15, 16, [255, 236, 176])
}

/** @param {Uint8Array} pixels @param {number} sec the turning light */
function beam(pixels, sec) {
  const turn = (2 * Math.PI * sec) / BEAM_TURN_SEC
  for (const angle of [turn, turn + Math.PI]) {
    const across = Math.cos(angle)
    const towards = 1 + 0.5 * Math.sin(angle)
    const reach = Math.abs(across) * 620
    for (let step = 8; step < reach; step++) {
      const x = Math.round(LAMP.x + Math.sign(across) * step)
      if (x < 0 || x >= width) break
      const half = 3 + step * 0.09 * towards
      const share = 0.42 * towards * Math.abs(across) * (1 - step / reach) ** 1.2
      const middle = LAMP.y + step * 0.05 * Math.sin(angle)
      for (let y = Math.round(middle - half); y <= middle + half; y++) {
        if (y >= STRIP_TOP) break
        paint(pixels, x, y, [255, 240, 196], share * (1 - Math.abs((y - middle) / half)))
      }
    }
    glow(pixels, LAMP.x, LAMP.y, 44, [255, 238, 190], 0.35 + 0.5 * Math.max(0, Math.sin(angle)) ** 6)
  }
}

/** @param {Uint8Array} pixels @param {number} sec the moon's path on the water, and a boat that crosses in two minutes */
function water(pixels, sec) {
  for (let y = HORIZON + 3; y < STRIP_TOP; y += 4) {
    const depth = (y - HORIZON) / (STRIP_TOP - HORIZON)
    const half = 5 + 26 * depth + 9 * Math.sin(y * 1.7 + sec * 0.9)
    const middle = 150 + 7 * depth * Math.sin(y * 0.6 - sec * 0.7)
    for (let x = Math.round(middle - half); x <= middle + half; x++) {
      const share = (0.55 - 0.3 * depth) * (1 - Math.abs((x - middle) / half) ** 2)
      paint(pixels, x, y, [214, 212, 206], share)
      paint(pixels, x, y + 1, [214, 212, 206], share * 0.6)
    }
  }
  const bow = 20 + (sec / lengthSec) * 330
  const deck = HORIZON + 10
  for (let row = 0; row < 5; row++) fill(pixels, Math.round(bow - 11 + row), deck + row, 24 - 2 * row, 1, [16, 18, 28])
  for (let row = 0; row < 22; row++) {
    fill(pixels, Math.round(bow), deck - 23 + row, Math.round(row * 0.5), 1, [196, 190, 180])
    fill(pixels, Math.round(bow - 1 - row * 0.28), deck - 23 + row, Math.round(row * 0.28), 1, [150, 146, 142])
  }
}

/** @param {Uint8Array} pixels @param {number} frame */
function strip(pixels, frame) {
  fill(pixels, 0, STRIP_TOP, width, height - STRIP_TOP, [10, 11, 15])
  for (let bit = 0; bit < CELLS.count; bit++)
    if ((frame >> bit) & 1) fill(pixels, CELLS.x + bit * CELLS.pitch, CELLS.y, CELLS.size, CELLS.size, [236, 214, 168])
  const tenths = Math.floor((frame * 10) / framesPerSec)
  const text = `${Math.floor(tenths / 600)}:${String(Math.floor(tenths / 10) % 60).padStart(2, '0')}.${tenths % 10}`
  let x = 36
  for (const sign of text) {
    const glyph = GLYPHS[Number(sign)]
    if (glyph && sign >= '0') {
      for (const [row, dots] of glyph.entries())
        for (let column = 0; column < 3; column++)
          if ((dots >> (2 - column)) & 1) fill(pixels, x + column * 4, CELLS.y + 2 + row * 4, 4, 4, [214, 208, 196])
      x += 17
    } else {
      for (const row of sign === ':' ? [1, 3] : [4]) fill(pixels, x, CELLS.y + 2 + row * 4, 4, 4, [214, 208, 196])
      x += 9
    }
  }
}

const ARGUMENTS = [
  '-hide_banner -loglevel error -y',
  `-f rawvideo -pix_fmt rgb24 -s ${width}x${height} -r ${framesPerSec} -i pipe:0`,
  `-f lavfi -i aevalsrc='0.16*sin(2*PI*880*t)*exp(-70*mod(t,1))':s=48000:d=${lengthSec}`,
  '-c:v libvpx -b:v 140k -qmin 4 -qmax 48 -g 30 -auto-alt-ref 0 -deadline good -cpu-used 2 -threads 2 -pix_fmt yuv420p',
  '-c:a libopus -b:a 24k -ac 1',
].flatMap((part) => part.split(' '))

const encoder = spawn('ffmpeg', [...ARGUMENTS, OUT], { stdio: ['pipe', 'inherit', 'inherit'] })
const ended = once(encoder, 'close')
const still = night()
const frames = lengthSec * framesPerSec
for (let frame = 0; frame < frames; frame++) {
  const pixels = new Uint8Array(still)
  const sec = frame / framesPerSec
  water(pixels, sec)
  beam(pixels, sec)
  lighthouse(pixels)
  strip(pixels, frame)
  if (!encoder.stdin.write(pixels)) await once(encoder.stdin, 'drain')
  if (frame % (framesPerSec * 10) === 0) console.log(`Drawing the film: ${sec} of ${lengthSec} s`)
}
encoder.stdin.end()
const [exitCode] = await ended
if (exitCode !== 0) throw new Error(`ffmpeg ended with ${exitCode}.`)
console.log(`Made ${OUT}, ${(statSync(OUT).size / 1e6).toFixed(2)} MB`)
