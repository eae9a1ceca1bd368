/**
 * The room's patience: for whom it waits, and how long at most. To set by who may configure the room; what waiting does is in `waiting.ts`.
 * A room has only so much of it, however many members stall in turns: a second waited is a second to run before it is back.
 */
import {
  audienceOf,
  type MemberId,
  memberOf,
  type Patience,
  type PublicRoom,
  WAITABLE_REASONS,
  type WaitableReason,
} from './room'

export const DEFAULT_PATIENCE: Patience = { mostSec: 10, reasons: ['buffering'] }

export const PATIENCE_BOUNDS = { leastSec: 0, mostSec: 300 } as const

/** What a whole room can wait without having run; twice its longest wait, if that is more. */
const WHOLE_MS = 60_000
/** To stop for less is more of a nuisance than to go on. */
const WORTH_STOPPING_MS = 2_000

/** The same wish has one spelling. */
export function cleanPatience({ mostSec, reasons }: Patience): Patience {
  return { mostSec: mostSec + 0, reasons: WAITABLE_REASONS.filter((reason) => reasons.includes(reason)) }
}

export function isPatienceWithin({ mostSec }: Patience): boolean {
  return mostSec >= PATIENCE_BOUNDS.leastSec && mostSec <= PATIENCE_BOUNDS.mostSec
}

/** Would the room wait for this member now, if it has patience left? */
export function isWorthWaitingFor(room: PublicRoom, memberId: MemberId, nowMs: number): boolean {
  const { mostSec, reasons } = room.patience
  const member = memberOf(room, memberId)
  if (mostSec === 0 || member?.presence.kind !== 'connected') return false
  if (nowMs < (member.notWaitedForUntilMs ?? nowMs) && !nobodyCanPlay(room)) return false
  return reasons.includes(member.suspension?.reason as WaitableReason)
}

/** Then there is nobody who is held up, and nobody to go on for. */
export function nobodyCanPlay(room: PublicRoom): boolean {
  return audienceOf(room).every(({ suspension }) => suspension)
}

/** Until when a wait that begins at that moment may last. */
export function waitUntilMs(room: PublicRoom, sinceMs: number): number {
  return sinceMs + Math.min(room.patience.mostSec * 1000, leftMs(room, sinceMs))
}

export function hasPatience(room: PublicRoom, nowMs: number): boolean {
  const mostMs = room.patience.mostSec * 1000
  return mostMs > 0 && leftMs(room, nowMs) >= Math.min(mostMs, WORTH_STOPPING_MS)
}

/** When a room that ends its wait now will have run for as long as it has waited. */
export function patienceFullAtMs({ waiting, patienceFullAtMs: before }: PublicRoom, nowMs: number): number {
  const sinceMs = waiting?.sinceMs ?? nowMs
  return Math.max(before ?? sinceMs, sinceMs) + 2 * Math.max(0, nowMs - sinceMs)
}

function leftMs(room: PublicRoom, nowMs: number): number {
  if (nobodyCanPlay(room)) return Number.POSITIVE_INFINITY
  const wholeMs = Math.max(WHOLE_MS, 2000 * room.patience.mostSec)
  return wholeMs - Math.max(0, (room.patienceFullAtMs ?? nowMs) - nowMs)
}
