/**
 * Between sessions and people: whom a session means, what the room it sits in adds to what it asks, and who is told what happened.
 * Sees to how much one person may ask. Decides nothing: that is the core's, through `persons.ts`.
 */
import type { PersonCommand, Whom } from '../core/person/command'
import type { PersonContext } from '../core/person/context'
import { cardOf, type PersonCard, type PersonId } from '../core/person/person'
import type { FriendState } from '../core/person/presence'
import { unbornPerson } from '../core/person/unborn'
import type { MediaWish } from '../core/room/command'
import { type Refusal, refuse } from '../core/room/refusal'
import { memberOf, ofIdentity, type Room } from '../core/room/room'
import type { PersonTold, PersonWish } from '../dialects/person-port'
import type { ServerInput, ServerOutput } from '../dialects/server-dialect'
import type { Clock } from '../platform/clock'
import type { Timers } from '../platform/timers'
import type { MayAsk } from './limits'
import type { Metrics } from './metrics'
import type { PersonIds } from './person-ids'
import type { Persons, Somebody } from './persons'
import { createPresence } from './presence'
import type { Rooms } from './rooms'
import type { Session } from './session'

export type People = {
  /** Something of this session may have changed: who it is, where it sits, whether its socket is there. */
  note(session: Session): void
  ask(session: Session, output: Extract<ServerOutput, { readonly kind: 'person' }>): Promise<Refusal | undefined>
  /** Somebody who is here just now. */
  present(id: PersonId): Somebody | undefined
  seatOf(id: PersonId): Session['seat']
  here(): number
  close(): void
}

export type PeopleDeps = {
  readonly persons: Persons
  readonly rooms: Pick<Rooms, 'look' | 'held'>
  readonly idsOf: PersonIds
  readonly clock: Clock
  readonly timers: Timers
  readonly metrics: Pick<Metrics, 'personAsked'>
  readonly mayAsk: MayAsk
  /** May people come in for whom nobody vouches? */
  readonly guests: boolean
  readonly feed: (session: Session, input: ServerInput) => void
}

