/** What comes next in a room, and when what is current is over. Only reads. */
import { type Booth, endOf, type Item, scoreOf } from './item'
import { isConnected, type MemberId, type PublicRoom } from './room'

/** The next item, and in a rotation the booth as it is then. */
export type Next = { readonly item?: Item; readonly booth?: Booth }

export function nextItem(room: PublicRoom): Next {
  const { items } = room.queue
  const [first] = items
  switch (room.settings.mode) {
    case 'manual':
    case 'loop':
      return { ...(first && { item: first }) }
    case 'vote': {
      let best = first
      for (const item of items) if (best && scoreOf(item) > scoreOf(best)) best = item
      return { ...(best && { item: best }) }
    }
    case 'rotation':
      return nextTurn(room)
  }
}

/** Whoever has had a turn goes to the end of the line, or out of the booth; who has nothing to play is passed over. */
function nextTurn({ booth, queue, settings }: PublicRoom): Next {
  const { playing } = booth
  const line: readonly MemberId[] =
    playing !== undefined && settings.cycle ? [...booth.waiting, playing] : booth.waiting
  for (const dj of line) {
    const item = queue.items.find((each) => each.addedBy === dj)
    if (item) return { item, booth: { playing: dj, waiting: line.filter((other) => other !== dj) } }
  }
  return { booth: { waiting: line } }
}

/** When the room moves on by itself; never while the length is not known, or nobody is there. */
export function mediaOverAtMs(room: PublicRoom): number | undefined {
  const { media } = room
  if (!media || !room.members.some(isConnected)) return undefined
  // What was set stays at its end as it always did, if nothing comes after it.
  const movesOn = media.queued || room.settings.mode === 'loop' || nextItem(room).item !== undefined
  const endSec = endOf(media)
  return movesOn && endSec !== undefined ? reachedAtMs(room, endSec) : undefined
}

function reachedAtMs({ timeline }: PublicRoom, endSec: number): number | undefined {
  const { current, next } = timeline
  for (const [line, untilMs] of [
    [current, next?.atMs ?? Number.POSITIVE_INFINITY] as const,
    [next, Number.POSITIVE_INFINITY] as const,
  ]) {
    if (!line?.playing) continue
    const atMs = line.atMs + (1000 * Math.max(0, endSec - line.positionSec)) / line.rate
    if (atMs < untilMs) return atMs
  }
  return undefined
}
