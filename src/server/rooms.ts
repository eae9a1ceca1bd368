/**
 * The keeper of rooms: loads them, lets the core decide, appends what happened to the store, and only then tells it.
 * How somebody gets in is `entrance.ts`.
 * One thing at a time in each room; one timer per room for what it does by itself. Knows no sockets and no frames.
 */
import { apply } from '../core/room/apply'
import type { Command, MediaWish, MemberCommand } from '../core/room/command'
import type { Actor, Context, Verified } from '../core/room/context'
import { decide } from '../core/room/decide'
import { due } from '../core/room/due'
import type { NumberedEvent, RoomEvent } from '../core/room/event'
import { forbids } from '../core/room/permissions'
import { type Refusal, refuse } from '../core/room/refusal'
import { type MemberId, memberOf, type PublicRoom, publicPart, type Room } from '../core/room/room'
import { seatOf } from '../core/room/seats'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { Timers } from '../platform/timers'
import { createCensus } from './census'
import type { Directory } from './directory'
import type { DoorChecks } from './door'
import { createEntrance, type Maker, type Outcome, type Seated, type Visit } from './entrance'
import { createFresh } from './fresh'
import { type Log, reasonOf } from './log'
import type { Metrics } from './metrics'
import type { Store } from './store/store'
import { createTurns, isConnected, type Place } from './turns'

export type RoomChange = {
  readonly roomId: string
  readonly numbered: NumberedEvent
  readonly before: PublicRoom | undefined
  readonly after: PublicRoom
  /** Whose command it came of; absent when the room acted by itself, or another server decided it. */
  readonly by?: MemberId
}

/** Did anything happen in the room by it? */
export type Done = { readonly changed: boolean }

export type RoomsListener = {
  told(change: RoomChange): void
  /** The room is not what it was, and nobody can say what happened in between: everybody has to come in again. */
  replaced(roomId: string): void
}

export type RoomsDeps = {
  readonly store: Store
  readonly clock: Clock
  readonly timers: Timers
  readonly random: Random
  readonly log: Log
  readonly metrics: Metrics
  readonly directory: Directory
  readonly checks: DoorChecks
  /** By which somebody goes on wires that count people, in every room. */
  readonly numberOf: (identity: string) => number
  /** Nothing: too many are being worked on. */
  readonly hashPassword: (password: string) => Promise<string | undefined>
  readonly maxRooms: number
  /** Of them, such that outlive their people. */
  readonly maxPermanent: number
  /** Of them, such that are made at one address. */
  readonly maxRoomsFrom: number
  /** Of them, such that are made on this wire. */
  readonly maxRoomsOn: (dialect: string) => number
  /** So many turns may wait in one room; what members ask beyond that is refused. */
  readonly maxInLine: number
  /** Does this wire keep the seat of a member whose connection is lost? */
  readonly keepsSeat: (dialect: string) => boolean
}

export type Rooms = {
  listen(listener: RoomsListener): void
  /** Brings back what the store holds. Nobody is connected yet, so whoever was goes away: the time of grace runs. */
  bringBack(): Promise<void>
  /** `seat` is called in turn with the room: what is told afterwards is new to whoever was seated, and nothing is left out. */
  enter(visit: Visit, seat: (seated: Seated) => void): Promise<Refusal | undefined>
  /** A new room that nobody sits in yet. */
  create(maker: Maker, made: (room: PublicRoom) => void): Promise<Refusal | undefined>
  command(roomId: string, memberId: MemberId, command: MemberCommand): Promise<Refusal | Done>
  /** The next item of a DJ's own list, in their name. */
  supply(roomId: string, memberId: MemberId, item: MediaWish): Promise<Refusal | undefined>
  /** The member's connection is lost, unless `isBack` by the time its turn comes. */
  lost(roomId: string, memberId: MemberId, isBack: () => boolean): Promise<void>
  /** The room as it is, in memory or in the store. */
  look(roomId: string): Promise<Room | undefined>
  /** A room in which somebody is connected, without waiting. */
  held(roomId: string): PublicRoom | undefined
  snapshot(roomId: string, memberId: MemberId, show: (room: PublicRoom) => void): Promise<Refusal | undefined>
  /** Measured delay from the server to a member, ms. */
  setPath(roomId: string, memberId: MemberId, downMs: number): void
  /** The room that a code or a name means. */
  find(text: string): Promise<Room | undefined>
  holdsSeat(code: string, identity: string): Promise<boolean>
  count(): number
  /** Nothing is decided any more after what is under way. */
  close(): Promise<void>
}

const TRIES = 3
/** A room that can't do what is due must not spin. */
const RETRY_MS = 1_000

