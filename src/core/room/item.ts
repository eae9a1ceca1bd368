/**
 * What can be played: an item, waiting in the queue or current, and what remains of it in the history.
 * Content is apart from structure.
 */
import type { MemberId } from './member-id'

export type ItemContent = {
  readonly address: string
  readonly title: string
  readonly author?: string
  /** The address of a picture. */
  readonly image?: string
}

export type Item = {
  readonly id: string
  /** Durable, 31 bits, for wires that name media by integers. */
  readonly number: number
  readonly durationSec?: number
  /** Where it starts, and where it ends if not with its length. */
  readonly startAtSec?: number
  readonly endAtSec?: number
  readonly addedBy?: MemberId
  /** It came from the queue, so the room moves on when it is over; what was set stays. */
  readonly queued?: true
  /** Since when it is current. */
  readonly sinceMs?: number
  /** Who likes it, who does not, and who took it along. */
  readonly up: readonly MemberId[]
  readonly down: readonly MemberId[]
  readonly grabs: readonly MemberId[]
  readonly content: ItemContent
}

/** What was played, last first. */
export type Played = {
  readonly itemId: string
  readonly number: number
  readonly durationSec?: number
  readonly addedBy?: MemberId
  readonly sinceMs: number
  readonly endedAtMs: number
  readonly skipped: boolean
  readonly score: {
    readonly up: number
    readonly down: number
    readonly grabs: number
    readonly listeners: number
  }
  readonly content: ItemContent
}

export type Queue = {
  readonly items: readonly Item[]
  /** The last cleared queue, which can be restored. */
  readonly previous: readonly Item[]
}

/** Who takes turns in a rotation. */
export type Booth = {
  /** Whose item is current. */
  readonly playing?: MemberId
  /** Who comes next, in order. */
  readonly waiting: readonly MemberId[]
}

/** The length that an item is played to; nothing where nobody knows. A moment is no length: such a queue would race. */
export function endOf(item: Item): number | undefined {
  const endSec = item.endAtSec ?? item.durationSec
  return endSec !== undefined && endSec - (item.startAtSec ?? 0) >= SHORTEST_SEC ? endSec : undefined
}

const SHORTEST_SEC = 1

/** An item that nobody has voted on yet. */
export const UNVOTED = { up: [], down: [], grabs: [] } as const

/** The first of them whose content together, as JSON, is no longer than that. */
export function asManyAsFit(items: readonly Item[], longest: number): readonly Item[] {
  let left = longest
  const end = items.findIndex((item) => {
    left -= JSON.stringify(item.content).length
    return left < 0
  })
  return end < 0 ? items : items.slice(0, end)
}

/** How an item was voted: plus and minus. */
export function scoreOf(item: Item): number {
  return item.up.length - item.down.length
}
