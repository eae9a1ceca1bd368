/** What a room will do by itself, and when. The shell keeps one timer for it; asking too early or twice is refused. */
import type { TimedCommand } from './command'
import { mediaOverAtMs } from './next-item'
import { hostOf, isConnected, type PublicRoom, ROOM_TIMES } from './room'

export type Due = { readonly atMs: number; readonly command: TimedCommand }

/** The next thing due, if there is any. */
export function due(room: PublicRoom): Due | undefined {
  let next: Due | undefined
  for (const candidate of allDue(room)) if (!next || candidate.atMs < next.atMs) next = candidate
  return next
}

/** Is this command due by now? */
export function isDue(room: PublicRoom, command: TimedCommand, nowMs: number): boolean {
  return allDue(room).some(
    (candidate) =>
      candidate.atMs <= nowMs &&
      candidate.command.type === command.type &&
      isAbout(candidate.command) === isAbout(command),
  )
}

/** Whom or what it is about, where there may be several. */
function isAbout(command: TimedCommand): string | undefined {
  if (command.type === 'seat-expired') return command.memberId
  return command.type === 'media-over' ? command.itemId : undefined
}

function allDue(room: PublicRoom): Due[] {
  if (room.closed) return []
  const all: Due[] = []
  if (room.waiting) all.push({ atMs: room.waiting.untilMs, command: { type: 'waiting-expired' } })
  if (room.emptySinceMs !== undefined) {
    const keptMs = room.settings.temporary ? ROOM_TIMES.emptyMs : ROOM_TIMES.emptyPermanentMs
    all.push({ atMs: room.emptySinceMs + keptMs, command: { type: 'empty-expired' } })
  }
  for (const { id, presence } of room.members) {
    if (presence.kind === 'away') {
      all.push({ atMs: presence.sinceMs + ROOM_TIMES.seatMs, command: { type: 'seat-expired', memberId: id } })
    }
  }
  const host = hostOf(room)
  const somebodyElse = room.members.some((member) => member.role !== 'host' && !member.bot && isConnected(member))
  if (host?.presence.kind === 'away' && (somebodyElse || room.whenHostLeaves === 'close')) {
    all.push({ atMs: host.presence.sinceMs + ROOM_TIMES.hostGraceMs, command: { type: 'host-grace-expired' } })
  }
  const overAtMs = mediaOverAtMs(room)
  if (room.media && overAtMs !== undefined) {
    all.push({ atMs: overAtMs, command: { type: 'media-over', itemId: room.media.id } })
  }
  return all
}