export function createRooms(deps: RoomsDeps): Rooms {
  const { store, clock, timers, random, log, metrics, directory } = deps
  const census = createCensus({
    rooms: deps.maxRooms,
    permanentRooms: deps.maxPermanent,
    roomsFrom: deps.maxRoomsFrom,
    roomsOn: deps.maxRoomsOn,
  })
  const note = (id: string, room: PublicRoom | undefined): void => {
    census.note(id, room)
    directory.note(id, room)
  }
  const listeners: RoomsListener[] = []
  let isClosing = false

  /** A failure is logged, and costs only the one who asked. */
  const inTurn = async (
    id: string,
    work: (place: Place) => Promise<Refusal | undefined>,
  ): Promise<Refusal | undefined> => {
    try {
      // It may have begun to close while this stood in line.
      return await turns.take(id, async (place) => (isClosing ? refuse('server-error') : work(place)))
    } catch (error) {
      log.error({ room: id, reason: reasonOf(error) }, 'a room could not be changed')
      return refuse('server-error')
    }
  }

  const runDue = async (id: string, place: Place): Promise<void> => {
    if (isClosing) return
    try {
      const room = await loaded(id, place)
      const next = room && due(room.public)
      if (!next || next.atMs > clock.nowMs()) return
      const outcome = await change(id, place, next.command, { kind: 'room' }, {})
      if (!('refusal' in outcome)) return
      log.warn({ room: id, command: next.command.type, code: outcome.refusal.code }, 'what was due was refused')
    } catch (error) {
      log.error({ room: id, reason: reasonOf(error) }, 'a room could not do what was due')
    }
    turns.retry(id, place, RETRY_MS)
  }
  const turns = createTurns({ clock, timers, onDue: runDue })

  const loaded = async (id: string, place: Place): Promise<Room | undefined> => {
    const room = place.room ?? (await store.load(id))
    if (room) place.room = room
    return room
  }

  const contextFor = (room: Room, place: Place, by: Actor, verified: Verified): Context => ({
    nowMs: clock.nowMs(),
    by,
    verified,
    pathsMs: [...place.pathsMs.values()],
    fresh: createFresh(random, room.public, by.kind === 'identity' ? deps.numberOf(by.identity) : undefined),
  })

  const change = async (
    id: string,
    place: Place,
    command: Command,
    by: Actor,
    verified: Verified,
  ): Promise<Outcome> => {
    const startedMs = clock.nowMs()
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const room = await loaded(id, place)
      if (!room) return { refusal: refuse('no-such-room') }
      const decision = decide(room, command, contextFor(room, place, by, verified))
      if (!decision.ok) return { refusal: decision.refusal }
      const appended = await append(id, room.public, decision.events)
      if (appended === 'ok') {
        metrics.decided(clock.nowMs() - startedMs)
        return { room: await tell(id, place, room, decision.events, by) }
      }
      await catchUp(id, place, room.public)
    }
    log.error({ room: id, command: command.type }, 'the store kept contradicting')
    return { refusal: refuse('server-error') }
  }

  const append = async (id: string, room: PublicRoom, events: readonly RoomEvent[]): Promise<'ok' | 'conflict'> =>
    events.length === 0 ? 'ok' : store.append(id, room.epoch, room.rev, events)

  /** Applies what is stored by now, and tells it, event by event. */
  const tell = async (
    id: string,
    place: Place,
    room: Room,
    events: readonly RoomEvent[],
    actor?: Actor,
  ): Promise<Room> => {
    let now = room
    const by = actor?.kind === 'member' ? { by: actor.memberId } : {}
    for (const event of events) {
      const before = publicPart(now)
      now = apply(now, event)
      place.room = now
      const after = publicPart(now)
      const numbered = { epoch: after.epoch, rev: after.rev, event }
      if (event.type === 'member-left' || event.type === 'member-away') place.pathsMs.delete(event.memberId)
      for (const listener of listeners) listener.told({ roomId: id, numbered, before, after, ...by })
    }
    note(id, publicPart(now))
    if (now.public.closed) await forget(id, place)
    return now
  }

  const forget = async (id: string, place: Place): Promise<void> => {
    turns.drop(place)
    note(id, undefined)
    await store.remove(id)
    log.info({ room: id }, 'a room is closed')
  }

  /** Somebody else wrote: tell what happened in between, or that nobody knows. */
  const catchUp = async (id: string, place: Place, known: PublicRoom): Promise<void> => {
    const missed = await store.eventsSince(id, known.epoch, known.rev)
    log.warn({ room: id, missed: missed?.length ?? -1 }, 'a room was changed elsewhere')
    if (missed && place.room) {
      await tell(
        id,
        place,
        place.room,
        missed.map(({ event }) => event),
      )
      return
    }
    delete place.room
    for (const listener of listeners) listener.replaced(id)
  }

  const noteLoss = (roomId: string, memberId: MemberId, isBack: () => boolean): Promise<Refusal | undefined> =>
    inTurn(roomId, async (place) => {
      const room = await loaded(roomId, place)
      const member = room && memberOf(room.public, memberId)
      if (!member || isBack()) return undefined
      const command: Command = deps.keepsSeat(member.dialect) ? { type: 'go-away' } : { type: 'leave' }
      const outcome = await change(roomId, place, command, { kind: 'member', memberId }, {})
      return 'refusal' in outcome ? outcome.refusal : undefined
    })

  /** Nobody else will ever say that this member is gone, so it is said until it is stored. */
  const lost: Rooms['lost'] = async (roomId, memberId, isBack) => {
    const refusal = await noteLoss(roomId, memberId, isBack)
    if (refusal?.code === 'server-error' && !isClosing) {
      timers.after(RETRY_MS, () => void lost(roomId, memberId, isBack))
    }
  }

  const look: Rooms['look'] = async (id) => turns.at(id)?.room ?? store.load(id)

  const { checks } = deps
  const entrance = createEntrance({
    store,
    clock,
    random,
    log,
    census,
    inTurn,
    change,
    checks,
    numberOf: deps.numberOf,
    note,
    directory,
    look,
  })

  const find: Rooms['find'] = async (text) => {
    const id = await entrance.find(text)
    return id === undefined ? undefined : look(id)
  }

  const ask = async (
    roomId: string,
    memberId: MemberId,
    command: MemberCommand,
    verified: Verified,
  ): Promise<Refusal | Done> => {
    let changed = false
    const refusal = await inTurn(roomId, async (place) => {
      const before = await loaded(roomId, place)
      const outcome = await change(roomId, place, command, { kind: 'member', memberId }, verified)
      if ('refusal' in outcome) return outcome.refusal
      changed = outcome.room !== before
      return undefined
    })
    return refusal ?? { changed }
  }

  /** Hashing takes a moment that the room does not wait for; who may not set a password has none hashed. */
  const setPassword = async (
    roomId: string,
    memberId: MemberId,
    command: Extract<MemberCommand, { type: 'set-password' }>,
    password: string,
  ): Promise<Refusal | Done> => {
    const room = await look(roomId)
    const refusal = room && forbids(room.public, memberId, command)
    if (refusal) return refusal
    const passwordHash = await deps.hashPassword(password)
    return passwordHash === undefined ? refuse('too-fast') : ask(roomId, memberId, command, { passwordHash })
  }

  return {
    listen: (listener) => void listeners.push(listener),
    async bringBack() {
      for (const id of await store.ids()) census.begin(id)
      // A process that died between claiming a name and making its room left the name behind.
      for (const { alias, id } of await store.names()) if (!census.has(id)) await store.release(alias)
      for (const id of census.ids()) {
        let wereHere: MemberId[] = []
        await inTurn(id, async (place) => {
          const room = await loaded(id, place)
          if (!room || room.public.closed) {
            await forget(id, place)
            return undefined
          }
          note(id, room.public)
          wereHere = room.public.members.filter(isConnected).map((member) => member.id)
          return undefined
        })
        for (const memberId of wereHere) await noteLoss(id, memberId, () => false)
      }
    },
    enter: (visit, seat) => entrance.enter(visit, seat),
    create: (maker, made) => entrance.create(maker, made),
    async command(roomId, memberId, command) {
      if ((turns.at(roomId)?.inLine ?? 0) >= deps.maxInLine) return refuse('too-fast')
      const keeps = command.type === 'configure' && command.settings.temporary === false
      if (keeps && !census.hasPlace('permanent', roomId)) return refuse('too-many-rooms')
      return command.type === 'set-password' && command.password !== undefined
        ? setPassword(roomId, memberId, command, command.password)
        : ask(roomId, memberId, command, {})
    },
    supply: (roomId, memberId, item) =>
      inTurn(roomId, async (place) => {
        const outcome = await change(roomId, place, { type: 'supply', memberId, item }, { kind: 'room' }, {})
        return 'refusal' in outcome ? outcome.refusal : undefined
      }),
    lost,
    look,
    held: (roomId) => turns.at(roomId)?.room?.public,
    snapshot: (roomId, memberId, show) =>
      inTurn(roomId, async (place) => {
        const room = await loaded(roomId, place)
        if (!room || !memberOf(room.public, memberId)) return refuse('not-in-room')
        show(publicPart(room))
        return undefined
      }),
    setPath: (roomId, memberId, downMs) => void turns.at(roomId)?.pathsMs.set(memberId, downMs),
    find,
    async holdsSeat(text, identity) {
      const room = await find(text)
      return room !== undefined && seatOf(room, identity) !== undefined
    },
    count: () => census.count(),
    async close() {
      isClosing = true
      await turns.close()
    },
  }
}
