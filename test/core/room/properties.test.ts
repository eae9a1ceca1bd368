import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeFrom, foldCode } from '../../../src/core/room/code'
import { due } from '../../../src/core/room/due'
import { cleanName, distinctName, generateName } from '../../../src/core/room/names'
import { nextItem } from '../../../src/core/room/next-item'
import { type PublicRoom, ROOM_LIMITS } from '../../../src/core/room/room'
import { seatOf } from '../../../src/core/room/seats'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { roomEvent } from '../../../src/dialects/tutti/room-schema'
import { createSeededRandom } from '../../doubles/seeded-random'
import { type ARoom, aRoom } from './a-room'
import { someCommand, someRemoval } from './some-command'

const PEOPLE = ['ann', 'bob', 'eve', 'kim']
const person = fc.constantFrom(...PEOPLE)

type Step =
  | { kind: 'join'; who: string; bot: boolean }
  | { kind: 'asks'; who: string; seed: number }
  | { kind: 'goes'; who: string; seed: number }
  | { kind: 'passes'; ms: number }

const seed = fc.integer({ min: 0, max: 2 ** 31 })
const aMoment = fc.integer({ min: 0, max: 5_000 })
const aWhile = fc.integer({ min: 0, max: 70_000 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('join' as const),
      who: person,
      bot: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('asks' as const), who: person, seed }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('goes' as const), who: person, seed }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('passes' as const), ms: fc.oneof(aMoment, aMoment, aMoment, aWhile) }),
  },
)

function take(party: ARoom, step: Step): void {
  switch (step.kind) {
    case 'join':
      party.ask(
        { type: 'join', name: step.who, dialect: 'tutti', bot: step.bot },
        { kind: 'identity', identity: step.who },
      )
      return
    case 'asks':
    case 'goes': {
      const random = createSeededRandom(step.seed)
      const seat = seatOf(party.whole(), step.who)
      // Whoever is outside comes back sooner or later, or asks from there.
      if (seat === undefined && random.float() < 0.8) return take(party, { kind: 'join', who: step.who, bot: false })
      const by = { kind: 'member', memberId: seat ?? 'nobody' } as const
      if (step.kind === 'asks') party.ask(someCommand(random, party.room()), by)
      else party.ask(random.float() < 0.5 ? { type: 'go-away' } : someRemoval(random, party.room()), by)
      return
    }
    case 'passes':
      party.passes(step.ms)
      return
  }
}

function holds(room: PublicRoom, nowMs: number): void {
  const { members, waiting } = room
  const people = members.filter((member) => !member.bot)
  expect(members.filter((member) => member.role === 'host')).toHaveLength(people.length === 0 ? 0 : 1)
  expect(people.some((member) => member.role === 'host')).toBe(people.length > 0)
  const names = members.map((member) => member.shown.name.toLowerCase())
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name.length).toBeGreaterThan(0)
  expect(room.emptySinceMs !== undefined).toBe(members.length === 0)
  if (waiting) {
    expect(waiting.for.length).toBeGreaterThan(0)
    expect(new Set(waiting.for).size).toBe(waiting.for.length)
    for (const id of waiting.for) {
      const member = members.find((other) => other.id === id)
      expect(member?.presence.kind).toBe('connected')
      expect(room.patience.reasons).toContain(member?.suspension?.reason)
    }
    expect(lineAt(room.timeline, Number.POSITIVE_INFINITY).playing).toBe(false)
  }
  expect(positionAt(lineAt(room.timeline, nowMs), nowMs)).toBeGreaterThanOrEqual(0)
  if (!room.closed && room.timeline.next) expect(room.timeline.next.atMs - nowMs).toBeLessThanOrEqual(1400)
  holdsQueue(room)
  const next = due(room)
  if (next) expect(next.atMs).toBeGreaterThan(nowMs)
}

