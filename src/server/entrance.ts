/**
 * The way into rooms: a new room with its first member, the one that a code or a name means, or any open one. Claims codes, counts rooms.
 * Knows no sockets; turns and decisions are the keeper's, who hands them in.
 */
import { apply } from '../core/room/apply'
import { foldCode, foldWireName } from '../core/room/code'
import type { Command, CreateCommand } from '../core/room/command'
import type { Actor, Context, Verified } from '../core/room/context'
import { decide } from '../core/room/decide'
import type { NumberedEvent } from '../core/room/event'
import { cleanName } from '../core/room/names'
import { type Refusal, type RefusalCode, refuse } from '../core/room/refusal'
import { type MemberId, type PublicRoom, publicPart, type Room } from '../core/room/room'
import { lastSeatOf, seatOf } from '../core/room/seats'
import type { Door, Seen } from '../dialects/dialect'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { Census } from './census'
import type { Directory } from './directory'
import type { AtDoor, DoorChecks } from './door'
import { createFresh } from './fresh'
import type { Log } from './log'
import type { Store } from './store/store'
import type { Place } from './turns'

export type Visit = AtDoor & {
  readonly dialect: string
  readonly door: Door
  readonly name?: string
  readonly bot?: boolean
  readonly seen?: Seen
  /** A seat of its own, also if this identity has one in the room. */
  readonly ownSeat?: boolean
  /** By which id the seat is known, where the wire has named this person before. */
  readonly memberId?: MemberId
  /** The name that a new room claims. */
  readonly alias?: string
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
  readonly checks: DoorChecks
  readonly numberOf: (identity: string) => number
  readonly directory: Directory
  readonly census: Census
  /** The room is like this now; without one it is gone. */
  readonly note: (id: string, room: PublicRoom | undefined) => void
  readonly inTurn: (id: string, work: (place: Place) => Answer) => Answer
  /** Decides, stores and tells, in a turn. */
  readonly change: (id: string, place: Place, command: Command, by: Actor, verified: Verified) => Promise<Outcome>
  /** The room as it is, in memory or in the store. */
  readonly look: (id: string) => Promise<Room | undefined>
}

/** Who makes a room without sitting in it. */
export type Maker = AtDoor & { readonly dialect: string; readonly create: CreateCommand; readonly alias?: string }

export type Entrance = {
  enter(visit: Visit, seat: Seat): Answer
  /** A new room that nobody sits in yet. */
  create(maker: Maker, made: (room: PublicRoom) => void): Answer
  /** The room that a code or a name means, however it is typed. */
  find(text: string): Promise<string | undefined>
}

const CODE_TRIES = 20
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** The password may change while it is looked at; twice in a row it does not. */
const CHECKS = 3
const NEED_AN_INVITE: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'password-needed',
  'guests-not-allowed',
  'account-needed',
])
const ABOUT_ONE_ROOM: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'room-full',
  'room-closed',
  'no-such-room',
  'banned',
  'password-needed',
  'guests-not-allowed',
])

