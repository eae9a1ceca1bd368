import { describe, expect, it } from 'vitest'
import {
  formatNudge,
  formatRate,
  formatSkew,
  formatSpanMs,
  formatTime,
  huesOf,
  initialsOf,
  timingOf,
} from '../../src/look/format'

describe('figures', () => {
  it.each([
    [0, '0:00'],
    [9.99, '0:09'],
    [2467, '41:07'],
    [3599.9, '59:59'],
    [6482, '1:48:02'],
    [36_000, '10:00:00'],
    [-3, '0:00'],
  ])('[U20] %s s reads %s', (sec, text) => {
    expect(formatTime(sec)).toBe(text)
  })

  it.each([
    [0, 'in-time'],
    [-20.4, 'in-time'],
    [20.6, 'adjusting'],
    [-200, 'adjusting'],
    [201, 'off'],
    [-5000, 'off'],
  ])('[U21] %s ms is %s', (skewMs, timing) => {
    expect(timingOf(skewMs)).toBe(timing)
  })

  it.each([
    [0.2, '±1 ms'],
    [2.4, '±2 ms'],
    [-19, '±19 ms'],
    [120, '+120 ms'],
    [-140.2, '−140 ms'],
    [999.4, '+999 ms'],
    [999.6, '+1.0 s'],
    [-1430, '−1.4 s'],
    [9949, '+9.9 s'],
    [9951, '+10 s'],
    [72_000, '+72 s'],
    [-3_600_000, '−3600 s'],
  ])('[U21] a skew of %s ms reads %s', (skewMs, text) => {
    expect(formatSkew(skewMs, 'en')).toBe(text)
  })

  it.each([
    [0, '0 ms'],
    [30, '+30 ms'],
    [-500, '−500 ms'],
  ])('[U28] a nudge of %s ms reads %s', (nudgeMs, text) => {
    expect(formatNudge(nudgeMs)).toBe(text)
  })

  it('[U22] are written as the language writes numbers', () => {
    expect(formatSpanMs(1430, 'de')).toBe('1,4 s')
    expect(formatRate(1.25, 'de')).toBe('1,25')
    expect(formatRate(1, 'en')).toBe('1')
  })
})

describe('a face', () => {
  it.each([
    ['Happy Panda', 'HP'],
    ['  clever   fox the third ', 'CF'],
    ['Momo', 'MO'],
    ['x', 'X'],
    ['Étienne', 'ÉT'],
    ['Соня Белова', 'СБ'],
    ['👩‍🚀 Ada', '👩‍🚀A'],
    ['', '?'],
  ])('[U23] of "%s" shows %s', (name, letters) => {
    expect(initialsOf(name)).toBe(letters)
  })

  it('[U23] has a hue of its own that never changes, all round the circle', () => {
    const hues = Array.from({ length: 1000 }, (_, i) => huesOf([`b3c1f0de-${i}`])[0] ?? -1)
    expect(hues.every((hue) => hue >= 0 && hue < 360)).toBe(true)
    expect(new Set(hues.map((hue) => Math.floor(hue / 30))).size).toBe(12)
    expect(huesOf(['b3c1f0de-1'])).toEqual(huesOf(['b3c1f0de-1']))
  })

  it('[U23] is told from every other face of the room by its hue, as far as there is room on the circle', () => {
    for (const size of [2, 3, 8, 50, 200]) {
      const ids = Array.from({ length: size }, (_, i) => `b3c1f0de-${size}-${i}`)
      const hues = [...huesOf(ids)].sort((a, b) => a - b)
      const gaps = hues.map((hue, i) => (hues[i + 1] ?? (hues[0] ?? 0) + 360) - hue)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(Math.min(40, 120 / size))
      expect(huesOf(ids.slice(0, 1))).toEqual(huesOf(ids).slice(0, 1))
    }
  })
})
