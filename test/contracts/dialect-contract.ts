/**
 * What every dialect has to hold, our client against our server: run it with both machines of one wire.
 * It knows no frames: it hands machines their inputs, and looks at rooms, copies and what crossed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoomCommand } from '../../src/core/room/command'
import { controlOf } from '../../src/core/room/permissions'
import type { PublicRoom } from '../../src/core/room/room'
import type { ClientOutput } from '../../src/dialects/client-dialect'
import type { Frame, PlayerReport } from '../../src/dialects/dialect'
import { type Aspect, isAlike, seenOf } from '../bridges/seen'
import { holding, off, on } from '../core/notes/a-note'
import { CREATE } from '../core/room/a-room'
import { someCommand } from '../core/room/some-command'
import { startHost } from '../doubles/a-host'
import { createManualClock } from '../doubles/manual-clock'
import { createSeededRandom } from '../doubles/seeded-random'
import { type APair, aPair, type DialectPair } from './a-pair'
import { hostileFrame } from './hostile-frames'
import { ENDINGS, SOME_OF_EACH } from './some-of-each'
import { strictDialect } from './strict-dialect'

export type HonestFrames = {
  readonly up: readonly Frame[]
  readonly down: readonly Frame[]
  /** What only the server knew meanwhile. */
  readonly secrets: readonly string[]
}

/** What a wire tells of a room where it does not tell all of it. */
export type WireTells = {
  readonly aspects: readonly Aspect[]
  /** How near a position is to the room's. */
  readonly withinSec: number
  /** Under which name somebody comes in is theirs to say. */
  readonly namesAsked: boolean
}

/** Some honest frames in either direction, as this wire spells them. */
export async function honestFrames(dialect: DialectPair, tells?: WireTells): Promise<HonestFrames> {
  const { people, host: server } = await aRoomOf(dialect, 2, tells)
  const secrets = server.identities()
  const [host, guest] = people
  for (const make of SOME_OF_EACH) {
    const room = host.copy()
    const command = room && make(room)
    if (command && dialect.client.can(room, host.memberId() ?? '').has(command.type)) await host.ask(command)
  }
  await guest.give({ kind: 'report', report: REPORT })
  await guest.give({ kind: 'typing', isTyping: true })
  await guest.give({ kind: 'react', emoji: '👏' })
  await guest.give({ kind: 'notes', played: { notes: [on(60, 1_000), off(60, 1_000)], held: holding(62) } })
  await host.give({ kind: 'write', ask: 'line', to: guest.memberId() ?? '', text: 'Between us' })
  await host.give({ kind: 'question', ask: 'invite', question: { type: 'make-invite', role: 'member', forMs: 60_000 } })
  await host.give({ kind: 'question', ask: 'rooms', question: { type: 'list-rooms' } })
  await guest.give({ kind: 'copy-lost' })
  await host.ask({ type: 'leave' })
  for (const person of people) await person.hear()
  return { up: people.flatMap(({ sentUp }) => sentUp), down: people.flatMap(({ sentDown }) => sentDown), secrets }
}

const RENAME: RoomCommand = { type: 'rename', name: 'Still here' }
const REPORT: PlayerReport = { positionSec: 12.5, skewMs: -3, state: 'playing' }

async function aRoomOf(dialect: DialectPair, size: number, tells?: WireTells) {
  const clock = createManualClock()
  const host = await startHost(clock, [dialect.server])
  const first = aPair(dialect, host, clock)
  await first.enter({ door: { kind: 'new', create: CREATE } })
  const code = host.codes().at(-1) ?? ''
  const others: APair[] = []
  for (let more = 1; more < size; more += 1) {
    const pair = aPair(dialect, host, clock)
    await pair.enter({ door: { kind: 'code', code } })
    others.push(pair)
  }
  const people: [APair, APair, ...APair[]] = [first, others[0] ?? first, ...others.slice(1)]
  const expectMirror = async (): Promise<void> => {
    for (const person of people) await person.hear()
    // A room of one has the same person twice in the list.
    for (const [index, person] of [...new Set(people)].entries()) {
      const room = host.room(code)
      // In the order of coming in.
      expectSame(person, room, room?.members[index]?.id, clock.nowMs(), tells)
    }
    // The server catches what a machine throws, and says so here.
    expect(host.errors()).toEqual([])
  }
  return { clock, host, code, people, expectMirror }
}

