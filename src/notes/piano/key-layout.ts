/**
 * Where each key lies, in shares of the keyboard's width and height, and which key lies under a point.
 * Pure; knows no pixels. White keys are equally wide, black ones lie over their edges, a little off the middle as on any piano.
 */

export type KeyPlace = {
  readonly key: number
  readonly isBlack: boolean
  readonly left: number
  readonly width: number
}

export type KeySpan = { readonly lowest: number; readonly highest: number }

/** A piano has 88. */
export const PIANO: KeySpan = { lowest: 21, highest: 108 }

export const BLACK = { height: 0.62, width: 0.6 } as const

/** Within an octave: the white keys before this one, or the edge that a black one lies over, in white keys. */
const WHITES_BEFORE = [0, 0.92, 1, 2.08, 2, 3, 3.9, 4, 5, 5, 6.1, 6] as const

export function isBlack(key: number): boolean {
  return [1, 3, 6, 8, 10].includes(key % 12)
}

/** In white keys from the lowest C there is, to the left edge of a white key or the middle of a black one. */
function whitesBefore(key: number): number {
  return Math.floor(key / 12) * 7 + (WHITES_BEFORE[key % 12] ?? 0)
}

/** Both ends of the span are white keys. White keys first, so that black ones are drawn over them. */
export function placesOf({ lowest, highest }: KeySpan): readonly KeyPlace[] {
  const first = whitesBefore(lowest)
  const count = whitesBefore(highest) - first + 1
  const places = Array.from({ length: highest - lowest + 1 }, (_, index): KeyPlace => {
    const key = lowest + index
    const from = whitesBefore(key) - first
    return isBlack(key)
      ? { key, isBlack: true, left: (from - BLACK.width / 2) / count, width: BLACK.width / count }
      : { key, isBlack: false, left: from / count, width: 1 / count }
  })
  return [...places.filter((place) => !place.isBlack), ...places.filter((place) => place.isBlack)]
}

/** The key under a point; the nearest one for a point beside or below the keyboard. */
export function keyAt(places: readonly KeyPlace[], x: number, y: number): number | undefined {
  const within = Math.min(1 - 1e-9, Math.max(0, x))
  const isOver = (place: KeyPlace) => within >= place.left && within < place.left + place.width
  const black = y < BLACK.height ? places.find((place) => place.isBlack && isOver(place)) : undefined
  return (black ?? places.find((place) => !place.isBlack && isOver(place)))?.key
}

const SOFTEST = 36
const LOUDEST = 124

/** Struck near the front edge a key has a longer lever: it sounds louder. `y` from 0 at its back. */
export function velocityAt(key: number, y: number): number {
  const share = Math.min(1, Math.max(0, y / (isBlack(key) ? BLACK.height : 1)))
  return Math.round(SOFTEST + (LOUDEST - SOFTEST) * share)
}
