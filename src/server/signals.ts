/**
 * What is told once and not kept, bounded however many people there are: a room of 100 costs each of them a few frames a second.
 * State signals (reports, typing): newest wins, in batches. Stream signals (reactions): each one, in order, soon.
 * Who may signal is not known here, nor how it is spelt.
 */
import type { MemberId } from '../core/room/room'
import type { PlayerReport, ReactionSignal } from '../dialects/dialect'
import type { Told } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'

export type Hearers = {
  /** How many sit in this room and hear. */
  size(roomId: string): number
  has(roomId: string, memberId: MemberId): boolean
  tell(roomId: string, told: Told): void
}

export type Signals = {
  report(roomId: string, memberId: MemberId, report: PlayerReport): void
  typing(roomId: string, memberId: MemberId, isTyping: boolean): void
  react(roomId: string, memberId: MemberId, emoji: string): void
  /** Nobody hears here any more. */
  drop(roomId: string): void
}

export type SignalsDeps = {
  readonly clock: Clock
  readonly timers: Timers
  readonly hearers: Hearers
  readonly onDropped: () => void
}

/** Two batches of states a second, and one from 50 people on: each report is told to everybody. */
const STATE_MS = { least: 500, most: 1_000, perMember: 20 } as const
/** Reactions are seen as they come among a few; in a hall they come in handfuls. */
const STREAM_MS = { least: 100, most: 500, perMember: 5 } as const
const MAX_REACTIONS_AT_ONCE = 40
/** Whoever types says so again and again; a closed page says nothing more. */
const TYPING_MS = 6_000

/** One pace of telling: at once if nothing was told lately, else together with what else comes until then. */
type Pace = { toldAtMs: number; cancel?: Cancel }

type Room = {
  readonly reports: Map<MemberId, PlayerReport>
  readonly typingUntilMs: Map<MemberId, number>
  toldTyping: readonly MemberId[]
  reactions: ReactionSignal[]
  readonly state: Pace
  readonly stream: Pace
}

export function createSignals({ clock, timers, hearers, onDropped }: SignalsDeps): Signals {
  const rooms = new Map<string, Room>()

  const at = (roomId: string): Room | undefined => {
    if (hearers.size(roomId) === 0) return undefined
    const room = rooms.get(roomId) ?? {
      reports: new Map(),
      typingUntilMs: new Map(),
      toldTyping: [],
      reactions: [],
      state: { toldAtMs: -Infinity },
      stream: { toldAtMs: -Infinity },
    }
    rooms.set(roomId, room)
    return room
  }

  const soon = (
    roomId: string,
    pace: Pace,
    { least, most, perMember }: typeof STATE_MS | typeof STREAM_MS,
    tell: () => void,
  ): void => {
    if (pace.cancel) return
    const now = (): void => {
      delete pace.cancel
      pace.toldAtMs = clock.nowMs()
      tell()
    }
    const everyMs = Math.min(most, Math.max(least, perMember * hearers.size(roomId)))
    const waitMs = pace.toldAtMs + everyMs - clock.nowMs()
    if (waitMs <= 0) now()
    else pace.cancel = timers.after(waitMs, now)
  }

  const tellState = (roomId: string, room: Room): void => {
    const reports = Object.fromEntries([...room.reports].filter(([memberId]) => hearers.has(roomId, memberId)))
    room.reports.clear()
    if (Object.keys(reports).length > 0) hearers.tell(roomId, { kind: 'reports', reports })
    tellTyping(roomId, room)
  }

  const tellTyping = (roomId: string, room: Room): void => {
    const nowMs = clock.nowMs()
    for (const [memberId, untilMs] of room.typingUntilMs) {
      if (untilMs <= nowMs || !hearers.has(roomId, memberId)) room.typingUntilMs.delete(memberId)
    }
    const memberIds = [...room.typingUntilMs.keys()]
    const isKnown = memberIds.length === room.toldTyping.length && memberIds.every((id) => room.toldTyping.includes(id))
    room.toldTyping = memberIds
    if (!isKnown) hearers.tell(roomId, { kind: 'typing', memberIds })
    // Somebody who says nothing more has to be taken for silent.
    if (memberIds.length > 0) soon(roomId, room.state, STATE_MS, () => tellState(roomId, room))
  }

  return {
    report(roomId, memberId, report) {
      const room = at(roomId)
      if (!room) return
      room.reports.set(memberId, report)
      soon(roomId, room.state, STATE_MS, () => tellState(roomId, room))
    },
    typing(roomId, memberId, isTyping) {
      const room = at(roomId)
      if (!room) return
      if (isTyping) room.typingUntilMs.set(memberId, clock.nowMs() + TYPING_MS)
      else room.typingUntilMs.delete(memberId)
      soon(roomId, room.state, STATE_MS, () => tellState(roomId, room))
    },
    react(roomId, memberId, emoji) {
      const room = at(roomId)
      if (!room) return
      if (room.reactions.length >= MAX_REACTIONS_AT_ONCE) return onDropped()
      room.reactions.push({ memberId, emoji })
      soon(roomId, room.stream, STREAM_MS, () => {
        const reactions = room.reactions
        room.reactions = []
        hearers.tell(roomId, { kind: 'reactions', reactions })
      })
    },
    drop(roomId) {
      const room = rooms.get(roomId)
      room?.state.cancel?.()
      room?.stream.cancel?.()
      rooms.delete(roomId)
    },
  }
}
