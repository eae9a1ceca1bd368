/**
 * The room waits for a member who is buffering: it stands still until all of them can play again, at the latest until a
 * deadline, and then goes on without them. A stall is never anybody's pause: only the room acts here.
 */
import { leadMs } from '../lead'
import { latestLine, lineAt, positionAt } from '../timeline'
import type { Draft } from './draft'
import { moveTimeline } from './move-timeline'
import { type MemberId, memberOf, ROOM_TIMES, type SuspensionReason } from './room'

/** Other reasons are told to the room, but an advertisement or a missing click may last for ever. */
const WAITED_FOR: ReadonlySet<SuspensionReason> = new Set(['buffering'])

export function suspendMember(draft: Draft, memberId: MemberId, reason: SuspensionReason): void {
  const { nowMs, pathsMs } = draft.context
  const member = memberOf(draft.room(), memberId)
  if (!member || member.suspension?.reason === reason) return
  draft.emit({ type: 'member-suspended', memberId, suspension: { reason, sinceMs: nowMs } })
  if (!WAITED_FOR.has(reason)) {
    stopWaitingFor(draft, memberId)
    return
  }
  if (member.notWaitedForUntilMs !== undefined && nowMs < member.notWaitedForUntilMs) return

  const { waiting, timeline } = draft.room()
  if (waiting) {
    draft.emit({ type: 'waiting-changed', waiting: { ...waiting, for: [...waiting.for, memberId] } })
    return
  }
  const last = latestLine(timeline)
  if (!last.playing) return
  const atMs = Math.max(nowMs + leadMs(pathsMs, 'pause'), last.atMs)
  draft.emit({
    type: 'waiting-changed',
    waiting: { for: [memberId], sinceMs: nowMs, untilMs: nowMs + ROOM_TIMES.waitMs },
  })
  moveTimeline(draft, 'wait', { ...last, positionSec: positionAt(last, atMs), playing: false, atMs })
}

export function resumeMember(draft: Draft, memberId: MemberId): void {
  if (!memberOf(draft.room(), memberId)?.suspension) return
  draft.emit({ type: 'member-resumed', memberId })
  stopWaitingFor(draft, memberId)
}

/** Whoever left, went away or can play again is waited for no more; after the last one the room goes on. */
export function stopWaitingFor(draft: Draft, memberId: MemberId): void {
  const { waiting } = draft.room()
  if (!waiting?.for.includes(memberId)) return
  const { nowMs } = draft.context
  // Otherwise one member who stalls again and again, by bad luck or on purpose, would hold everybody for ever.
  const untilMs = nowMs + ROOM_TIMES.notWaitedForTimes * (nowMs - waiting.sinceMs)
  const notWaitedFor = { members: [memberId], untilMs }
  const others = waiting.for.filter((id) => id !== memberId)
  if (others.length > 0) {
    draft.emit({ type: 'waiting-changed', waiting: { ...waiting, for: others }, notWaitedFor })
    return
  }
  draft.emit({ type: 'waiting-changed', notWaitedFor })
  goOn(draft)
}

export function stopWaiting(draft: Draft, { giveUp }: { giveUp: boolean }): void {
  const { waiting } = draft.room()
  if (!waiting) return
  draft.emit(
    giveUp
      ? {
          type: 'waiting-changed',
          notWaitedFor: { members: waiting.for, untilMs: draft.context.nowMs + ROOM_TIMES.notWaitedForMs },
        }
      : { type: 'waiting-changed' },
  )
}

/** Plays on from where the room stands; if it has not come to a stop yet, it never does. */
export function goOn(draft: Draft): void {
  const { nowMs, pathsMs } = draft.context
  const { timeline } = draft.room()
  const counts = lineAt(timeline, nowMs)
  const line = counts.playing
    ? counts
    : { ...latestLine(timeline), playing: true, atMs: nowMs + leadMs(pathsMs, 'play') }
  moveTimeline(draft, 'go-on', line)
}
