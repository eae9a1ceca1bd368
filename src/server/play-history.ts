/** What was played is noted for the person who played or added it, if they are still in the room. Knows no sessions. */
import type { PersonPlayed } from '../core/person/person'
import { ofIdentity } from '../core/room/room'
import { type Log, reasonOf } from './log'
import type { PersonIds } from './person-ids'
import type { Persons } from './persons'
import type { RoomChange, Rooms } from './rooms'

export type PlayHistoryDeps = {
  readonly rooms: Pick<Rooms, 'listen' | 'look'>
  readonly persons: Pick<Persons, 'notePlayed'>
  readonly idsOf: PersonIds
  readonly log: Pick<Log, 'error'>
}

export function keepPlayHistory({ rooms, persons, idsOf, log }: PlayHistoryDeps): void {
  const note = async ({ roomId, numbered: { event }, after }: RoomChange): Promise<void> => {
    if (event.type !== 'item-played') return
    const { addedBy, itemId, number, durationSec, endedAtMs, skipped, score, content } = event.played
    const room = addedBy === undefined ? undefined : await rooms.look(roomId)
    const identity = addedBy !== undefined && room && ofIdentity(room.serverOnly.identityByMember, addedBy)
    if (!identity) return
    const played: PersonPlayed = {
      id: itemId,
      number,
      atMs: endedAtMs,
      ...(durationSec !== undefined && { durationSec }),
      skipped,
      score,
      room: { code: after.code, title: after.settings.shown.title },
      content,
    }
    await persons.notePlayed({ ...idsOf(identity), neighbourhood: '' }, played)
  }
  const tryTo = async (change: RoomChange): Promise<void> => {
    try {
      await note(change)
    } catch (error) {
      log.error({ room: change.roomId, reason: reasonOf(error) }, 'what was played could not be noted')
    }
  }

  rooms.listen({ told: (change) => void tryTo(change), replaced: () => {} })
}