/** Everything in it is of somebody or something that is there, once, and there is an end to it. */
function holdsQueue(room: PublicRoom): void {
  const { booth, chat, history, media, queue, settings, skipVotes } = room
  const items = media ? [media, ...queue.items] : queue.items
  const here = new Set(room.members.map(({ id }) => id))
  const once = (ids: readonly string[]): void => expect(new Set(ids).size).toBe(ids.length)
  const areHere = (ids: readonly string[]): void => expect(ids.filter((id) => !here.has(id))).toEqual([])

  once([...items, ...queue.previous].map(({ id }) => id))
  expect(queue.items.length).toBeLessThanOrEqual(ROOM_LIMITS.items)
  for (const item of [...items, ...queue.previous]) {
    once([...item.up, ...item.down])
    areHere([...item.up, ...item.down])
  }
  const djs = booth.playing === undefined ? booth.waiting : [booth.playing, ...booth.waiting]
  once(djs)
  areHere(djs)
  if (settings.mode !== 'rotation') expect(djs).toEqual([])
  once(skipVotes)
  areHere(skipVotes)
  if (!media) expect(nextItem(room).item, 'what could be played is played').toBeUndefined()
  expect(history.length).toBeLessThanOrEqual(ROOM_LIMITS.history)
  expect(chat.length).toBeLessThanOrEqual(ROOM_LIMITS.lines)
  expect(chat.map(({ number }) => number)).toEqual([...chat.keys()].map((n) => n + (chat[0]?.number ?? 1)))
}

describe('a room under any commands', () => {
  const happened = new Set<string>()

  it('[G2] has one host while it has people, distinct names, waits only for who is here and suspended for a reason it waits for, and is never overdue', () => {
    fc.assert(
      fc.property(
        fc.noBias(fc.array(step, { maxLength: 80, size: 'max' })),
        fc.constantFrom('pass' as const, 'pass' as const, 'close' as const),
        (steps, fate) => {
          const party = aRoom({ playing: true, whenHostLeaves: fate, settings: { skipShare: 0.5 } })
          for (const who of PEOPLE) party.joins(who)
          let rev = party.room().rev
          for (const one of steps) {
            take(party, one)
            const room = party.room()
            expect(room.rev).toBeGreaterThanOrEqual(rev)
            rev = room.rev
            if (room.closed) break
            holds(room, party.nowMs)
          }
          expect(party.copy(), 'what is told makes the same of a copy').toEqual(party.room())
          for (const { type } of party.events) happened.add(type)
        },
      ),
      { numRuns: 200 },
    )
    // A run in which nothing happened can't pass for one.
    expect([...happened].sort()).toEqual(
      roomEvent.def.options
        .flatMap(({ shape }) => [...shape.type.def.values])
        .filter((type) => type !== 'password-changed' && type !== 'ban-lifted')
        .sort(),
    )
  })
})

describe('codes and names', () => {
  it('[N1] a code is 6 letters and digits that nobody confuses, however it is typed', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })), (floats) => {
        const code = codeFrom(() => floats.next().value ?? 0)
        expect(code).toMatch(/^[abcdefghjkmnpqrstuvwxyz23456789]{6}$/)
        expect(foldCode(` ${code.slice(0, 3).toUpperCase()}-${code.slice(3)} `)).toBe(code)
      }),
    )
    for (const text of ['', 'k7m2q', 'k7m2qpp', 'k7m2q1', 'k7m2ql', 'https://x']) expect(foldCode(text)).toBeUndefined()
  })

  it('[N2] generated names are distinct until they run out, and even then', () => {
    const taken: string[] = []
    for (let n = 0; n < 1100; n += 1) taken.push(generateName(taken, (n * 0.377) % 1))
    expect(new Set(taken).size).toBe(taken.length)
  })

  it('[N4] names that read the same are the same, and a name can be seen', () => {
    const party = aRoom()
    for (const name of ['Anna', 'Anna\uFE0F', 'A\u034Fnna', 'Anna\u115F', 'ＡＮＮＡ']) party.joins(name)
    expect(party.room().members.map((member) => member.shown.name)).toEqual([
      'Anna',
      'Anna 2',
      'Anna 3',
      'Anna 4',
      'ＡＮＮＡ 5',
    ])
    for (const nothing of ['\u3164', '\u115F', '\u2800', '\u200B\u200D']) expect(cleanName(nothing)).toBeUndefined()
    expect(cleanName('e\u0301')).toBe('é')
    expect(cleanName(`x${'\u0300'.repeat(31)}`)).toBe('x\u0300\u0300')
  })

  it('[N5] a name that is shortened to be distinct is not cut through a character', () => {
    const long = `a${'😀'.repeat(15)}b`
    expect(distinctName([long], long)).toBe(`a${'😀'.repeat(14)} 2`)
  })

  it('[N3] a cleaned name stays as it is when cleaned again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 50 }), (text) => {
        const name = cleanName(text)
        if (name !== undefined) expect(cleanName(name)).toBe(name)
      }),
    )
  })
})
