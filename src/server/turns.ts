/**
 * One thing at a time in each room, and one timer for what a room does by itself.
 * Holds rooms in memory while somebody is connected; of a quiet one it keeps only the timer. Decides nothing, stores nothing.
 */
import { due } from '../core/room/due'
import type { Member, MemberId, Room } from '../core/room/room'
import type { Clock } from '../platform/clock'
import type { Cancel, Timers } from '../platform/timers'

/** What the server holds of a room in memory. */
export type Place = {
  /** Absent: not loaded. */
  room?: Room
  readonly pathsMs: Map<MemberId, number>
  cancelTimer?: Cancel
  /** The end of the line: what comes next waits for it. */
  tail: Promise<unknown>
  inLine: number
}

export type TurnsDeps = {
  readonly clock: Clock
  readonly timers: Timers
  /** Something is due in this room: called in a turn of its own. */
  readonly onDue: (id: string, place: Place) => Promise<void>
}

export type Turns = {
  /** Runs when everything asked of this room before is done; a failure is the caller's alone. */
  take<Result>(id: string, work: (place: Place) => Promise<Result>): Promise<Result>
  /** The place of a room that is being worked on, or was lately. */
  at(id: string): Place | undefined
  /** What was due could not be done: looks again later, at the room as the store has it then. */
  retry(id: string, place: Place, afterMs: number): void
  /** Out of memory, timer and all. */
  drop(place: Place): void
  /** Lets what is under way come to its end; nothing becomes due any more. */
  close(): Promise<void>
}

export function createTurns({ clock, timers, onDue }: TurnsDeps): Turns {
  const places = new Map<string, Place>()
  let isClosing = false

  const take: Turns['take'] = async (id, work) => {
    const place = places.get(id) ?? { tail: Promise.resolve(), inLine: 0, pathsMs: new Map() }
    places.set(id, place)
    place.inLine += 1
    const turn = place.tail.then(async () => {
      try {
        return await work(place)
      } finally {
        place.inLine -= 1
        rest(id, place)
      }
    })
    place.tail = turn.catch(() => {})
    return turn
  }

  const rest = (id: string, place: Place): void => {
    if (place.room) {
      const next = due(place.room.public)
      if (next) setTimer(id, place, Math.ceil(next.atMs - clock.nowMs()))
      else cancel(place)
      if (place.inLine === 0 && !place.room.public.members.some(isConnected)) delete place.room
    } else if (place.inLine === 0 && !place.cancelTimer) places.delete(id)
  }

  const setTimer = (id: string, place: Place, afterMs: number): void => {
    cancel(place)
    if (isClosing) return
    place.cancelTimer = timers.after(Math.max(0, afterMs), () => {
      delete place.cancelTimer
      void take(id, (turn) => onDue(id, turn))
    })
  }

  return {
    take,
    at: (id) => places.get(id),
    retry(id, place, afterMs) {
      delete place.room
      setTimer(id, place, afterMs)
    },
    drop(place) {
      delete place.room
      cancel(place)
    },
    async close() {
      isClosing = true
      for (const place of places.values()) cancel(place)
      await Promise.all(Array.from(places.values(), ({ tail }) => tail))
    },
  }
}

export function isConnected(member: Member): boolean {
  return member.presence.kind === 'connected'
}

function cancel(place: Place): void {
  place.cancelTimer?.()
  delete place.cancelTimer
}
