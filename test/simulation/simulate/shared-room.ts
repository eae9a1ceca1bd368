/**
 * A real room (decide, apply, due) in the middle of simulated players: commands come up their lanes, the timeline goes down to
 * everybody, and what is due happens by itself. Stands for server, socket and background; knows no figures.
 */
import type { RoomCommand } from '../../../src/core/room/command'
import { due } from '../../../src/core/room/due'
import type { PublicRoom } from '../../../src/core/room/room'
import { seatOf } from '../../../src/core/room/seats'
import { latestLine, type Timeline } from '../../../src/core/timeline'
import { aRoom } from '../../core/room/a-room'
import type { FollowedPlayer } from '../followed-player'
import type { World } from '../plant-world'

type Seat = { readonly name: string; readonly player: FollowedPlayer; connected: boolean }

/** A room that has not answered by then will not. */
const ANSWER_WITHIN_MS = 5_000

export type SharedRoom = ReturnType<typeof createSharedRoom>

export function createSharedRoom(world: World, onTimeline: (timeline: Timeline, room: PublicRoom) => void) {
  const room = aRoom()
  const seats: Seat[] = []
  let told: Timeline = room.room().timeline
  let dueMs = Number.NaN

  const settle = (): void => {
    const { timeline } = room.room()
    if (timeline !== told) {
      told = timeline
      onTimeline(timeline, room.room())
      for (const { connected, player } of seats) if (connected) player.tell(timeline)
    }
    const next = due(room.room())
    if (!next) return
    dueMs = Math.max(next.atMs, world.nowMs())
    world.at(dueMs, whenDue)
  }
  const whenDue = (): void => {
    if (world.nowMs() !== dueMs) return
    room.nowMs = world.nowMs()
    const next = due(room.room())
    if (next && next.atMs <= world.nowMs()) room.ask(next.command, { kind: 'room' })
    settle()
  }
  /** Answers whether the timeline is another now. */
  const decide = (name: string, command: RoomCommand | { type: 'go-away' }): boolean => {
    // The room does not keep the seat of somebody who was away for long.
    if (seatOf(room.whole(), name) === undefined) return false
    room.nowMs = world.nowMs()
    room.pathsMs = seats.flatMap(({ connected, player }) => (connected ? (player.pathMs() ?? []) : []))
    room.asks(name, command)
    const moved = room.room().timeline !== told
    settle()
    return moved
  }
  /** Absent once they have left: what was on its way for them comes to nothing. */
  const seatCalled = (name: string): Seat | undefined => seats.find((each) => each.name === name)

  return {
    timeline: () => told,
    line: () => latestLine(told),
    isWaiting: () => room.room().waiting !== undefined,
    enter(name: string, player: FollowedPlayer): void {
      room.nowMs = world.nowMs()
      room.joins(name)
      seats.push({ name, player, connected: true })
      player.arrive()
      player.tell(told)
      settle()
    },
    leave(name: string): void {
      decide(name, { type: 'leave' })
      seats.splice(
        seats.findIndex((each) => each.name === name),
        1,
      )
    },
    /** What is said while the connection is lost is lost too. */
    says(name: string, command: RoomCommand): void {
      const seat = seatCalled(name)
      if (!seat?.connected) return
      const moves = command.type !== 'suspend' && command.type !== 'resume'
      let answered = false
      const answer = (): void => {
        if (answered || !moves) return
        answered = true
        seat.player.step({ kind: 'unhold' })
      }
      seat.player.say(() => {
        if (!seat.connected) return
        if (!decide(name, command)) seat.player.hear(answer)
        else answered = true
      })
      if (moves) world.at(world.nowMs() + ANSWER_WITHIN_MS, answer)
    },
    lose(name: string): void {
      const seat = seatCalled(name)
      if (!seat) return
      seat.connected = false
      seat.player.disconnect()
      decide(name, { type: 'go-away' })
    },
    comeBack(name: string): void {
      const seat = seatCalled(name)
      if (!seat) return
      room.nowMs = world.nowMs()
      room.joins(name)
      seat.connected = true
      seat.player.connect()
      seat.player.tell(told)
      const { suspension } = seat.player.state()
      if (suspension) this.says(name, { type: 'suspend', reason: suspension })
      settle()
    },
  }
}
