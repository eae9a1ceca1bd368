/**
 * From players and buttons to commands: the room that starts from a player, and a button pressed where no player is driven.
 * Pure; the timeline says where the room is.
 */
import { positionWithin } from '../core/room/bounds'
import type { CreateCommand, MediaWish, RoomCommand } from '../core/room/command'
import { endOf } from '../core/room/item'
import { may } from '../core/room/permissions'
import { type MemberId, memberOf, type PublicRoom, ROOM_LIMITS } from '../core/room/room'
import { lineAt, positionAt } from '../core/timeline'
import type { PlayerAct } from '../messages/background-to-content'
import type { PagePlayer } from '../messages/content-to-background'
import { isSamePage } from './room-parts'

/** A room that goes on where this player is. Its offer may be old: a playing one has run on since. */
export function roomFrom(player: PagePlayer, offeredAtMs: number, nowMs: number): CreateCommand {
  const { durationSec, positionSec, rate, playing } = player
  const ranSec = playing ? (rate * Math.max(0, nowMs - offeredAtMs)) / 1000 : 0
  return {
    type: 'create',
    control: 'everyone',
    whenHostLeaves: 'pass',
    media: mediaOf(player),
    positionSec: positionWithin(positionSec + ranSec, durationSec),
    rate: Math.min(ROOM_LIMITS.maxRate, Math.max(ROOM_LIMITS.minRate, rate)),
    playing,
  }
}

export function mediaOf({ title, address, durationSec }: PagePlayer): MediaWish {
  return { ...(durationSec !== undefined && { durationSec }), content: { address, title } }
}

/** Longer than any advertisement: a player in which one runs tells its length instead of the film's. */
const SURELY_FILM_SEC = 180

/** What the room does not know of its item and this player of it does, if this member may say it. */
export function lengthOf(player: PagePlayer, room: PublicRoom, self: MemberId): RoomCommand | undefined {
  const { media } = room
  const { durationSec = 0 } = player
  if (!media || media.durationSec !== undefined || durationSec <= SURELY_FILM_SEC) return undefined
  if (!isSamePage(media.content.address, player.address) || memberOf(room, self)?.suspension) return undefined
  if (media.addedBy !== self && !may(room, self, 'set-media')) return undefined
  return { type: 'edit-item', itemId: media.id, durationSec }
}

/** The player of the room's item has come to its end. Where the length is known the server has seen it coming. */
export function commandAtEnd(player: PagePlayer, room: PublicRoom, self: MemberId): RoomCommand | undefined {
  const { booth, media } = room
  if (!media || endOf(media) !== undefined || !isSamePage(media.content.address, player.address)) return undefined
  if (may(room, self, 'skip')) return { type: 'media-ended', itemId: media.id }
  return booth.playing === self ? { type: 'skip', itemId: media.id } : undefined
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
