/**
 * Which part of the piano is seen, and where the computer's keys play on it. Pure.
 * Both begin at one C, so that what the keys play is in sight; only with all keys in sight they may lie anywhere.
 */
import { type KeySpan, PIANO } from './key-layout'

export const ZOOMS = [1, 2, 3, 4, 'all'] as const
export type Zoom = (typeof ZOOMS)[number]

/** `base`: the C that the lower row of the computer's keys begins at. */
export type Range = { readonly base: number; readonly zoom: Zoom }

/** Fingers want keys that are wide enough. */
export function firstRange(widthPx: number): Range {
  if (widthPx >= 900) return { base: 48, zoom: 3 }
  return widthPx >= 600 ? { base: 48, zoom: 2 } : { base: 60, zoom: 1 }
}

const OCTAVE = 12
const LOWEST_BASE = 24
const HIGHEST_BASE = 84

export function spanOf({ base, zoom }: Range): KeySpan {
  if (zoom === 'all') return PIANO
  const highest = Math.min(PIANO.highest, base + OCTAVE * zoom)
  return { lowest: highest - OCTAVE * zoom, highest }
}

/** By so many octaves, as far as the piano goes. */
export function shifted(range: Range, octaves: number): Range {
  const base = Math.min(HIGHEST_BASE, Math.max(LOWEST_BASE, range.base + octaves * OCTAVE))
  return { ...range, base }
}

/** Nearer (1) or further away (-1). */
export function zoomed(range: Range, by: 1 | -1): Range {
  return { ...range, zoom: ZOOMS[ZOOMS.indexOf(range.zoom) - by] ?? range.zoom }
}

export function canZoom(range: Range, by: 1 | -1): boolean {
  return zoomed(range, by).zoom !== range.zoom
}

export function canShift(range: Range, octaves: number): boolean {
  return shifted(range, octaves).base !== range.base
}