export function createEntrance(deps: EntranceDeps): Entrance {
  const { store, clock, random, log, census, note, inTurn, change, checks, directory } = deps

  const claimCode = async (roomId: string, identity: string): Promise<Context['fresh'] | undefined> => {
    for (let attempt = 0; attempt < CODE_TRIES; attempt++) {
      const fresh = { ...createFresh(random, undefined, deps.numberOf(identity)), roomId }
      if ((await store.claim(fresh.code, roomId)) === 'ok') return fresh
    }
    return undefined
  }

  /** Claims a place and, if it comes to nothing, gives it back. */
  const begin = async (maker: Maker, open: (id: string, verified: Verified) => Answer): Answer => {
    const { create } = maker
    const checked = await checks.starting(maker, create.password)
    if ('refusal' in checked) return checked.refusal
    const isPermanent = create.settings?.temporary === false
    const made = { wire: maker.dialect, from: maker.neighbourhood }
    const isPlace = census.hasPlace('any') && census.hasPlaceFor(made)
    if (!isPlace || (isPermanent && !census.hasPlace('permanent'))) return refuse('too-many-rooms')
    const id = random.uuid()
    census.begin(id, made)
    const refusal = await open(id, checked.verified)
    if (refusal) {
      note(id, undefined)
      await store.remove(id)
    }
    return refusal
  }

  /** Makes the room in its first turn; `join` is what happens in it before anybody hears of it, all in one append. */
  const openRoom = (
    id: string,
    { identity, create, alias, dialect }: Maker,
    verified: Verified,
    join: Command | undefined,
    opened: (room: PublicRoom, memberId: MemberId) => void,
  ): Answer =>
    inTurn(id, async (place) => {
      const name = alias === undefined ? undefined : foldWireName(alias)
      if (alias !== undefined && name === undefined) return refuse('bad-alias')
      if (name !== undefined && (await store.claim(name, id)) === 'taken') return refuse('alias-taken')
      const fresh = await claimCode(id, identity)
      if (!fresh) return refuse('too-many-rooms')
      const by: Actor = { kind: 'identity', identity }
      const context: Context = { nowMs: clock.nowMs(), by, pathsMs: [], verified, fresh }
      const created = decide(undefined, create, context)
      if (!created.ok) return created.refusal
      let room: Room | undefined
      for (const event of created.events) room = apply(room, event)
      // Whoever makes a room needs no key to it.
      const joined = join && decide(room, join, { ...context, verified: { ...verified, invited: 'member' } })
      if (joined && !joined.ok) return joined.refusal
      const events = joined ? joined.events : []
      if ((await store.append(id, fresh.epoch, 0, [...created.events, ...events])) !== 'ok')
        return refuse('server-error')
      for (const event of events) room = apply(room, event)
      if (!room) return refuse('server-error')
      place.room = room
      note(id, room.public)
      log.info({ room: id, dialect }, 'a room is open')
      opened(publicPart(room), seatOf(room, identity) ?? fresh.memberId)
      return undefined
    })

  /** A room and its first member in one append: of the wires that enter by making one, nobody ever finds it empty. */
  const enterNew = async (visit: Visit, create: CreateCommand, seat: Seat): Answer =>
    begin({ ...visit, create }, (id, verified) =>
      openRoom(id, { ...visit, create }, verified, joinOf(visit), (room, memberId) =>
        seat({ roomId: id, memberId, room }),
      ),
    )

  const find = async (text: string): Promise<string | undefined> => {
    if (UUID.test(text)) return census.has(text.toLowerCase()) ? text.toLowerCase() : undefined
    const [code, name] = [foldCode(text), foldWireName(text)]
    const id = code === undefined ? undefined : await store.resolve(code)
    return id ?? (name === undefined ? undefined : store.resolve(name))
  }

  const enterRoom = async (
    visit: Visit,
    id: string,
    door: Extract<Door, { kind: 'code' | 'any' }>,
    seat: Seat,
  ): Answer => {
    for (let attempt = 0; attempt < CHECKS; attempt++) {
      const room = await deps.look(id)
      if (!room) return refuse('no-such-room')
      const checked = await checks.at(room, visit, door)
      if ('refusal' in checked) return checked.refusal
      let isStale = false
      const refusal = await inTurn(id, async (place) => {
        const now = await deps.look(id)
        isStale = now !== undefined && !checked.still(now)
        if (isStale) return undefined
        const by: Actor = { kind: 'identity', identity: visit.identity }
        const outcome = await change(id, place, joinOf(visit), by, checked.verified)
        if ('refusal' in outcome) return outcome.refusal
        const memberId = visit.ownSeat ? lastSeatOf(outcome.room, visit.identity) : seatOf(outcome.room, visit.identity)
        if (memberId === undefined) return refuse('server-error')
        const missed = visit.seen && (await store.eventsSince(id, visit.seen.epoch, visit.seen.rev))
        seat({ roomId: id, memberId, room: publicPart(outcome.room), ...(missed ? { missed } : {}) })
        return undefined
      })
      if (!isStale) return refusal
    }
    return refuse('server-error')
  }

  const enterByCode = async (visit: Visit, door: Extract<Door, { kind: 'code' }>, seat: Seat): Answer => {
    const id = await find(door.code)
    if (id === undefined) return refuse('no-such-room')
    const refusal = await enterRoom(visit, id, door, seat)
    // Whoever brought an invite thought that it would do.
    return refusal && door.invite !== undefined && NEED_AN_INVITE.has(refusal.code) ? refuse('invite-over') : refusal
  }

  const enterAny = async (visit: Visit, seat: Seat): Answer => {
    for (const id of directory.open(visit.vouched !== undefined)) {
      const refusal = await enterRoom(visit, id, { kind: 'any' }, seat)
      // One that filled up or closed meanwhile, or where this person is banned: the next may do.
      if (!refusal || !ABOUT_ONE_ROOM.has(refusal.code)) return refusal
    }
    return refuse('no-open-room')
  }

  return {
    enter(visit, seat) {
      const { door } = visit
      switch (door.kind) {
        case 'new':
          return enterNew(visit, door.create, seat)
        case 'code':
          return enterByCode(visit, door, seat)
        case 'any':
          return enterAny(visit, seat)
      }
    },
    create: (maker, made) =>
      begin(maker, (id, verified) => openRoom(id, maker, verified, undefined, (room) => made(room))),
    find,
  }
}

/** Whoever gives no name is called as those who vouch for them say. */
function joinOf({ name: wish, vouched, dialect, bot, ownSeat, memberId }: Visit): Command {
  const name = wish ?? (vouched?.name === undefined ? undefined : cleanName(vouched.name))
  return {
    type: 'join',
    dialect,
    ...(name !== undefined && { name }),
    ...(bot && { bot }),
    ...(ownSeat && { ownSeat }),
    ...(memberId !== undefined && { memberId }),
  }
}