export function createPeople(deps: PeopleDeps): People {
  const { persons, rooms, idsOf, clock, metrics, feed } = deps
  const tell = (session: Session, told: PersonTold): void => feed(session, { kind: 'person', told })
  const presence = createPresence({
    timers: deps.timers,
    persons,
    room: (roomId) => rooms.held(roomId),
    tell,
  })

  persons.listen(({ numbered, before, after }) => {
    for (const session of presence.sessionsOf(after.id)) {
      if (session.hearsPerson) tell(session, { type: 'event', numbered, before, after })
    }
    const { event } = numbered
    if (event.type === 'friend-added') void showFriend(after.id, event.friend.person.id).catch(() => {})
    if (
      event.type === 'shown-changed' ||
      event.type === 'presence-wished' ||
      event.type === 'tells-where-changed' ||
      event.type === 'person-created'
    )
      presence.touch(after.id)
  })

  const showFriend = async (id: PersonId, friendId: PersonId): Promise<void> => {
    const friends = await presence.seen([friendId])
    if (friends.length === 0) return
    for (const session of presence.sessionsOf(id)) if (session.hearsPerson) tell(session, { type: 'friends', friends })
  }

  /** The room that the person of this session sits in, over whichever session. */
  const roomOf = async (session: Session, id: PersonId): Promise<Room | undefined> => {
    const seat = session.seat ?? presence.seatOf(id)
    return seat && rooms.look(seat.roomId)
  }

  const nameIn = (room: Room | undefined, identity: string): string | undefined => {
    const seat = room?.public.members.find(({ id }) => ofIdentity(room.serverOnly.identityByMember, id) === identity)
    return seat?.shown.name
  }

  const somebody = (session: Session, identity: string, room: Room | undefined): Somebody => {
    const name = nameIn(room, identity) ?? session.vouched?.name
    return { ...idsOf(identity), neighbourhood: session.neighbourhood, ...(name !== undefined && { name }) }
  }

  const present = (id: PersonId): Somebody | undefined => {
    const session = presence.sessionsOf(id).find(({ identity }) => identity !== undefined)
    if (!session || session.identity === undefined) return undefined
    const { seat } = session
    const room = seat && rooms.held(seat.roomId)
    const name = room && memberOf(room, seat.memberId)?.shown.name
    return { ...idsOf(session.identity), neighbourhood: session.neighbourhood, ...(name !== undefined && { name }) }
  }

  const cardBy = async (id: PersonId, name?: string): Promise<PersonCard | undefined> => {
    const known = await persons.look(id)
    if (known) return known.own.deleted ? undefined : cardOf(known.own)
    const who = present(id)
    return who && cardOf(unbornPerson({ ...who, ...(name !== undefined && { name }) }).own)
  }

  /** Also somebody who is in the room, and of whom nothing is stored. */
  const memberCard = async (room: Room, memberId: string): Promise<PersonCard | undefined> => {
    const identity = ofIdentity(room.serverOnly.identityByMember, memberId)
    const member = memberOf(room.public, memberId)
    if (identity === undefined || !member) return undefined
    const who = idsOf(identity)
    return (await cardBy(who.id, member.shown.name)) ?? cardOf(unbornPerson({ ...who, name: member.shown.name }).own)
  }

  const find = async (whom: Whom, room: Room | undefined): Promise<PersonCard | undefined> => {
    switch (whom.kind) {
      case 'person':
        return cardBy(whom.personId)
      case 'member':
        return room && memberCard(room, whom.memberId)
      case 'number': {
        // In a room people go by their members' numbers.
        const member = room?.public.members.find(({ number }) => number === whom.number)
        if (room && member) return memberCard(room, member.id)
        const id = await persons.byNumber(whom.number)
        return id === undefined ? undefined : cardBy(id)
      }
    }
  }

  const meet = (room: Room | undefined, id: PersonId): boolean =>
    room?.public.members.some((member) => {
      const identity = ofIdentity(room.serverOnly.identityByMember, member.id)
      return identity !== undefined && idsOf(identity).id === id
    }) ?? false

  const factsFor = async (
    command: PersonCommand,
    room: Room | undefined,
  ): Promise<Pick<PersonContext, 'them' | 'meet' | 'queue'>> => {
    if (command.type === 'playlist-import') return room ? { queue: room.public.queue.items.map(wishFrom) } : {}
    if (!('whom' in command)) return {}
    const them = await find(command.whom, room)
    return them ? { them, meet: meet(room, them.id) } : {}
  }

  const open = async (session: Session, ask: string, who: Somebody): Promise<Refusal | undefined> => {
    if (!session.snapshots.take(clock.nowMs())) return refuse('too-fast')
    // Friends are looked up before, so that nothing comes between the person and what happens to them.
    const friendIds = (await persons.look(who.id))?.own.friends.map(({ person }) => person.id) ?? []
    const friends = await presence.seen(friendIds)
    if (friends.length > 0) await persons.knowFriends(who, friends)
    await persons.open(who, (person) => {
      session.hearsPerson = true
      tell(session, { type: 'opened', ask, person, friends })
    })
    await correct(session, friendIds, friends)
    return undefined
  }

  /** Somebody may have come or gone while the person was read. */
  const correct = async (session: Session, ids: readonly PersonId[], told: readonly FriendState[]): Promise<void> => {
    const now = await presence.seen(ids)
    if (JSON.stringify(now) === JSON.stringify(told)) return
    const gone = told.filter(({ personId }) => !now.some((state) => state.personId === personId))
    const friends = [...now, ...gone.map(({ personId, shown }) => ({ personId, presence: 'offline', shown }) as const)]
    tell(session, { type: 'friends', friends })
  }

  const run = async (
    session: Session,
    ask: string,
    wish: PersonWish,
    identity: string,
  ): Promise<Refusal | undefined> => {
    const { id } = idsOf(identity)
    const room = await roomOf(session, id)
    const who = somebody(session, identity, room)
    switch (wish.type) {
      case 'open':
        return open(session, ask, who)
      case 'command': {
        const outcome = await persons.command(who, wish.command, await factsFor(wish.command, room))
        if ('code' in outcome) return outcome
        feed(session, { kind: 'done', ask, changed: outcome.changed })
        return undefined
      }
      case 'export': {
        if (!session.snapshots.take(clock.nowMs())) return refuse('too-fast')
        const person = (await persons.look(id)) ?? unbornPerson(who)
        tell(session, { type: 'exported', ask, exported: { madeAtMs: clock.nowMs(), person } })
        return undefined
      }
      case 'find': {
        const person = await find(wish.whom, room)
        tell(session, { type: 'found', ask, ...(person && { person }) })
        return undefined
      }
    }
  }

  return {
    note(session) {
      presence.note(session, session.identity === undefined ? undefined : idsOf(session.identity).id)
    },
    async ask(session, { ask, wish }) {
      const { identity, seat } = session
      if (identity === undefined) return refuse('bad-token')
      if (!deps.mayAsk(identity)) return refuse('too-fast')
      if (!deps.guests && !session.vouched && !seat) return refuse('account-needed')
      metrics.personAsked(wish.type === 'command' ? wish.command.type : wish.type)
      return run(session, ask, wish, identity)
    },
    present,
    seatOf: (id) => presence.seatOf(id),
    here: () => presence.count(),
    close: () => presence.close(),
  }
}

function wishFrom({ durationSec, startAtSec, endAtSec, content }: MediaWish): MediaWish {
  return {
    ...(durationSec !== undefined && { durationSec }),
    ...(startAtSec !== undefined && { startAtSec }),
    ...(endAtSec !== undefined && { endAtSec }),
    content,
  }
}
