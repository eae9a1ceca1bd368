import { describe, expect, it } from 'vitest'
import { completePublic } from '../../src/core/room/complete'
import type { Member, PublicRoom } from '../../src/core/room/room'
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/room/settings'
import { createDirectory } from '../../src/server/directory'
import { createManualClock } from '../doubles/manual-clock'

function person(id: string, presence: Member['presence'] = { kind: 'connected' }): Member {
  return { id, number: 1, role: 'guest', presence, dialect: 'tutti', shown: { name: 'Somebody' } }
}

function aRoom(code: string, people: number, settings: Partial<Settings> = {}): PublicRoom {
  return completePublic({
    id: `room-${code}`,
    number: 1,
    code,
    epoch: 'e',
    rev: 1,
    whenHostLeaves: 'pass',
    timeline: { current: { positionSec: 0, rate: 1, playing: false, atMs: 0 } },
    settings: { ...DEFAULT_SETTINGS, listed: true, ...settings },
    members: Array.from({ length: people }, (_, index) => person(`m${index}`)),
  })
}

describe('the public list', () => {
  const start = () => {
    const clock = createManualClock()
    const directory = createDirectory(clock)
    const note = (room: PublicRoom): void => directory.note(room.id, room)
    return { clock, directory, note, codes: () => directory.list().map(({ code }) => code) }
  }

  it('[S81] tells rooms that want to be in it, most people first, and nothing of others', () => {
    const { directory, note, codes } = start()
    note(aRoom('small', 1))
    note(aRoom('private', 9, { listed: false }))
    note(
      aRoom('large', 3, {
        capacity: 10,
        locked: true,
        shown: { title: 'Films', description: 'Old ones', welcome: 'Hello' },
      }),
    )
    expect(codes()).toEqual(['large', 'small'])
    expect(directory.list()[0]).toEqual({
      id: 'room-large',
      number: expect.any(Number),
      temporary: true,
      code: 'large',
      title: 'Films',
      description: 'Old ones',
      members: 3,
      capacity: 10,
      locked: true,
      guests: true,
      mode: 'manual',
    })
  })

  it('[S81] a room that is unlisted, closed or gone is out of it at once; who is away is not counted', () => {
    const { clock, directory, note, codes } = start()
    for (const code of ['one', 'two', 'three', 'four']) note(aRoom(code, 2))
    expect(codes()).toHaveLength(4)
    note(aRoom('one', 2, { listed: false }))
    note({ ...aRoom('two', 2), closed: { why: 'empty' } })
    directory.note('room-three', undefined)
    const four = aRoom('four', 1)
    note({ ...four, members: [...four.members, person('away', { kind: 'away', sinceMs: clock.nowMs() })] })
    expect(directory.list()).toMatchObject([{ code: 'four', members: 1 }])
  })

  it('[S81] is sorted at most once a second, tells at most 100, and a new room at once', async () => {
    const { clock, note, codes } = start()
    for (let room = 0; room < 150; room++) note(aRoom(`room${room}`, 1))
    expect(codes()).toHaveLength(100)
    note(aRoom('room149', 5))
    expect(codes()).not.toContain('room149')
    await clock.advance(1_000)
    expect(codes()[0]).toBe('room149')
    note(aRoom('new', 9))
    expect(codes()[0]).toBe('new')
  })

  it('[S81] open to anybody are those with a place and without a lock, to people who are known also those without guests', () => {
    const { directory, note } = start()
    note(aRoom('full', 5, { capacity: 5 }))
    note(aRoom('locked', 4, { locked: true }))
    note(aRoom('known', 3, { guests: false }))
    note(aRoom('open', 2))
    expect(directory.open(false)).toEqual(['room-open'])
    expect(directory.open(true)).toEqual(['room-known', 'room-open'])
  })
})
