/** A room to test with: commands in, events applied, time by hand. Ids are counted so that they read well. */
import { apply, applyPublic } from '../../../src/core/room/apply'
import type { Command, CreateCommand, RoomCommand } from '../../../src/core/room/command'
import type { Actor, Verified } from '../../../src/core/room/context'
import { type Decision, decide } from '../../../src/core/room/decide'
import { due } from '../../../src/core/room/due'
import { publicEvent, type RoomEvent } from '../../../src/core/room/event'
import { type Member, memberOf, type PublicRoom, type Room } from '../../../src/core/room/room'
import { seatOf } from '../../../src/core/room/seats'

export const CREATE: CreateCommand = {
  type: 'create',
  control: 'everyone',
  whenHostLeaves: 'pass',
  positionSec: 0,
  rate: 1,
  playing: false,
}

export type ARoom = {
  nowMs: number
  /** Measured paths handed to the next decisions. */
  pathsMs: number[]
  /** What the shell has found to be true of the next askers. */
  verified: Verified
  readonly room: () => PublicRoom
  readonly whole: () => Room
  /** What somebody makes of the room who only hears what is told. */
  readonly copy: () => PublicRoom | undefined
  /** Every event so far. */
  readonly events: RoomEvent[]
  readonly ask: (command: Command, by: Actor) => Decision
  /** A member asks; answers the events' types or the refusal's code. */
  readonly asks: (name: string, command: RoomCommand | { type: 'go-away' }) => string[] | string
  readonly joins: (name: string) => Member
  readonly called: (name: string) => Member
  /** Runs what is due until that moment, each at its time. */
  readonly passes: (ms: number) => string[]
}

export function aRoom(create: Partial<CreateCommand> = {}): ARoom {
  let room: Room | undefined
  let copy: PublicRoom | undefined
  const events: RoomEvent[] = []
  let ids = 0

  const ask = (command: Command, by: Actor): Decision => {
    ids += 1
    const decision = decide(room, command, {
      nowMs: self.nowMs,
      by,
      pathsMs: self.pathsMs,
      verified: self.verified,
      fresh: {
        roomId: 'room',
        roomNumber: 1,
        code: 'k7m2qp',
        epoch: 'epoch',
        memberId: `member-${ids}`,
        memberNumber: ids,
        id: `id-${ids}`,
        nameSeed: (ids * 0.618) % 1,
        seed: (ids * 0.382) % 1,
      },
    })
    if (!decision.ok) return decision
    for (const event of decision.events) {
      events.push(event)
      room = apply(room, event)
      copy = applyPublic(copy, JSON.parse(JSON.stringify(publicEvent(event))) as RoomEvent)
    }
    return decision
  }
  const whole = (): Room => {
    if (!room) throw new Error('no room yet')
    return room
  }
  const called = (name: string): Member => {
    const member = memberOf(whole().public, seatOf(whole(), name))
    if (!member) throw new Error(`${name} is not here`)
    return member
  }
  const self: ARoom = {
    nowMs: 1_000_000,
    pathsMs: [],
    verified: {},
    room: () => whole().public,
    whole,
    copy: () => copy,
    events,
    ask,
    asks: (name, command) => read(ask(command, { kind: 'member', memberId: called(name).id })),
    joins(name) {
      const decision = ask({ type: 'join', name, dialect: 'tutti' }, { kind: 'identity', identity: name })
      if (!decision.ok) throw new Error(decision.refusal.code)
      return called(name)
    },
    called,
    passes(ms) {
      const types: string[] = []
      const endMs = self.nowMs + ms
      for (let next = due(whole().public); next && next.atMs <= endMs; next = due(whole().public)) {
        self.nowMs = Math.max(self.nowMs, next.atMs)
        types.push(...[read(ask(next.command, { kind: 'room' }))].flat())
      }
      self.nowMs = endMs
      return types
    },
  }
  ask({ ...CREATE, ...create }, { kind: 'room' })
  return self
}

export function read(decision: Decision): string[] | string {
  return decision.ok ? decision.events.map((event: RoomEvent) => event.type) : decision.refusal.code
}
