/**
 * Which finger is on which key. A finger is whatever holds a key: a pointer, a key of the computer, a key of an instrument.
 * A key begins with the first finger on it and ends with the last. Pure; knows no sound and no screen.
 */

/** Keys by finger; a finger is on one key at most. */
export type Hands = ReadonlyMap<string, number>

export const NO_HANDS: Hands = new Map()

/** What a finger's move changes, in this order. */
type Moved = { readonly hands: Hands; readonly off?: number; readonly on?: number }

/** The finger comes down on a key, also from another one, as in a glissando. */
export function press(hands: Hands, finger: string, key: number): Moved {
  if (hands.get(finger) === key) return { hands }
  const lifted = lift(hands, finger)
  const wasDown = isDown(lifted.hands, key)
  return { ...lifted, hands: new Map(lifted.hands).set(finger, key), ...(wasDown ? {} : { on: key }) }
}

export function lift(hands: Hands, finger: string): Moved {
  const key = hands.get(finger)
  if (key === undefined) return { hands }
  const left = new Map([...hands].filter(([each]) => each !== finger))
  return isDown(left, key) ? { hands: left } : { hands: left, off: key }
}

export function isDown(hands: Hands, key: number): boolean {
  return [...hands.values()].includes(key)
}
