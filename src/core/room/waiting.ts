/**
 * The room waits for members who can't play: it stands still until all of them can again, at the latest until a
 * deadline, and then goes on without them. A stall is never anybody's pause: only the room acts here.
 * For whom it waits and how long is in `patience.ts`.
 */
import { leadMs } from '../lead'
import { latestLine, lineAt, positionAt } from '../timeline'
import type { Draft } from './draft'
import { moveTimeline } from './move-timeline'
import { cleanPatience, hasPatience, isWorthWaitingFor, nobodyCanPlay, patienceFullAtMs, waitUntilMs } from './patience'
import { type MemberId, memberOf, type Patience, ROOM_TIMES, type SuspensionReason } from './room'

export function suspendMember(draft: Draft, memberId: MemberId, reason: SuspensionReason): void {
  const { nowMs } = draft.context
  const member = memberOf(draft.room(), memberId)
  if (!member || member.suspension?.reason === reason) return
  draft.emit({ type: 'member-suspended', memberId, suspension: { reason, sinceMs: nowMs } })
  if (!isWorthWaitingFor(draft.room(), memberId, nowMs)) {
    stopWaitingFor(draft, memberId)
    return
  }
  const { waiting } = draft.room()
  if (!waiting) stopToWait(draft, [memberId])
  else if (!waiting.for.includes(memberId)) {
    draft.emit({ type: 'waiting-changed', waiting: { ...waiting, for: [...waiting.for, memberId] } })
  }
}

export function resumeMember(draft: Draft, memberId: MemberId): void {
  if (!memberOf(draft.room(), memberId)?.suspension) return
  const hadToWait = !nobodyCanPlay(draft.room())
  draft.emit({ type: 'member-resumed', memberId })
  stopWaitingFor(draft, memberId, hadToWait)
}

/** Counts at once: for who can't play now, and for a wait that has begun. */
export function setPatience(draft: Draft, wish: Patience): void {
  const patience = cleanPatience(wish)
  if (JSON.stringify(patience) === JSON.stringify(draft.room().patience)) return
  draft.emit({ type: 'patience-changed', patience })
  const { waiting } = draft.room()
  if (!waiting) {
    stopToWait(draft, worthWaitingFor(draft))
    return
  }
  const now = { ...waiting, for: worthWaitingFor(draft), untilMs: waitUntilMs(draft.room(), waiting.sinceMs) }
  if (now.for.length === 0) goOnWithout(draft)
  else if (now.untilMs <= draft.context.nowMs) expireWaiting(draft, now.for)
  else draft.emit({ type: 'waiting-changed', waiting: now })
}

/** Begins to wait for everybody who is worth it; answers whether there was anybody. The timeline is the caller's to stop. */
export function startWaiting(draft: Draft, members = worthWaitingFor(draft)): boolean {
  const { nowMs } = draft.context
  if (members.length === 0 || !hasPatience(draft.room(), nowMs)) return false
  const waiting = { for: members, sinceMs: nowMs, untilMs: waitUntilMs(draft.room(), nowMs) }
  draft.emit({ type: 'waiting-changed', waiting })
  return true
}

/** Whoever left, went away or can play again is waited for no more; after the last one the room goes on. */
export function stopWaitingFor(draft: Draft, memberId: MemberId, hadToWait = true): void {
  const { waiting } = draft.room()
  if (!waiting?.for.includes(memberId)) return
  // Who held up nobody owes nothing.
  const notWaitedFor = hadToWait && hadTheirShare(draft, [memberId], 0)
  const others = waiting.for.filter((id) => id !== memberId)
  if (others.length > 0) {
    draft.emit({
      type: 'waiting-changed',
      waiting: { ...waiting, for: others },
      ...(notWaitedFor && { notWaitedFor }),
    })
    return
  }
  draft.emit({ type: 'waiting-changed', ...(notWaitedFor && { notWaitedFor, ...spent(draft) }) })
  goOn(draft)
}

export function expireWaiting(draft: Draft, members = draft.room().waiting?.for ?? []): void {
  if (nobodyCanPlay(draft.room())) startWaiting(draft, members)
  else goOnWithout(draft)
}

function goOnWithout(draft: Draft): void {
  const without = draft.room().waiting?.for ?? []
  stopWaiting(draft, { giveUp: true })
  goOn(draft, without)
}

export function stopWaiting(draft: Draft, { giveUp }: { giveUp: boolean }): void {
  const { waiting } = draft.room()
  if (!waiting) return
  draft.emit({
    type: 'waiting-changed',
    ...(giveUp && { notWaitedFor: hadTheirShare(draft, waiting.for, ROOM_TIMES.notWaitedForMs) }),
    ...spent(draft),
  })
}

/** Stops a room that plays; one that stands still is not stopped any more than it is. */
function stopToWait(draft: Draft, members: readonly MemberId[]): void {
  const { nowMs, pathsMs } = draft.context
  const last = latestLine(draft.room().timeline)
  const [memberId] = members
  if (memberId === undefined || !last.playing || !startWaiting(draft, members)) return
  const atMs = Math.max(nowMs + leadMs(pathsMs, 'pause'), last.atMs)
  const line = { ...last, positionSec: positionAt(last, atMs), playing: false, atMs }
  moveTimeline(draft, 'wait', line, { memberId })
}

function worthWaitingFor(draft: Draft): readonly MemberId[] {
  const room = draft.room()
  return room.members.flatMap(({ id }) => (isWorthWaitingFor(room, id, draft.context.nowMs) ? [id] : []))
}

/** Otherwise one member who stalls again and again, by bad luck or on purpose, would hold everybody for ever. */
function hadTheirShare(draft: Draft, members: readonly MemberId[], leastMs: number) {
  const { nowMs } = draft.context
  const waitedMs = nowMs - (draft.room().waiting?.sinceMs ?? nowMs)
  return { members, untilMs: nowMs + Math.max(leastMs, ROOM_TIMES.notWaitedForTimes * waitedMs) }
}

function spent(draft: Draft) {
  return { patienceFullAtMs: patienceFullAtMs(draft.room(), draft.context.nowMs) }
}

/** Plays on from where the room stands; if it has not come to a stop yet, it never does. Nobody started it: it goes on by itself. */
function goOn(draft: Draft, without: readonly MemberId[] = []): void {
  const { nowMs, pathsMs } = draft.context
  const { timeline } = draft.room()
  const counts = lineAt(timeline, nowMs)
  const line = counts.playing
    ? counts
    : { ...latestLine(timeline), playing: true, atMs: nowMs + leadMs(pathsMs, 'play') }
  moveTimeline(draft, 'go-on', line, without.length > 0 ? { without } : {})
}
