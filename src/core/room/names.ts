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
  const folded = new Set(taken.map(fold))
  const start = Math.floor(seed * COUNT)
  for (let i = 0; i < COUNT; i += 1) {
    // 389 is prime to COUNT, so the walk meets every name and neighbours look different.
    const n = (start + i * 389) % COUNT
    const name = `${ADJECTIVES[n % ADJECTIVES.length]} ${ANIMALS[Math.floor(n / ADJECTIVES.length)]}`
    if (!folded.has(fold(name))) return name
  }
  return distinctName(taken, 'Somebody')
}

/** The name somebody gave, without what can't be seen; nothing if nothing is left or it is too long. */
export function cleanName(text: string): string | undefined {
  const name = text
    // Joiners and fillers make names that look alike, or like nothing.
    .replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Z}\s\u2800]+/gu, ' ')
    // Two marks on a letter is what languages need; a tower of them hides the lines above.
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
  return name.length >= 1 && name.length <= ROOM_LIMITS.nameLength ? name : undefined
}

/** The name itself, or with the first number that makes it distinct from names that read the same. */
export function distinctName(taken: readonly string[], name: string): string {
  const folded = new Set(taken.map(fold))
  let distinct = name
  for (let n = 2; folded.has(fold(distinct)); n += 1) {
    const suffix = ` ${n}`
    distinct = cut(name, ROOM_LIMITS.nameLength - suffix.length) + suffix
  }
  return distinct
}

/** Letters that are the same but for case, width or composition are the same. */
function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase()
}

/** At most so many UTF-16 units, and no half characters. */
function cut(name: string, longest: number): string {
  const characters = Array.from(name)
  while (characters.join('').length > longest) characters.pop()
  return characters.join('').trimEnd()
}
