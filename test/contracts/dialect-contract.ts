/**
 * What every dialect has to hold, our client against our server: run it with both machines of one wire.
 * It knows no frames: it hands machines their inputs, and looks at rooms, copies and what crossed.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientOutput } from '../../src/dialects/client-dialect'
import type { Frame, PlayerReport } from '../../src/dialects/dialect'
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

/** Some honest frames in either direction, as this wire spells them. */
export async function honestFrames(dialect: DialectPair): Promise<HonestFrames> {
  const { people, host: server } = await aRoomOf(dialect, 2)
  const secrets = server.identities()
  const [host, guest] = people
  for (const make of SOME_OF_EACH) {
    const room = host.copy()
    if (room) await host.ask(make(room))
  }
  await guest.give({ kind: 'report', report: REPORT })
  await guest.give({ kind: 'typing', isTyping: true })
  await guest.give({ kind: 'react', emoji: '👏' })
  await host.give({ kind: 'write', ask: 'line', to: guest.memberId() ?? '', text: 'Between us' })
  await host.give({ kind: 'question', ask: 'invite', question: { type: 'make-invite', role: 'member', forMs: 60_000 } })
  await host.give({ kind: 'question', ask: 'rooms', question: { type: 'list-rooms' } })
  await guest.give({ kind: 'copy-lost' })
  await host.ask({ type: 'leave' })
  for (const person of people) await person.hear()
  return { up: people.flatMap(({ sentUp }) => sentUp), down: people.flatMap(({ sentDown }) => sentDown), secrets }
}

const REPORT: PlayerReport = { positionSec: 12.5, skewMs: -3, state: 'playing' }

async function aRoomOf(dialect: DialectPair, size: number) {
  const clock = createManualClock()
  const host = await startHost(clock, [dialect.server])
  const first = aPair(dialect, host, clock)
  await first.enter({ door: { kind: 'new', create: CREATE } })
  const code = first.copy()?.code ?? ''
  const others: APair[] = []
  for (let more = 1; more < size; more += 1) {
    const pair = aPair(dialect, host, clock)
    await pair.enter({ door: { kind: 'code', code } })
    others.push(pair)
  }
  const people: [APair, APair, ...APair[]] = [first, others[0] ?? first, ...others.slice(1)]
  const expectMirror = async (): Promise<void> => {
    for (const person of people) {
      await person.hear()
      expect(person.copy()).toEqual(host.room(code))
    }
    // The server catches what a machine throws, and says so here.
    expect(host.errors()).toEqual([])
  }
  return { clock, host, code, people, expectMirror }
}

