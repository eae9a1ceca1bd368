import { beforeEach, describe, expect, it } from 'vitest'
import { type PublicRoom, ROOM_TIMES } from '../../src/core/room/room'
import type { Seated, Visit } from '../../src/server/entrance'
import type { RoomChange } from '../../src/server/rooms'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'
import { type MemoryServer, type MemoryServerWishes, startMemoryServer } from '../doubles/memory-server'
import { createMemoryDisk, type MemoryDisk } from '../doubles/memory-store'
import { createPlainIdentities } from '../doubles/plain-identities'
import { createSeededRandom } from '../doubles/seeded-random'
import { NEW_ROOM, quiet } from './peer'

describe('rooms', () => {
  let clock: ManualClock
  let disk: MemoryDisk
  let server: MemoryServer
  let told: RoomChange[]
  const random = createSeededRandom(4)

  const start = async (wishes: Pick<MemoryServerWishes, 'maxRooms' | 'maxInLine' | 'around'> = {}): Promise<void> => {
    const identities = createPlainIdentities(random)
    server = await startMemoryServer({ clock, disk, random, identities, ...wishes })
    told = []
    server.rooms.listen({ told: (change) => void told.push(change), replaced: () => {} })
  }

  beforeEach(async () => {
    clock = createManualClock()
    disk = createMemoryDisk()
    await start()
  })

  const enter = async (visit: Partial<Visit> & { identity: string }): Promise<Seated> => {
    let seated: Seated | undefined
    const refusal = await server.rooms.enter(
      { dialect: 'tutti', neighbourhood: 'here', door: NEW_ROOM, ...visit },
      (seat) => {
        seated = seat
      },
    )
    if (!seated) throw new Error(refusal?.code)
    return seated
  }
  const stored = async (id: string): Promise<PublicRoom | undefined> => (await server.store.load(id))?.public

  it('[S40] a new room is stored with its first member, and found by its code in any case', async () => {
    const { room, roomId, memberId } = await enter({ identity: 'anna' })
    expect(room.members).toMatchObject([{ id: memberId, role: 'host' }])
    expect(room.code).toMatch(/^[abcdefghjkmnpqrstuvwxyz23456789]{6}$/)
    expect(await stored(roomId)).toEqual(room)
    const second = await enter({ identity: 'ben', door: { kind: 'code', code: room.code.toUpperCase() } })
    expect(second.roomId).toBe(roomId)
  })

  it('[S40] a wrong code, or no code at all, is refused', async () => {
    await expect(enter({ identity: 'ben', door: { kind: 'code', code: 'aaaaaa' } })).rejects.toThrow('no-such-room')
    await expect(enter({ identity: 'ben', door: { kind: 'code', code: '../..' } })).rejects.toThrow('no-such-room')
  })

  it('[S40] a room that was refused leaves no name behind', async () => {
    await expect(enter({ identity: 'anna', name: ' '.repeat(40) })).rejects.toThrow('bad-name')
    expect(await server.store.names()).toEqual([])
    expect(server.rooms.count()).toBe(0)
  })

  it('[S41] what is told is stored already, in order and without holes', async () => {
    const { roomId, memberId } = await enter({ identity: 'anna' })
    let checked = 0
    server.rooms.listen({
      told({ roomId: id, after }) {
        const onDisk = disk.shelves.get(id)?.states.at(-1)?.public
        expect(onDisk?.rev).toBeGreaterThanOrEqual(after.rev)
        checked += 1
      },
      replaced: () => {},
    })
    const asked = Array.from({ length: 20 }, (_, second) =>
      server.rooms.command(roomId, memberId, { type: 'seek', positionSec: second }),
    )
    await Promise.all(asked)
    expect(checked).toBe(told.length)
    const revs = told.map(({ numbered }) => numbered.rev)
    expect(revs).toEqual(Array.from(revs, (_, index) => (revs[0] ?? 0) + index))
    expect((await stored(roomId))?.timeline.current.positionSec).toBe(19)
  })

  it('[S41] what the store can not keep did not happen', async () => {
    let isBroken = false
    await start({
      around: (store) => ({
        ...store,
        append: async (...wish) => {
          if (isBroken) throw new Error('no space left')
          return store.append(...wish)
        },
      }),
    })
    const { roomId, memberId, room } = await enter({ identity: 'anna' })
    isBroken = true
    expect(await server.rooms.command(roomId, memberId, { type: 'seek', positionSec: 5 })).toMatchObject({
      code: 'server-error',
    })
    expect(told).toEqual([])
    expect(server.lines).toContainEqual(expect.objectContaining({ level: 'error' }))
    isBroken = false
    expect(await server.rooms.command(roomId, memberId, { type: 'seek', positionSec: 6 })).toEqual({ changed: true })
    expect((await stored(roomId))?.rev).toBe(room.rev + 1)
  })

  it('[S42] when somebody else wrote, it is told first, and the command is decided again', async () => {
    const { roomId, memberId, room } = await enter({ identity: 'anna' })
    await server.store.append(roomId, room.epoch, room.rev, [{ type: 'control-changed', control: 'host' }])
    expect(await server.rooms.command(roomId, memberId, { type: 'seek', positionSec: 5 })).toEqual({ changed: true })
    expect(told.map(({ numbered }) => [numbered.rev, numbered.event.type])).toEqual([
      [room.rev + 1, 'control-changed'],
      [room.rev + 2, 'timeline-changed'],
    ])
  })

  it('[S43] a room does by itself what is due, and is forgotten with its code when it is over', async () => {
    const { roomId, memberId, room } = await enter({ identity: 'anna' })
    await server.rooms.lost(roomId, memberId, () => false)
    await clock.advance(ROOM_TIMES.seatMs - 1)
    expect((await stored(roomId))?.members).toHaveLength(1)
    await clock.advance(1)
    expect((await stored(roomId))?.members).toHaveLength(0)
    expect(await server.rooms.find(room.code)).toBeDefined()
    await clock.advance(ROOM_TIMES.emptyMs)
    expect(await stored(roomId)).toBeUndefined()
    expect(await server.rooms.find(room.code)).toBeUndefined()
    expect(server.rooms.count()).toBe(0)
    expect(clock.timersWaiting()).toBe(0)
  })

  it('[S43] a room from a time when the clock was far ahead waits for that time, and costs nothing until then', async () => {
    const { roomId, memberId } = await enter({ identity: 'anna' })
    await server.rooms.lost(roomId, memberId, () => false)
    await server.stop()
    const past = createManualClock(clock.nowMs() - 40 * 24 * 3600 * 1000)
    const asked: number[] = []
    clock = { ...past, after: (delayMs, run) => (asked.push(delayMs), past.after(delayMs, run)) }
    await start()
    await clock.advance(24 * 3600 * 1000)
    expect(asked.length).toBeLessThan(5)
    expect(await server.rooms.find((await stored(roomId))?.code ?? '')).toBeDefined()
  })

  it('[S43] what is due and can not be stored is tried again, without haste', async () => {
    let tries = 0
    let isBroken = false
    await start({
      around: (store) => ({
        ...store,
        append: async (...wish) => {
          tries += 1
          if (isBroken) throw new Error('no space left')
          return store.append(...wish)
        },
      }),
    })
    const { roomId, memberId } = await enter({ identity: 'anna' })
    await server.rooms.lost(roomId, memberId, () => false)
    isBroken = true
    tries = 0
    await clock.advance(ROOM_TIMES.seatMs + 4_500)
    expect(tries).toBe(5)
    isBroken = false
    await clock.advance(1_000)
    expect((await stored(roomId))?.members).toHaveLength(0)
  })

  it('[S44] a member who is back before the loss was noted did not go away', async () => {
    const { roomId, memberId } = await enter({ identity: 'anna' })
    await server.rooms.lost(roomId, memberId, () => true)
    expect(told).toEqual([])
  })

  it('[S44] a loss that can not be stored is said again until it is', async () => {
    let failures = 3
    await start({
      around: (store) => ({
        ...store,
        append: async (...wish) => {
          if (wish[3].some(({ type }) => type === 'member-away') && failures-- > 0) throw new Error('no space left')
          return store.append(...wish)
        },
      }),
    })
    const { roomId, memberId } = await enter({ identity: 'anna' })
    await server.rooms.lost(roomId, memberId, () => false)
    await clock.advance(2_900)
    expect(told).toEqual([])
    await clock.advance(200)
    expect(told.map(({ numbered }) => numbered.event.type)).toEqual(['member-away'])
  })

  it('[S45] after a restart rooms are back, everybody is away, and the time of grace runs', async () => {
    const { roomId, memberId, room } = await enter({ identity: 'anna' })
    await server.stop()
    await start()
    expect(await stored(roomId)).toMatchObject({ epoch: room.epoch, members: [{ presence: { kind: 'away' } }] })
    const back = await enter({ identity: 'anna', door: { kind: 'code', code: room.code }, seen: room })
    expect(back.memberId).toBe(memberId)
    expect(back.missed?.map(({ event }) => event.type)).toEqual(['member-away', 'member-back'])
    await clock.advance(2 * ROOM_TIMES.seatMs)
    expect((await stored(roomId))?.members).toMatchObject([{ presence: { kind: 'connected' } }])
  })

  it('[S45] after a crash what was seen before is not believed: the whole room is told', async () => {
    const { roomId, room } = await enter({ identity: 'anna' })
    await start()
    const back = await enter({ identity: 'anna', door: { kind: 'code', code: room.code }, seen: room })
    expect(back).toMatchObject({ roomId })
    expect(back.missed).toBeUndefined()
    expect(back.room.epoch).not.toBe(room.epoch)
  })

  it('[S45] a name without a room is given free at the start', async () => {
    await server.store.claim('abcdef', 'a room that was never made')
    await server.stop()
    await start()
    expect(await server.store.names()).toEqual([])
  })

  it('[S46] there are at most so many rooms', async () => {
    await start({ maxRooms: 1 })
    await enter({ identity: 'anna' })
    await expect(enter({ identity: 'ben' })).rejects.toThrow('too-many-rooms')
  })

  it('[S46] also when many are started at once', async () => {
    await start({ maxRooms: 2 })
    const started = await Promise.allSettled(['anna', 'ben', 'carl', 'dora'].map((identity) => enter({ identity })))
    expect(started.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'rejected'])
    expect(server.rooms.count()).toBe(2)
    expect(await server.store.names()).toHaveLength(2)
  })

  it('[S46] a start that came to nothing leaves its place to another', async () => {
    await start({ maxRooms: 1 })
    await expect(enter({ identity: 'anna', name: ' '.repeat(40) })).rejects.toThrow('bad-name')
    await enter({ identity: 'ben' })
  })

  /** A store that keeps nothing until it is let go on. */
  const startWithGate = async (maxInLine: number) => {
    let open: Promise<void> = Promise.resolve()
    let goOn = (): void => {}
    await start({
      maxInLine,
      around: (store) => ({
        ...store,
        async append(...wish) {
          await open
          return store.append(...wish)
        },
      }),
    })
    return {
      hold: () => void (open = new Promise((resolve) => (goOn = resolve))),
      goOn: () => goOn(),
    }
  }
  const seeks = ({ roomId, memberId }: Seated, count: number) =>
    Array.from({ length: count }, (_, second) =>
      server.rooms.command(roomId, memberId, { type: 'seek', positionSec: second }),
    )

  it('[S48] what members ask is refused when too much of it waits in a room; who comes or is lost still gets a turn', async () => {
    const gate = await startWithGate(5)
    const anna = await enter({ identity: 'anna' })
    gate.hold()
    const asked = seeks(anna, 8)
    const ben = enter({ identity: 'ben', door: { kind: 'code', code: anna.room.code } })
    const lost = server.rooms.lost(anna.roomId, anna.memberId, () => false)
    await quiet()
    gate.goOn()
    const codes = (await Promise.all(asked)).map((outcome) => ('code' in outcome ? outcome.code : undefined))
    expect(codes).toEqual([...Array.from({ length: 5 }), 'too-fast', 'too-fast', 'too-fast'])
    await Promise.all([ben, lost])
    expect(
      told
        .map(({ numbered }) => numbered.event.type)
        .slice(5)
        .sort(),
    ).toEqual(['member-away', 'member-joined'])
    expect(await Promise.all(seeks(anna, 1))).toEqual([{ changed: true }])
  })

  it('[S48] a stop waits for what is under way and not for the line behind it', async () => {
    const gate = await startWithGate(100)
    const anna = await enter({ identity: 'anna' })
    gate.hold()
    const asked = seeks(anna, 10)
    await quiet()
    const stopped = server.rooms.close()
    gate.goOn()
    await stopped
    const codes = (await Promise.all(asked)).map((outcome) => ('code' in outcome ? outcome.code : undefined))
    expect(codes).toEqual([undefined, ...Array.from({ length: 9 }, () => 'server-error')])
    expect((await stored(anna.roomId))?.timeline.current.positionSec).toBe(0)
    expect(told).toHaveLength(1)
  })

  it('[S47] only measured paths of connected members stretch the lead', async () => {
    const anna = await enter({ identity: 'anna' })
    const ben = await enter({ identity: 'ben', door: { kind: 'code', code: anna.room.code } })
    const leadMs = async (): Promise<number> => {
      told.length = 0
      await server.rooms.command(anna.roomId, anna.memberId, { type: 'play', positionSec: 0 })
      await server.rooms.command(anna.roomId, anna.memberId, { type: 'pause', positionSec: 0 })
      const played = told.map(({ numbered }) => numbered.event).find((event) => event.type === 'timeline-changed')
      const line = played?.type === 'timeline-changed' ? (played.timeline.next ?? played.timeline.current) : undefined
      await clock.advance(5_000)
      return (line?.atMs ?? 0) - clock.nowMs() + 5_000
    }
    const unmeasured = await leadMs()
    server.rooms.setPath(anna.roomId, ben.memberId, 400)
    expect(await leadMs()).toBeGreaterThan(unmeasured)
    await server.rooms.lost(anna.roomId, ben.memberId, () => false)
    await quiet()
    expect(await leadMs()).toBe(unmeasured)
  })
})
