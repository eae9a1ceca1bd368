/**
 * Keeps DJs from running dry: whoever is in the booth with nothing of their own waiting gets the next item of their active playlist,
 * which goes to its end by that. Acts upon what happened in rooms and to people; decides nothing.
 */

import type { PersonEvent } from '../core/person/event'
import { activePlaylistOf, type OwnPerson } from '../core/person/person'
import { lacksItem } from '../core/room/booth'
import type { MediaWish } from '../core/room/command'
import type { RoomEvent } from '../core/room/event'
import { type MemberId, ofIdentity, type PublicRoom } from '../core/room/room'
import { type Log, reasonOf } from './log'
import type { PersonIds, PersonName } from './person-ids'
import type { Persons } from './persons'
import type { Rooms } from './rooms'
import type { Session } from './session'

export type SupplyDeps = {
  readonly rooms: Pick<Rooms, 'listen' | 'look' | 'supply'>
  readonly persons: Pick<Persons, 'listen' | 'look' | 'command'>
  readonly seatOf: (id: string) => Session['seat']
  readonly idsOf: PersonIds
  readonly log: Pick<Log, 'error'>
}

/** After these somebody in the booth may have nothing that waits. */
const IN_ROOMS: ReadonlySet<RoomEvent['type']> = new Set<RoomEvent['type']>([
  'booth-changed',
  'queue-removed',
  'queue-cleared',
  'settings-changed',
  'media-changed',
])
/** After these there may be something to play. */
const OF_PEOPLE: ReadonlySet<PersonEvent['type']> = new Set<PersonEvent['type']>([
  'playlist-activated',
  'playlist-added',
  'playlist-created',
])

export function supplyBooths({ rooms, persons, seatOf, idsOf, log }: SupplyDeps): void {
  /** Whose supply is under way, and whether it is to be looked at once more after it. */
  const underWay = new Map<string, { again: boolean }>()

  const supply = async (roomId: string, memberId: MemberId): Promise<void> => {
    const key = `${roomId} ${memberId}`
    const before = underWay.get(key)
    if (before) {
      before.again = true
      return
    }
    const work = { again: false }
    underWay.set(key, work)
    try {
      await addNext(roomId, memberId)
    } catch (error) {
      // Looked at again with the next thing that happens.
      log.error({ room: roomId, reason: reasonOf(error) }, 'a DJ could not be supplied')
    }
    underWay.delete(key)
    if (work.again) await supply(roomId, memberId)
  }

  const addNext = async (roomId: string, memberId: MemberId): Promise<void> => {
    const room = await rooms.look(roomId)
    const identity = room && ofIdentity(room.serverOnly.identityByMember, memberId)
    if (!room || identity === undefined || !lacksItem(room.public, memberId)) return
    const name = idsOf(identity)
    const person = (await persons.look(name.id))?.own
    const next = person && nextOf(person)
    if (!next) return
    const refusal = await rooms.supply(roomId, memberId, next.wish)
    if (!refusal) await cycle(name, next)
  }

  const cycle = async (
    name: PersonName,
    { playlistId, itemId }: { playlistId: string; itemId: string },
  ): Promise<void> => {
    await persons.command({ ...name, neighbourhood: '' }, { type: 'playlist-cycle', playlistId, itemId }, {})
  }

  const supplyRoom = (room: PublicRoom): void => {
    const { playing, waiting } = room.booth
    for (const dj of playing === undefined ? waiting : [playing, ...waiting]) {
      if (lacksItem(room, dj)) void supply(room.id, dj)
    }
  }

  rooms.listen({
    told({ numbered, after }) {
      if (after.settings.mode === 'rotation' && IN_ROOMS.has(numbered.event.type)) supplyRoom(after)
    },
    replaced: () => {},
  })
  persons.listen(({ numbered, after }) => {
    if (!OF_PEOPLE.has(numbered.event.type)) return
    const seat = seatOf(after.id)
    if (seat) void supply(seat.roomId, seat.memberId)
  })
}

function nextOf(person: OwnPerson): { playlistId: string; itemId: string; wish: MediaWish } | undefined {
  const playlist = activePlaylistOf(person)
  const item = playlist?.items[0]
  if (!playlist || !item) return undefined
  const { id: itemId, number: _, ...wish } = item
  return { playlistId: playlist.id, itemId, wish }
}
