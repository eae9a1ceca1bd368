/**
 * What sessions say to one another past the room: signals, and lines for some only. Nothing of it is stored.
 * Sees to who may, and how much of it one person may; how it is batched is `signals.ts`, who hears a line `addressed.ts`.
 */
import { NOTE_RATES } from '../core/notes/note-rate'
import { type Refusal, refuse } from '../core/room/refusal'
import type { MemberId } from '../core/room/room'
import { silenced } from '../core/room/silenced'
import type { AddressedLine, PlayerReport } from '../dialects/dialect'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import { addressLine } from './addressed'
import type { Audience } from './audience'
import type { Metrics } from './metrics'
import { createNotes, type NotesWish } from './notes'
import type { Rooms } from './rooms'
import type { Session } from './session'
import { createSignals } from './signals'
import { createTokenBuckets } from './token-bucket'

export type Talk = {
  report(session: Session, report: PlayerReport): void
  typing(session: Session, isTyping: boolean): void
  react(session: Session, emoji: string): void
  notes(session: Session, wish: NotesWish): void
  /** What only the same wire understands, to all in the room who speak it. `isSaid`: it comes of what somebody sent, and they may send more. */
  relay(session: Session, fields: string, isSaid: boolean): void
  write(session: Session, wish: Pick<AddressedLine, 'to' | 'text'>): Refusal | undefined
  /** Whoever sat there is gone, or another socket sits there now. */
  gone(roomId: string, memberId: MemberId): void
  /** Nobody hears in this room any more. */
  drop(roomId: string): void
}

/** Letters. */
export const MAX_RELAYED = 2048
/** What somebody sends is told to everybody of a wire. */
const RELAYS_IN_ROOM = NOTE_RATES.room

export type TalkDeps = {
  readonly rooms: Pick<Rooms, 'held'>
  readonly audience: Audience<Session>
  readonly clock: Clock
  readonly timers: Timers
  readonly metrics: Metrics
}

export function createTalk({ rooms, audience, clock, timers, metrics }: TalkDeps): Talk {
  const signals = createSignals({
    clock,
    timers,
    hearers: {
      size: (roomId) => audience.size(roomId),
      has: (roomId, memberId) => audience.at(roomId, memberId) !== undefined,
      tell: (roomId, told) => audience.tell(roomId, told),
    },
    onDropped: () => metrics.dropped(),
  })
  const notes = createNotes({
    clock,
    tellOthers: (roomId, batch) => audience.tellOthers(roomId, batch.memberId, { kind: 'notes', batch }),
    onDropped: () => metrics.dropped(),
  })

  const inRooms = createTokenBuckets(RELAYS_IN_ROOM.perSec, RELAYS_IN_ROOM.burst)

  /** What somebody may not say in words they don't say by signals either. */
  const isSilenced = ({ roomId, memberId }: NonNullable<Session['seat']>): boolean => {
    const room = rooms.held(roomId)
    return !room || silenced(room, memberId, clock.nowMs()) !== undefined
  }

  return {
    report({ seat }, report) {
      if (seat) signals.report(seat.roomId, seat.memberId, report)
    },
    typing({ seat }, isTyping) {
      if (seat && !(isTyping && isSilenced(seat))) signals.typing(seat.roomId, seat.memberId, isTyping)
    },
    react({ seat, reactions }, emoji) {
      if (!seat || isSilenced(seat)) return
      if (reactions.take(clock.nowMs())) signals.react(seat.roomId, seat.memberId, emoji)
      else metrics.dropped()
    },
    notes({ seat }, wish) {
      if (!seat) return
      if (isSilenced(seat)) notes.stop(seat.roomId, seat.memberId)
      else notes.play(seat.roomId, seat.memberId, wish)
    },
    relay({ seat, dialect, relays }, fields, isSaid) {
      if (!seat || fields.length > MAX_RELAYED) return
      const nowMs = clock.nowMs()
      // What machines tell each other without being asked is little, and must not be lost.
      if (isSaid && !(relays.take(nowMs) && inRooms.take(seat.roomId, nowMs))) return metrics.dropped()
      audience.tellAlike(seat.roomId, dialect.name, { kind: 'relayed', from: seat.memberId, fields })
    },
    write({ seat, lines }, wish) {
      const room = seat && rooms.held(seat.roomId)
      if (!seat || !room) return refuse('not-in-room')
      const addressed = addressLine(room, seat.memberId, wish, clock.nowMs())
      if ('code' in addressed) return addressed
      if (!lines.take(clock.nowMs())) return refuse('too-fast')
      audience.tellSome(seat.roomId, addressed.hearers, { kind: 'line', line: addressed.line })
      return undefined
    },
    gone: (roomId, memberId) => notes.stop(roomId, memberId),
    drop(roomId) {
      signals.drop(roomId)
      notes.drop(roomId)
    },
  }
}
