import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeFrom, foldCode } from '../../../src/core/room/code'
import type { RoomCommand } from '../../../src/core/room/command'
import { due } from '../../../src/core/room/due'
import { cleanName, distinctName, generateName } from '../../../src/core/room/names'
import { patienceOf } from '../../../src/core/room/patience'
import { type PublicRoom, SUSPENSION_REASONS, WAITABLE_REASONS } from '../../../src/core/room/room'
import { seatOf } from '../../../src/core/room/seats'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { type ARoom, aRoom } from './a-room'

const PEOPLE = ['ann', 'bob', 'eve', 'kim']
const person = fc.constantFrom(...PEOPLE)
const positionSec = fc.double({ min: 0, max: 5000, noNaN: true })

const roomCommand: fc.Arbitrary<RoomCommand | { type: 'go-away' }> = fc.oneof(
  fc.record({ type: fc.constantFrom('play' as const, 'pause' as const, 'seek' as const), positionSec }),
  fc.record({ type: fc.constant('set-rate' as const), rate: fc.double({ min: 0.25, max: 4, noNaN: true }) }),
  fc.record({
    type: fc.constant('set-control' as const),
    control: fc.constantFrom('host' as const, 'everyone' as const),
  }),
  fc.record({
    type: fc.constant('set-patience' as const),
    patience: fc.record({
      mostSec: fc.constantFrom(0, 1, 10, 60, 300),
      reasons: fc.uniqueArray(fc.constantFrom(...WAITABLE_REASONS)),
    }),
  }),
  fc.record({ type: fc.constant('rename' as const), name: fc.string({ maxLength: 40 }) }),
  fc.record({ type: fc.constant('suspend' as const), reason: fc.constantFrom(...SUSPENSION_REASONS) }),
  fc.constantFrom({ type: 'resume' as const }, { type: 'leave' as const }, { type: 'go-away' as const }),
)

type Step =
  | { kind: 'join'; who: string }
  | { kind: 'asks'; who: string; command: RoomCommand | { type: 'go-away' } }
  | { kind: 'passes'; ms: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), who: person }),
  fc.record({ kind: fc.constant('asks' as const), who: person, command: roomCommand }),
  fc.record({ kind: fc.constant('passes' as const), ms: fc.integer({ min: 0, max: 70_000 }) }),
)

function take(party: ARoom, step: Step): void {
  switch (step.kind) {
    case 'join':
      party.ask({ type: 'join', name: step.who, dialect: 'tutti' }, { kind: 'identity', identity: step.who })
      return
    case 'asks': {
      party.ask(step.command, { kind: 'member', memberId: seatOf(party.whole(), step.who) ?? 'nobody' })
      return
    }
    case 'passes':
      party.passes(step.ms)
      return
  }
}

function holds(room: PublicRoom, nowMs: number): void {
  const { members, waiting } = room
  expect(members.filter((member) => member.role === 'host')).toHaveLength(members.length === 0 ? 0 : 1)
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
      expect(patienceOf(room).reasons).toContain(member?.suspension?.reason)
    }
    expect(lineAt(room.timeline, Number.POSITIVE_INFINITY).playing).toBe(false)
  }
  expect(positionAt(lineAt(room.timeline, nowMs), nowMs)).toBeGreaterThanOrEqual(0)
  if (!room.closed && room.timeline.next) expect(room.timeline.next.atMs - nowMs).toBeLessThanOrEqual(1400)
  const next = due(room)
  if (next) expect(next.atMs).toBeGreaterThan(nowMs)
}

describe('a room under any commands', () => {
  it('[G2] has one host while it has members, distinct names, waits only for who is here and suspended for a reason it waits for, and is never overdue', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.constantFrom('pass' as const, 'close' as const),
        (steps, fate) => {
          const party = aRoom({ whenHostLeaves: fate })
          let rev = party.room().rev
          for (const one of steps) {
            take(party, one)
            const room = party.room()
            expect(room.rev).toBeGreaterThanOrEqual(rev)
            rev = room.rev
            if (room.closed) return
            holds(room, party.nowMs)
          }
        },
      ),
      { numRuns: 500 },
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
