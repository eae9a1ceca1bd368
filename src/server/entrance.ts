/**
 * The way into rooms: a new room with its first member, or the one that a code names. Claims codes and counts rooms.
 * Knows no sockets; turns and decisions are the keeper's, who hands them in.
 */
import { apply } from '../core/room/apply'
import { foldCode } from '../core/room/code'
import type { Command, CreateCommand } from '../core/room/command'
import type { Actor, Context } from '../core/room/context'
import { decide } from '../core/room/decide'
import type { NumberedEvent } from '../core/room/event'
import { type Refusal, refuse } from '../core/room/refusal'
import { type MemberId, type PublicRoom, publicPart, type Room } from '../core/room/room'
import { seatOf } from '../core/room/seats'
import type { Door, Seen } from '../dialects/dialect'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import { createFresh } from './fresh'
import type { Log } from './log'
import type { Store } from './store/store'
import type { Place } from './turns'

export type Visit = {
  readonly identity: string
  readonly dialect: string
  readonly door: Door
  readonly name?: string
  readonly seen?: Seen
}

export type Seated = {
  readonly roomId: string
  readonly memberId: MemberId
  readonly room: PublicRoom
  readonly missed?: readonly NumberedEvent[]
}

export type Outcome = { readonly refusal: Refusal } | { readonly room: Room }

type Seat = (seated: Seated) => void
type Answer = Promise<Refusal | undefined>

export type EntranceDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  /** The rooms that exist. */
  readonly ids: Set<string>
  readonly maxRooms: number
  readonly inTurn: (id: string, work: (place: Place) => Answer) => Answer
  /** Decides, stores and tells, in a turn. */
  readonly change: (id: string, place: Place, command: Command, by: Actor) => Promise<Outcome>
}

export type Entrance = {
  enter(visit: Visit, seat: Seat): Answer
  /** The room that a code names, however it is typed. */
  find(text: string): Promise<string | undefined>
}

const CODE_TRIES = 20

export function createEntrance({ store, clock, random, log, ids, maxRooms, inTurn, change }: EntranceDeps): Entrance {
  const claimCode = async (roomId: string): Promise<Context['fresh'] | undefined> => {
    for (let attempt = 0; attempt < CODE_TRIES; attempt++) {
      const fresh = { ...createFresh(random, undefined), roomId }
      if ((await store.claim(fresh.code, roomId)) === 'ok') return fresh
    }
    return undefined
  }

  /** A room and its first member in one append: there is never a room that nobody ever sat in. */
  const enterNew = async (visit: Visit, create: CreateCommand, seat: Seat): Answer => {
    if (ids.size >= maxRooms) return refuse('too-many-rooms')
    // It counts from here on: others that come meanwhile must not find the same last place free.
    const id = random.uuid()
    ids.add(id)
    const refusal = await openRoom(id, visit, create, seat)
    if (refusal) {
      ids.delete(id)
      await store.remove(id)
    }
    return refusal
  }

  const openRoom = async (id: string, visit: Visit, create: CreateCommand, seat: Seat): Answer =>
    inTurn(id, async (place) => {
      const fresh = await claimCode(id)
      if (!fresh) return refuse('too-many-rooms')
      const by: Actor = { kind: 'identity', identity: visit.identity }
      const context: Context = { nowMs: clock.nowMs(), by, pathsMs: [], fresh }
      const created = decide(undefined, create, context)
      if (!created.ok) return created.refusal
      let room: Room | undefined
      for (const event of created.events) room = apply(room, event)
      const joined = decide(room, joinOf(visit), context)
      if (!joined.ok) return joined.refusal
      const events = [...created.events, ...joined.events]
      if ((await store.append(id, fresh.epoch, 0, events)) !== 'ok') return refuse('server-error')
      for (const event of joined.events) room = apply(room, event)
      if (!room) return refuse('server-error')
      place.room = room
      log.info({ room: id, dialect: visit.dialect }, 'a room is open')
      seat({ roomId: id, memberId: fresh.memberId, room: publicPart(room) })
      return undefined
    })

  const find = async (text: string): Promise<string | undefined> => {
    const code = foldCode(text)
    return code === undefined ? undefined : store.resolve(code)
  }

  const enterByCode = async (visit: Visit, text: string, seat: Seat): Answer => {
    const id = await find(text)
    if (id === undefined) return refuse('no-such-room')
    return inTurn(id, async (place) => {
      const outcome = await change(id, place, joinOf(visit), { kind: 'identity', identity: visit.identity })
      if ('refusal' in outcome) return outcome.refusal
      const room = publicPart(outcome.room)
      const memberId = seatOf(outcome.room, visit.identity)
      if (memberId === undefined) return refuse('server-error')
      const missed = visit.seen && (await store.eventsSince(id, visit.seen.epoch, visit.seen.rev))
      seat({ roomId: id, memberId, room, ...(missed ? { missed } : {}) })
      return undefined
    })
  }

  return {
    enter(visit, seat) {
      const { door } = visit
      return door.kind === 'new' ? enterNew(visit, door.create, seat) : enterByCode(visit, door.code, seat)
    },
    find,
  }
}

function joinOf({ name, dialect }: Visit): Command {
  return { type: 'join', dialect, ...(name === undefined ? {} : { name }) }
}