export function dialectContract(plain: DialectPair): void {
  const dialect = strictDialect(plain)

  describe(`the contract of a dialect: ${plain.server.name}`, () => {
    it('[D1] somebody makes a room and holds a copy of it', async () => {
      const { host, code, people, expectMirror } = await aRoomOf(dialect, 1)
      expect(host.room(code)?.members.map(({ id }) => id)).toEqual([people[0].memberId()])
      await expectMirror()
    })

    it('[D2] somebody comes in by the code, under a wished name', async () => {
      const { host, code, expectMirror, clock } = await aRoomOf(dialect, 2)
      const guest = aPair(dialect, host, clock)
      await guest.enter({ door: { kind: 'code', code }, name: 'Grace' })
      expect(host.room(code)?.members.at(-1)).toMatchObject({ id: guest.memberId(), shown: { name: 'Grace' } })
      await expectMirror()
    })

    it('[D3] a code that does not exist is refused at the door, with a sentence', async () => {
      const { host, clock } = await aRoomOf(dialect, 1)
      const lost = aPair(dialect, host, clock)
      await lost.enter({ door: { kind: 'code', code: 'zzzzzz' } })
      const refused = lost.outputs.find((output) => output.kind === 'refused')
      expect(refused).toMatchObject({ refusal: { code: 'no-such-room', sentence: expect.stringMatching(/\w/) } })
      expect(refused).not.toHaveProperty('ask')
    })

    it('[D4] every command that can be asked here is answered once, and told to all', async () => {
      const { host, code, people, expectMirror } = await aRoomOf(dialect, 2)
      const room = () => {
        const now = host.room(code)
        if (!now) throw new Error('no room')
        return now
      }
      const can = dialect.client.can(room(), people[0].memberId() ?? '')
      const asked = new Set(ENDINGS)
      for (const make of SOME_OF_EACH) {
        const command = make(room())
        asked.add(command.type)
        if (!can.has(command.type)) continue
        expect(await people[0].ask(command), command.type).toBe('done')
        await expectMirror()
      }
      expect([...can].filter((type) => !asked.has(type))).toEqual([])
    })

    it('[D5] what the room refuses comes back with code and sentence, and changes nothing', async () => {
      const { people, expectMirror, host, code } = await aRoomOf(dialect, 2)
      await people[0].ask({ type: 'set-control', control: 'host' })
      const before = host.room(code)
      expect(await people[1].ask({ type: 'play', positionSec: 5 })).toMatchObject({ code: 'host-controls' })
      expect(host.room(code)).toEqual(before)
      await expectMirror()
    })

    it('[D6] under any commands each copy equals the room', async () => {
      const seeds = fc.integer({ min: 0, max: 2 ** 31 })
      const moves = fc.noBias(fc.array(fc.tuple(fc.nat({ max: 2 }), seeds), { maxLength: 30, size: 'max' }))
      const events = new Set<string>()
      await fc.assert(
        fc.asyncProperty(moves, async (moves) => {
          const { clock, host, code, people, expectMirror } = await aRoomOf(dialect, 3)
          for (const [who, seed] of moves) {
            await clock.advance(220)
            const room = host.room(code)
            if (!room) throw new Error('no room')
            const command = someCommand(createSeededRandom(seed), room)
            expect(await people[who % people.length]?.ask(command), command.type).not.toBe('no answer')
          }
          for (const output of people[0].outputs) if (output.kind === 'event') events.add(output.numbered.event.type)
          await expectMirror()
          expect(people.map(({ gaps }) => gaps())).toEqual([0, 0, 0])
        }),
        { numRuns: 60 },
      )
      expect(events.size, 'much of what can happen did').toBeGreaterThan(10)
    })

    it('[D7] reports reach the others and are not kept', async () => {
      const { people, host, code } = await aRoomOf(dialect, 2)
      const before = host.room(code)
      await people[0].give({ kind: 'report', report: REPORT })
      await people[1].hear()
      expect(people[1].outputs).toContainEqual({ kind: 'reports', reports: { [people[0].memberId() ?? '']: REPORT } })
      expect(host.room(code)).toEqual(before)
    })

    it('[D8] after leaving, somebody is outside and the others know', async () => {
      const { people, host, code } = await aRoomOf(dialect, 2)
      expect(await people[1].ask({ type: 'leave' })).toBe('done')
      expect(host.room(code)?.members).toHaveLength(1)
      await people[0].hear()
      expect(people[0].copy()).toEqual(host.room(code))
    })

    it('[D9] no frame carries what only the server may know', async () => {
      const { down, secrets } = await honestFrames(dialect)
      const told = down.map((frame) => (typeof frame === 'string' ? frame : new TextDecoder('latin1').decode(frame)))
      // A person's own token is theirs to know; here it names the identity.
      const events = told.filter((frame) => !frame.includes('token:'))
      expect(events.length).toBeGreaterThan(5)
      expect(secrets).toHaveLength(2)
      for (const frame of events) {
        expect(frame).not.toMatch(/serverOnly|identity/)
        for (const secret of secrets) expect(frame).not.toContain(secret)
      }
    })

    it('[D10] hostile frames at the server: no exception, no harm to the room or to the others', async () => {
      const { up } = await honestFrames(dialect)
      await fc.assert(
        fc.asyncProperty(
          fc.array(hostileFrame(up), { minLength: 1, maxLength: 8 }),
          fc.boolean(),
          async (frames, entered) => {
            const { people, expectMirror, host, code, clock } = await aRoomOf(dialect, 2)
            const mallory = aPair(dialect, host, clock)
            await mallory.enter({ door: { kind: 'code', code: entered ? code : 'zzzzzz' } })
            for (const frame of frames) await mallory.toServer(frame)
            await expectMirror()
            await mallory.lose()
            expect(await people[0].ask({ type: 'rename', name: 'Still here' })).toBe('done')
            await expectMirror()
            expect(Object.prototype).not.toHaveProperty('polluted')
          },
        ),
        { numRuns: 150 },
      )
    })

    it('[D11] hostile frames at the client: no exception, and a frame that means nothing changes nothing', async () => {
      const { down } = await honestFrames(dialect)
      let comparedCopies = 0
      await fc.assert(
        fc.asyncProperty(fc.array(hostileFrame(down), { minLength: 1, maxLength: 8 }), async (frames) => {
          const { people, host, code } = await aRoomOf(dialect, 2)
          const [, victim] = people
          const given: ClientOutput[] = []
          for (const frame of frames) given.push(...(await victim.toClient(frame)))
          expect(Object.prototype).not.toHaveProperty('polluted')
          const harmless = given.every(({ kind }) => kind === 'unreadable' || kind === 'send')
          if (!harmless) return
          comparedCopies += 1
          await people[0].ask({ type: 'rename', name: 'Still here' })
          await victim.hear()
          expect(victim.copy()).toEqual(host.room(code))
        }),
        { numRuns: 150 },
      )
      expect(comparedCopies).toBeGreaterThan(0)
    })
  })
}
