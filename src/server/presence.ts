/**
 * Who is here, over any session of any wire, and in which room; and telling it to friends, as each person wishes to be seen.
 * A lost connection is told only when it does not come back. Signals: nothing of it is stored.
 */
import type { PersonId } from '../core/person/person'
import { type FriendState, friendState, type Where } from '../core/person/presence'
import type { PublicRoom } from '../core/room/room'
import type { PersonTold } from '../dialects/person-port'
import type { Cancel, Timers } from '../platform/timers'
import type { Persons } from './persons'
import type { Session } from './session'

export type Presence = {
  /** Something of this session may have changed: who it is, where it sits, whether its socket is there. */
  note(session: Session, id: PersonId | undefined): void
  sessionsOf(id: PersonId): readonly Session[]
  seatOf(id: PersonId): Session['seat']
  /** The person wishes to be seen otherwise. */
  touch(id: PersonId): void
  /** Of those, whoever is seen just now. */
  seen(ids: readonly PersonId[]): Promise<readonly FriendState[]>
  /** People who are here. */
  count(): number
  close(): void
}

export type PresenceDeps = {
  readonly timers: Timers
  readonly persons: Pick<Persons, 'look'>
  readonly room: (roomId: string) => PublicRoom | undefined
  readonly tell: (session: Session, told: PersonTold) => void
}

/** Who goes from room to room is told once. */
const MOVED_MS = 500
/** Longer than a reload, or a train's tunnel. */
const GONE_MS = 10_000

export function createPresence({ timers, persons, room, tell }: PresenceDeps): Presence {
  const here = new Map<PersonId, Set<Session>>()
  const personOf = new Map<Session, PersonId>()
  /** What friends were told last, of those who are seen. */
  const told = new Map<PersonId, FriendState>()
  const timersOf = new Map<PersonId, Cancel>()

  const seatOf = (id: PersonId): Session['seat'] =>
    [...(here.get(id) ?? [])].findLast(({ seat }) => seat !== undefined)?.seat

  const whereIs = (id: PersonId): Where | undefined => {
    const seat = seatOf(id)
    const place = seat && room(seat.roomId)
    return place && { code: place.code, title: place.settings.shown.title }
  }

  const stateOf = async (id: PersonId): Promise<{ state: FriendState; friends: readonly PersonId[] } | undefined> => {
    const person = await persons.look(id)
    if (!person) return undefined
    const where = whereIs(id)
    const state = friendState(person, { isConnected: here.has(id), ...(where && { where }) })
    return { state, friends: person.own.friends.map((friend) => friend.person.id) }
  }

  const tellFriends = async (id: PersonId): Promise<void> => {
    const known = await stateOf(id)
    if (!known) return
    const { state, friends } = known
    const isSeen = state.presence !== 'offline'
    const before = told.get(id)
    if (isSeen ? JSON.stringify(before) === JSON.stringify(state) : !before) return
    if (isSeen) told.set(id, state)
    else told.delete(id)
    for (const friend of friends) {
      for (const session of here.get(friend) ?? []) {
        if (session.hearsPerson) tell(session, { type: 'friends', friends: [state] })
      }
    }
  }

  const plan = (id: PersonId, afterMs: number): void => {
    timersOf.get(id)?.()
    timersOf.set(
      id,
      timers.after(afterMs, () => {
        timersOf.delete(id)
        void tellFriends(id).catch(() => {})
      }),
    )
  }

  const remove = (session: Session, id: PersonId): void => {
    personOf.delete(session)
    const sessions = here.get(id)
    sessions?.delete(session)
    if (sessions?.size === 0) here.delete(id)
    plan(id, here.has(id) ? MOVED_MS : GONE_MS)
  }

  return {
    note(session, id) {
      const before = personOf.get(session)
      const isHere = id !== undefined && !session.isOver && session.link !== undefined
      if (before !== undefined && (!isHere || before !== id)) remove(session, before)
      // Somebody else than before has asked for nothing yet.
      if (before !== undefined && before !== id) session.hearsPerson = false
      if (!isHere) return
      personOf.set(session, id)
      here.set(id, (here.get(id) ?? new Set()).add(session))
      plan(id, MOVED_MS)
    },
    sessionsOf: (id) => [...(here.get(id) ?? [])],
    seatOf,
    touch: (id) => plan(id, MOVED_MS),
    async seen(ids) {
      const states = await Promise.all(
        ids.map(async (id) => (here.has(id) ? (await stateOf(id))?.state : told.get(id))),
      )
      return states.flatMap((state) => (state && state.presence !== 'offline' ? [state] : []))
    },
    count: () => here.size,
    close() {
      for (const cancel of timersOf.values()) cancel()
      timersOf.clear()
    },
  }
}