function expectSame(
  person: APair,
  room: PublicRoom | undefined,
  self: string | undefined,
  nowMs: number,
  tells: WireTells | undefined,
): void {
  const copy = person.copy()
  if (!tells || !room || !copy) {
    expect(copy).toEqual(room)
    return
  }
  const [seen, truth] = [seenOf(copy, person.memberId(), nowMs), seenOf(room, self, nowMs)]
  const differ = tells.aspects.filter((aspect) => !isAlike(aspect, seen, truth, tells.withinSec))
  expect(Object.fromEntries(differ.map((aspect) => [aspect, seen[aspect]]))).toEqual(
    Object.fromEntries(differ.map((aspect) => [aspect, truth[aspect]])),
  )
}

export function dialectContract(plain: DialectPair, tells?: WireTells): void {
  const dialect = { ...plain, ...strictDialect(plain) }
  const roomOf = (size: number) => aRoomOf(dialect, size, tells)
  const canDo = (person: APair): ReadonlySet<RoomCommand['type']> => {
    const copy = person.copy()
    return copy ? dialect.client.can(copy, person.memberId() ?? '') : new Set()
  }

  describe(`the contract of a dialect: ${plain.server.name}`, () => {
    it('[D1] somebody makes a room and holds a copy of it', async () => {
      const { host, code, people, expectMirror } = await roomOf(1)
      expect(host.room(code)?.members).toHaveLength(1)
      if (!tells) expect(host.room(code)?.members[0]?.id).toBe(people[0].memberId())
      await expectMirror()
    })

    it('[D2] somebody comes in by the code, under a wished name', async () => {
      const { host, code, expectMirror, clock } = await roomOf(2)
      const guest = aPair(dialect, host, clock)
      await guest.enter({ door: { kind: 'code', code }, name: 'Grace' })
      const name = tells?.namesAsked === false ? expect.stringMatching(/\w/) : 'Grace'
      expect(host.room(code)?.members.at(-1)).toMatchObject({ shown: { name } })
      if (!tells) expect(host.room(code)?.members.at(-1)?.id).toBe(guest.memberId())
      await expectMirror()
    })

    it('[D3] a code that does not exist is refused at the door, with a sentence', async () => {
      const { host, clock } = await roomOf(1)
      const lost = aPair(dialect, host, clock)
      await lost.enter({ door: { kind: 'code', code: 'zzzzzz' } })
      const refused = lost.outputs.find((output) => output.kind === 'refused')
      expect(refused).toMatchObject({ refusal: { code: 'no-such-room', sentence: expect.stringMatching(/\w/) } })
      expect(refused).not.toHaveProperty('ask')
    })

    it('[D4] every command that can be asked here is answered once, and told to all', async () => {
      const { people, expectMirror } = await roomOf(2)
      const [host] = people
      await expectMirror()
      const asked = new Set(ENDINGS)
      for (const make of SOME_OF_EACH) {
        const room = host.copy()
        if (!room) throw new Error('no room')
        const command = make(room)
        asked.add(command.type)
        if (!canDo(host).has(command.type)) continue
        expect(await host.ask(command), command.type).toBe('done')
        await expectMirror()
      }
      expect([...canDo(host)].filter((type) => !asked.has(type))).toEqual([])
    })

    it('[D5] what the room refuses comes back with code and sentence, and changes nothing', async () => {
      const { people, expectMirror, host, code } = await roomOf(2)
      const [first, second] = people
      if (canDo(first).has('set-control')) await first.ask({ type: 'set-control', control: 'host' })
      const before = host.room(code)
      // Where everybody may play and nobody can change that, there is something else that a guest may not.
      const refused: RoomCommand =
        before && controlOf(before) === 'everyone'
          ? { type: 'set-permissions', role: 'guest', permissions: [] }
          : { type: 'play', positionSec: 5 }
      const answer = await second.ask(refused)
      expect(answer).toMatchObject({ code: expect.any(String), sentence: expect.stringMatching(/\w/) })
      if (!tells) expect(answer).toMatchObject({ code: 'host-controls' })
      expect(host.room(code)?.rev).toBe(before?.rev)
      await expectMirror()
    })

    it('[D6] under any commands each copy equals the room', async () => {
      const seeds = fc.integer({ min: 0, max: 2 ** 31 })
      const moves = fc.noBias(fc.array(fc.tuple(fc.nat({ max: 2 }), seeds), { maxLength: 30, size: 'max' }))
      const events = new Set<string>()
      let commands = 0
      await fc.assert(
        fc.asyncProperty(moves, async (moves) => {
          const { clock, people, expectMirror } = await roomOf(3)
          for (const [who, seed] of moves) {
            await clock.advance(220)
            const person = people[who % people.length] ?? people[0]
            const room = person.copy()
            if (!room) throw new Error('no room')
            const can = canDo(person)
            const random = createSeededRandom(seed)
            // Most wires can say but a few of all there are.
            const tries = Array.from({ length: tells ? 60 : 1 }, () => someCommand(random, room))
            const command = tells ? tries.find(({ type }) => can.has(type) && type !== 'leave') : tries[0]
            if (!command) continue
            commands += 1
            expect(await person.ask(command), command.type).not.toBe('no answer')
          }
          for (const output of people[0].outputs) if (output.kind === 'event') events.add(output.numbered.event.type)
          await expectMirror()
          expect(people.map(({ gaps }) => gaps())).toEqual([0, 0, 0])
        }),
        { numRuns: tells ? 20 : 60 },
      )
      expect(commands).toBeGreaterThan(10)
      if (!tells) expect(events.size, 'much of what can happen did').toBeGreaterThan(10)
    })

    it.skipIf(tells)('[D7] reports reach the others and are not kept', async () => {
      const { people, host, code } = await roomOf(2)
      const before = host.room(code)
      await people[0].give({ kind: 'report', report: REPORT })
      await people[1].hear()
      expect(people[1].outputs).toContainEqual({ kind: 'reports', reports: { [people[0].memberId() ?? '']: REPORT } })
      expect(host.room(code)).toEqual(before)
    })

    it('[D8] after leaving, somebody is outside and the others know', async () => {
      const { people, host, code, clock } = await roomOf(2)
      expect(await people[1].ask({ type: 'leave' })).toBe('done')
      expect(host.room(code)?.members).toHaveLength(1)
      await people[0].hear()
      expectSame(people[0], host.room(code), host.room(code)?.members[0]?.id, clock.nowMs(), tells)
    })

    it('[D9] no frame carries what only the server may know', async () => {
      const { down, secrets } = await honestFrames(dialect, tells)
      const told = down.map((frame) => (typeof frame === 'string' ? frame : new TextDecoder('latin1').decode(frame)))
      // A person's own token is theirs to know; here it names the identity.
      const events = told.filter((frame) => !frame.includes('token:'))
      expect(events.length).toBeGreaterThan(tells ? 1 : 5)
      expect(secrets).toHaveLength(2)
      for (const frame of events) {
        expect(frame).not.toMatch(/serverOnly|identity/)
        for (const secret of secrets) expect(frame).not.toContain(secret)
      }
    })

    it('[D10] hostile frames at the server: no exception, no harm to the room or to the others', async () => {
      const { up } = await honestFrames(dialect, tells)
      await fc.assert(
        fc.asyncProperty(
          fc.array(hostileFrame(up), { minLength: 1, maxLength: 8 }),
          fc.boolean(),
          async (frames, entered) => {
            const { people, expectMirror, host, code, clock } = await roomOf(2)
            const mallory = aPair(dialect, host, clock)
            await mallory.enter({ door: { kind: 'code', code: entered ? code : 'zzzzzz' } })
            for (const frame of frames) await mallory.toServer(frame)
            await expectMirror()
            await mallory.lose()
            if (canDo(people[0]).has('rename')) expect(await people[0].ask(RENAME)).toBe('done')
            await expectMirror()
            expect(Object.prototype).not.toHaveProperty('polluted')
          },
        ),
        { numRuns: tells ? 60 : 150 },
      )
    })

    it('[D11] hostile frames at the client: no exception, and a frame that means nothing changes nothing', async () => {
      const { down } = await honestFrames(dialect, tells)
      let comparedCopies = 0
      await fc.assert(
        fc.asyncProperty(fc.array(hostileFrame(down), { minLength: 1, maxLength: 8 }), async (frames) => {
          const { people, host, code, clock } = await roomOf(2)
          const [, victim] = people
          const given: ClientOutput[] = []
          for (const frame of frames) given.push(...(await victim.toClient(frame)))
          expect(Object.prototype).not.toHaveProperty('polluted')
          const harmless = given.every(({ kind }) => kind === 'unreadable' || kind === 'send' || kind === 'wake')
          if (!harmless) return
          comparedCopies += 1
          if (canDo(people[0]).has('rename')) await people[0].ask(RENAME)
          await victim.hear()
          expectSame(victim, host.room(code), host.room(code)?.members[1]?.id, clock.nowMs(), tells)
        }),
        { numRuns: tells ? 60 : 150 },
      )
      expect(comparedCopies).toBeGreaterThan(0)
    })
  })
}
