import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lettersByStep, wordOf } from '../../src/notes/piano/computer-keys'
import { BLACK, isBlack, keyAt, PIANO, placesOf, velocityAt } from '../../src/notes/piano/key-layout'
import { keyName } from '../../src/notes/piano/key-names'
import { canShift, canZoom, firstRange, type Range, shifted, spanOf, ZOOMS, zoomed } from '../../src/notes/piano/range'

const range = fc.record<Range>({
  base: fc.integer({ min: 2, max: 7 }).map((octave) => octave * 12),
  zoom: fc.constantFrom(...ZOOMS),
})

describe('the keys of the piano', () => {
  it('[AP9] lie side by side over the whole width, black ones over the edges of white ones', () => {
    fc.assert(
      fc.property(range, (shown) => {
        const span = spanOf(shown)
        expect(isBlack(span.lowest) || isBlack(span.highest)).toBe(false)
        const places = placesOf(span)
        expect(places.map(({ key }) => key).sort((a, b) => a - b)).toEqual(
          Array.from({ length: span.highest - span.lowest + 1 }, (_, index) => span.lowest + index),
        )
        const whites = places.filter((place) => !place.isBlack)
        for (const [index, { left, width }] of whites.entries()) {
          expect(left).toBeCloseTo(index / whites.length)
          expect(width).toBeCloseTo(1 / whites.length)
        }
        for (const { key, left, width } of places.filter((place) => place.isBlack)) {
          const edge = whites.find((white) => white.key === key + 1)?.left ?? -1
          expect(left).toBeLessThan(edge)
          expect(left + width).toBeGreaterThan(edge)
        }
      }),
    )
  })

  it('[AP9] are found under every point, the black ones above the white ones', () => {
    fc.assert(
      fc.property(
        range,
        fc.double({ min: -1, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (shown, x, y) => {
          const places = placesOf(spanOf(shown))
          const key = keyAt(places, x, y)
          expect(key).toBeDefined()
          const place = places.find((each) => each.key === key)
          const within = Math.min(1, Math.max(0, x))
          expect(place?.left).toBeLessThanOrEqual(within)
          expect((place?.left ?? 0) + (place?.width ?? 0)).toBeGreaterThanOrEqual(within - 1e-6)
          if (place?.isBlack) expect(y).toBeLessThan(BLACK.height)
        },
      ),
    )
  })

  it('[AP9] sound louder the nearer to their front edge they are struck', () => {
    expect(velocityAt(60, 0)).toBeLessThan(velocityAt(60, 0.5))
    expect(velocityAt(61, BLACK.height)).toBe(velocityAt(60, 1))
    for (const y of [-1, 0, 0.3, 1, 2]) {
      expect(velocityAt(60, y)).toBeGreaterThan(0)
      expect(velocityAt(60, y)).toBeLessThanOrEqual(127)
    }
  })

  it('[AP9] are called as musicians call them', () => {
    expect([21, 60, 66, 108].map(keyName)).toEqual(['A0', 'C4', 'F♯4', 'C8'])
  })
})

describe('the part of the piano in sight', () => {
  it('[AP12] stays on the piano and holds the C that the computer’s keys begin at', () => {
    const step = fc.constantFrom(
      (from: Range) => shifted(from, 1),
      (from: Range) => shifted(from, -1),
      (from: Range) => zoomed(from, 1),
      (from: Range) => zoomed(from, -1),
    )
    fc.assert(
      fc.property(fc.constantFrom(390, 700, 1280), fc.array(step), (width, steps) => {
        const shown = steps.reduce((at, next) => next(at), firstRange(width))
        const { lowest, highest } = spanOf(shown)
        expect(lowest).toBeGreaterThanOrEqual(PIANO.lowest)
        expect(highest).toBeLessThanOrEqual(PIANO.highest)
        expect(shown.base).toBeGreaterThanOrEqual(lowest)
        expect(shown.base).toBeLessThan(highest)
        expect(shown.base % 12).toBe(0)
      }),
    )
  })

  it('[AP12] says where it ends', () => {
    expect(canShift({ base: 84, zoom: 3 }, 1)).toBe(false)
    expect(canShift({ base: 24, zoom: 3 }, -1)).toBe(false)
    expect(canZoom({ base: 48, zoom: 1 }, 1)).toBe(false)
    expect(canZoom({ base: 48, zoom: 'all' }, -1)).toBe(false)
  })
})

describe('the computer’s keys', () => {
  it('[AP12] are two rows of an octave and a bit, by where they lie', () => {
    expect(wordOf('KeyZ')).toEqual({ kind: 'play', step: 0 })
    expect(wordOf('KeyS')).toEqual({ kind: 'play', step: 1 })
    expect(wordOf('KeyQ')).toEqual({ kind: 'play', step: 12 })
    expect(wordOf('KeyP')).toEqual({ kind: 'play', step: 28 })
    expect(wordOf('Minus')).toEqual({ kind: 'shift', octaves: -1 })
    expect(wordOf('Enter')).toBeUndefined()
  })

  it('[AP12] bear the letters that are printed there, as far as the browser tells', () => {
    expect(lettersByStep().get(0)).toBe('Z')
    expect(lettersByStep(new Map([['KeyZ', 'y']])).get(0)).toBe('Y')
    expect(lettersByStep().get(28)).toBe('P')
  })
})
