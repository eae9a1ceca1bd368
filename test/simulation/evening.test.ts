/**
 * What people may count on when all parts work together. Each evening has a seed; what fails names it, and the round.
 * To look for rare things set `EVENINGS` to some hundred, or to the one seed that failed.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import type { RoomEvent } from '../../src/core/room/event'
import { createEvening, nothingYet, type Round } from './evening-world'

const EVENINGS = Array.from({ length: 28 }, (_, i) => i + 1)
const ROUNDS = 4

/** Half of the most that a path is longer one way is 10 of these, and no fault of the follower. */
const FROM_TIMELINE_MS = 20
const FROM_EACH_OTHER_MS = 32
/** Less than a frame. */
const IN_PLACE_MS = 10

type EventOf<Type extends RoomEvent['type']> = Extract<RoomEvent, { type: Type }>
type Lived = Round & { readonly name: string }

const happened = nothingYet()
const rounds: Lived[] = []
const errors: string[] = []

function eventsOf<Type extends RoomEvent['type']>({ events }: Round, type: Type): EventOf<Type>[] {
  return events.flatMap(({ event }) => (event.type === type ? [event as EventOf<Type>] : []))
}

const moves = (round: Round): string[] => eventsOf(round, 'timeline-changed').map(({ act }) => act.kind)
const ofTrouble = (...troubles: Round['trouble'][]): Lived[] =>
  rounds.filter(({ trouble }) => troubles.includes(trouble))

async function liveThrough(seed: number): Promise<void> {
  const evening = await createEvening(seed, happened)
  for (let number = 1; number <= ROUNDS; number += 1) {
    const round = await evening.round()
    rounds.push({ ...round, name: `seed ${seed}, round ${number}: ${round.trouble}, ${round.act?.what ?? 'no act'}` })
  }
  await evening.end()
  errors.push(...evening.errors())
}

describe('whole rooms', () => {
  beforeAll(async () => {
    for (const seed of EVENINGS) {
      try {
        await liveThrough(seed)
      } catch (error) {
        throw new Error(`seed ${seed} could not be lived through`, { cause: error })
      }
    }
  }, 120_000)

  it('[Z1] when everything has come to rest, each copy equals the room, and nobody is held or waited for', () => {
    for (const { name, room, copies } of rounds) {
      for (const copy of copies) expect(copy, name).toEqual(room)
      expect(room.waiting, name).toBeUndefined()
      expect(
        room.members.filter(({ suspension }) => suspension),
        name,
      ).toEqual([])
    }
    expect(errors).toEqual([])
  })

  it('[Z2] running players are on the timeline and together, standing ones at the room’s place, and none is sought', () => {
    for (const { name, looks, isPlaying, seeksAtRest } of rounds) {
      for (const moment of looks) {
        for (const { who, playing, offMs } of moment) {
          expect(playing, `${name}: ${who} runs`).toBe(isPlaying)
          expect(Math.abs(offMs), `${name}: ${who}`).toBeLessThan(isPlaying ? FROM_TIMELINE_MS : IN_PLACE_MS)
        }
        const offs = moment.map(({ offMs }) => offMs)
        const apartMs = Math.max(...offs) - Math.min(...offs)
        expect(apartMs, `${name}: apart`).toBeLessThan(isPlaying ? FROM_EACH_OTHER_MS : IN_PLACE_MS)
      }
      expect(seeksAtRest, `${name}: seeks`).toBe(0)
    }
  })

  it('[Z3] what a person does is said once and moves everybody, or is answered; nothing else is said in anybody’s name', () => {
    for (const round of rounds) {
      const { name, act, said, isPlaying } = round
      const [one] = said
      // Who presses play in a room that plays has what they want.
      const playsAnyway = act?.asks.includes('play') === true && isPlaying
      if (!act || (playsAnyway && !one)) {
        expect(said, name).toEqual([])
        continue
      }
      expect(said, name).toHaveLength(1)
      expect(one?.by, name).toBe(act.by)
      expect(act.asks, name).toContain(one?.command.type)
      expect(['done', 'no-answer'], name).toContain(one?.answer)
      if (one?.answer !== 'done' || playsAnyway) continue
      const own = eventsOf(round, 'timeline-changed').filter((event) => event.act.memberId === act.memberId)
      expect(
        own.filter((event) => event.act.kind === one.command.type),
        name,
      ).toHaveLength(1)
    }
  })

  it('[Z4] the room waits for who stalls, everybody hears for whom, and all go on together', () => {
    for (const round of ofTrouble('stall', 'long stall', 'lost while stalled')) {
      if (round.act || !round.mayBeWaitedFor) continue
      happened.waits += 1
      expect(moves(round), round.name).toEqual(['wait', 'go-on'])
      for (const heard of round.heardWaitingFor) expect(heard, round.name).toContain(round.memberId)
      expect(round.isPlaying, round.name).toBe(true)
    }
  })

  it('[Z5] no hiccup, lost connection, restart, coming or going moves the room', () => {
    for (const round of ofTrouble(
      'none',
      'hiccup',
      'cut',
      'dead link',
      'outage',
      'restart',
      'comes',
      'goes',
      'patience',
    )) {
      if (!round.act) expect(moves(round), round.name).toEqual([])
    }
    for (const { name, room, memberId } of ofTrouble('goes')) {
      expect(
        room.members.map(({ id }) => id),
        name,
      ).not.toContain(memberId)
      expect(
        room.members.filter(({ role }) => role === 'host'),
        name,
      ).toHaveLength(1)
    }
  })

  it('[Z1] the evenings were worth living through', () => {
    for (const [what, count] of Object.entries(happened)) expect(count, what).toBeGreaterThan(0)
  })
})
