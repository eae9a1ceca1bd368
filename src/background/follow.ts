/** What the driven player is told to follow, out of the room as it stands. Pure. */
import type { RoomClientState } from '../client/room-client'
import type { ClockEstimate } from '../core/clock'
import type { Follow } from '../messages/background-to-content'
import type { Desk } from './view'

/** Absent while there is no room yet, or no idea of its time. A lost room is followed on as it was last known. */
export function followIn(
  state: RoomClientState,
  clock: ClockEstimate | undefined,
  mayControl: Desk['mayControl'],
  nudgeMs: number,
): Follow | undefined {
  if (state.kind !== 'in-room' && state.kind !== 'lost') return undefined
  const { room, memberId } = state
  if (!room || memberId === undefined || !clock) return undefined
  return {
    type: 'follow',
    timeline: room.timeline,
    offsetMs: clock.offsetMs,
    uncertaintyMs: clock.uncertaintyMs,
    clockSamples: clock.samples,
    mayControl: mayControl(room, memberId),
    nudgeMs,
  }
}
