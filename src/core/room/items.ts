/** From what somebody wishes to play to items of a room, and whether there is room for them. */
import { positionWithin } from './bounds'
import type { MediaWish } from './command'
import type { Context } from './context'
import { asManyAsFit, type Item, type ItemContent, UNVOTED } from './item'
import { type MemberId, type PublicRoom, ROOM_LIMITS } from './room'
import { visible } from './visible'

const LARGEST_NUMBER = 2 ** 31 - 1

export function itemFrom(wish: MediaWish, { id, seed }: { readonly id: string; readonly seed: number }): Item {
  return { id, number: numberFrom(seed), ...lengthsOf(wish), ...UNVOTED, content: contentOf(wish.content) }
}

/** Items as they come into the queue, each with an id and a number of its own. */
export function queuedItems(
  room: PublicRoom,
  wishes: readonly MediaWish[],
  { id, seed }: Context['fresh'],
  addedBy: MemberId,
): readonly Item[] {
  const taken = numbersIn(room)
  return wishes.map((wish, index) => {
    const item = itemFrom(wish, { id: index === 0 ? id : `${id}-${index}`, seed })
    let { number } = item
    while (taken.has(number)) number = number === LARGEST_NUMBER ? 1 : number + 1
    taken.add(number)
    return { ...item, number, addedBy, queued: true }
  })
}

function numbersIn({ media, queue, history }: PublicRoom): Set<number> {
  const items = [...queue.items, ...queue.previous, ...history]
  return new Set([...items.map((item) => item.number), ...(media ? [media.number] : [])])
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

/** Is there room for these beside those that wait, in number and in length? */
export function fits(waiting: readonly Item[], more: readonly Item[]): boolean {
  const items = [...waiting, ...more]
  return items.length <= ROOM_LIMITS.items && asManyAsFit(items, ROOM_LIMITS.queueLength) === items
}

/** Whoever voted may have left while the item was out of the queue. */
export function withVotesOfThoseHere({ members }: PublicRoom, item: Item): Item {
  const here = new Set(members.map((member) => member.id))
  const kept = (ids: readonly MemberId[]): readonly MemberId[] => ids.filter((id) => here.has(id))
  return { ...item, up: kept(item.up), down: kept(item.down), grabs: kept(item.grabs) }
}

function contentOf({ address, title, author, image }: ItemContent): ItemContent {
  return {
    address: visible(address),
    title: visible(title),
    ...(author !== undefined && { author: visible(author) }),
    ...(image !== undefined && { image: visible(image) }),
  }
}

function numberFrom(seed: number): number {
  return 1 + Math.floor(seed * LARGEST_NUMBER)
}
