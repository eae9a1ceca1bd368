/** What people are called: the name they give, or one made of an adjective and an animal. Unique in a room. */
import { ROOM_LIMITS } from './room'

const ADJECTIVES =
  'Happy Clever Brave Quiet Gentle Lucky Sunny Calm Swift Bright Kind Merry Bold Cosy Witty Patient Curious Eager Proud Honest Lively Mellow Nimble Jolly Noble Polite Rapid Silent Tidy Warm Wise Young'.split(
    ' ',
  )
const ANIMALS =
  'Panda Fox Otter Owl Heron Badger Lynx Hare Robin Seal Wren Tiger Beaver Falcon Gecko Koala Lemur Marten Newt Orca Puffin Quail Raven Stork Toad Turtle Urchin Vole Walrus Yak Zebra Finch'.split(
    ' ',
  )

const COUNT = ADJECTIVES.length * ANIMALS.length

/** A name that nobody in `taken` has. `seed`: 0 ≤ seed < 1. */
export function generateName(taken: readonly string[], seed: number): string {
  const folded = new Set(taken.map((name) => name.toLowerCase()))
  const start = Math.floor(seed * COUNT)
  for (let i = 0; i < COUNT; i += 1) {
    // 389 is prime to COUNT, so the walk meets every name and neighbours look different.
    const n = (start + i * 389) % COUNT
    const name = `${ADJECTIVES[n % ADJECTIVES.length]} ${ANIMALS[Math.floor(n / ADJECTIVES.length)]}`
    if (!folded.has(name.toLowerCase())) return name
  }
  return distinctName(taken, 'Somebody')
}

/** The name somebody gave, without control characters and doubled spaces; nothing if it is not usable. */
export function cleanName(text: string): string | undefined {
  const name = text.replaceAll(/[\p{C}\p{Z}\s]+/gu, ' ').trim()
  return name.length >= 1 && name.length <= ROOM_LIMITS.nameLength ? name : undefined
}

/** The name itself, or with the first number that makes it distinct. */
export function distinctName(taken: readonly string[], name: string): string {
  const folded = new Set(taken.map((other) => other.toLowerCase()))
  let distinct = name
  for (let n = 2; folded.has(distinct.toLowerCase()); n += 1) {
    const suffix = ` ${n}`
    distinct = name.slice(0, ROOM_LIMITS.nameLength - suffix.length).trimEnd() + suffix
  }
  return distinct
}
