/** A decision in the making: events so far, and the room as they leave it. Lives within one call of `decide`. */
import { apply } from './apply'
import type { Context } from './context'
import type { RoomEvent } from './event'
import type { PublicRoom, Room, ServerOnlyRoom } from './room'

export type Draft = {
  readonly context: Context
  /** The public part after the events so far. */
  readonly room: () => PublicRoom
  readonly serverOnly: () => ServerOnlyRoom
  readonly emit: (event: RoomEvent) => void
  readonly events: () => readonly RoomEvent[]
}

export function createDraft(start: Room, context: Context): Draft {
  let room = start
  const events: RoomEvent[] = []
  return {
    context,
    room: () => room.public,
    serverOnly: () => room.serverOnly,
    emit(event) {
      events.push(event)
      room = apply(room, event)
    },
    events: () => events,
  }
}
