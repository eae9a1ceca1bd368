/** Questions about a view that more than one part of the popup asks. Pure. */
import { latestLine } from '../core/timeline'
import type { RoomView, View } from '../messages/background-to-popup'

/** The room to draw: the one we are in, or the last we knew. */
export function roomOf(view: View): RoomView | undefined {
  return view.room.kind === 'in-room' || view.room.kind === 'lost' ? view.room.room : undefined
}

/** Is everybody meant to play, once everything announced has come and nobody is waited for any more? */
export function isMeantToPlay({ timeline, waiting }: RoomView): boolean {
  return waiting !== undefined || latestLine(timeline).playing
}
