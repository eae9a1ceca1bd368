/**
 * From players and buttons to commands: the room that starts from a player, and a button pressed where no player is driven.
 * Pure; the timeline says where the room is.
 */
import { positionWithin } from '../core/room/bounds'
import type { CreateCommand, RoomCommand } from '../core/room/command'
import { type PublicRoom, ROOM_LIMITS } from '../core/room/room'
import { lineAt, positionAt } from '../core/timeline'
import type { PlayerAct } from '../messages/background-to-content'
import type { PagePlayer } from '../messages/content-to-background'

/** A room that goes on where this player is. Its offer may be old: a playing one has run on since. */
export function roomFrom(player: PagePlayer, offeredAtMs: number, nowMs: number): CreateCommand {
  const { title, address, durationSec, positionSec, rate, playing } = player
  const ranSec = playing ? (rate * Math.max(0, nowMs - offeredAtMs)) / 1000 : 0
  return {
    type: 'create',
    control: 'everyone',
    whenHostLeaves: 'pass',
    media: { ...(durationSec !== undefined && { durationSec }), content: { address, title } },
    positionSec: positionWithin(positionSec + ranSec, durationSec),
    rate: Math.min(ROOM_LIMITS.maxRate, Math.max(ROOM_LIMITS.minRate, rate)),
    playing,
  }
}

/** `nowMs` is server time. */
export function commandFor(button: PlayerAct, room: PublicRoom, nowMs: number): RoomCommand {
  const positionSec = positionAt(lineAt(room.timeline, nowMs), nowMs)
  switch (button.kind) {
    case 'play':
    case 'pause':
      return { type: button.kind, positionSec: positionWithin(positionSec, room.media?.durationSec) }
    case 'skip':
      return { type: 'seek', positionSec: positionWithin(positionSec + button.bySec, room.media?.durationSec) }
  }
}
