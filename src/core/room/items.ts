/** From what somebody wishes to play to items of a room. */
import { positionWithin } from './bounds'
import type { MediaWish } from './command'
import type { Context } from './context'
import { type Item, type ItemContent, UNVOTED } from './item'
import type { MemberId } from './room'

const LARGEST_NUMBER = 2 ** 31 - 1

export function itemFrom(wish: MediaWish, { id, seed }: { readonly id: string; readonly seed: number }): Item {
  return { id, number: numberFrom(seed), ...lengthsOf(wish), ...UNVOTED, content: contentOf(wish.content) }
}

/** Items as they come into the queue, each with an id and a number of its own. */
export function queuedItems(
  wishes: readonly MediaWish[],
  { id, seed }: Context['fresh'],
  addedBy: MemberId,
): readonly Item[] {
  return wishes.map((wish, index) => ({
    ...itemFrom(wish, { id: index === 0 ? id : `${id}-${index}`, seed: (seed + index * 0.618_033_988_7) % 1 }),
    addedBy,
    queued: true,
  }))
}

export function lengthsOf({
  durationSec,
  startAtSec,
  endAtSec,
}: Omit<MediaWish, 'content'>): Omit<MediaWish, 'content'> {
  return {
    ...(durationSec !== undefined && { durationSec: positionWithin(durationSec) }),
    ...(startAtSec !== undefined && { startAtSec: positionWithin(startAtSec, durationSec) }),
    ...(endAtSec !== undefined && { endAtSec: positionWithin(endAtSec, durationSec) }),
  }
}

/** What can't be seen is left out: it would only make a room's copy longer than it looks. */
function contentOf({ address, title, author, image }: ItemContent): ItemContent {
  return {
    address: visible(address),
    title: visible(title),
    ...(author !== undefined && { author: visible(author) }),
    ...(image !== undefined && { image: visible(image) }),
  }
}

function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}]+/gu, ' ')
}

function numberFrom(seed: number): number {
  return 1 + Math.floor(seed * LARGEST_NUMBER)
}
