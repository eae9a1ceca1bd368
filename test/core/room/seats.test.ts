import { describe, expect, it } from 'vitest'
import { hostOf } from '../../../src/core/room/room'
import { aRoom, read } from './a-room'

describe('members and seats', () => {
  it('[M1] the first member into a room without a host becomes host, on any wire', () => {
    const party = aRoom()
    expect(party.joins('ann').role).toBe('host')
    expect(party.joins('bob').role).toBe('guest')
  })

  it('[M2] one identity has one seat: joining again changes nothing', () => {
    const party = aRoom()
    const ann = party.joins('ann')
    expect(party.joins('ann')).toEqual(ann)
    expect(party.room().members).toHaveLength(1)
  })

  it('[M3] a lost connection keeps the seat for 60 s, then the seat is gone', () => {
    const party = aRoom()
    party.joins('ann')
    party.joins('bob')
    party.asks('bob', { type: 'go-away' })
    expect(party.called('bob').presence).toEqual({ kind: 'away', sinceMs: party.nowMs })
    expect(party.passes(59_999)).toEqual([])
    expect(party.passes(1)).toEqual(['member-left'])
    expect(party.room().members).toHaveLength(1)
  })

  it('[M4] whoever comes back in time has the same seat, name and role', () => {
    const party = aRoom()
    const ann = party.joins('ann')
    party.asks('ann', { type: 'go-away' })
    party.passes(30_000)
    expect(party.joins('ann')).toEqual(ann)
    expect(party.passes(60_000)).toEqual([])
  })

  it('[M5] a room without members is kept for ten minutes, then closed', () => {
    const party = aRoom()
    party.joins('ann')
    party.asks('ann', { type: 'leave' })
    expect(party.passes(599_999)).toEqual([])
    party.joins('bob')
    party.asks('bob', { type: 'leave' })
    expect(party.passes(600_000)).toEqual(['room-closed'])
    expect(read(party.ask({ type: 'join', dialect: 'tutti' }, { kind: 'identity', identity: 'eve' }))).toBe(
      'room-closed',
    )
  })

  it('[M6] the 101st member is refused', () => {
    const party = aRoom()
    for (let n = 0; n < 100; n += 1) party.joins(`p${n}`)
    expect(() => party.joins('one too many')).toThrow('room-full')
    expect(party.joins('p7').shown.name).toBe('p7')
  })

  it('[M7] names are cleaned, distinct in the room, and made up for who gives none', () => {
    const party = aRoom()
    expect(party.joins('Ann').shown.name).toBe('Ann')
    const anonymous = (identity: string) =>
      party.ask({ type: 'join', dialect: 'tutti' }, { kind: 'identity', identity })
    anonymous('x')
    anonymous('y')
    expect(party.called('x').shown.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
    expect(party.called('x').shown.name).not.toBe(party.called('y').shown.name)
    party.asks('x', { type: 'rename', name: '  ann\u0000\n ' })
    expect(party.called('x').shown.name).toBe('ann 2')
    expect(party.asks('x', { type: 'rename', name: ' \u200b ' })).toBe('bad-name')
    expect(party.asks('x', { type: 'rename', name: 'x'.repeat(33) })).toBe('bad-name')
  })

  it('[M8] whoever is not in the room can ask nothing of it', () => {
    const party = aRoom()
    party.joins('ann')
    const stranger = { kind: 'member', memberId: 'nobody' } as const
    expect(read(party.ask({ type: 'play', positionSec: 0 }, stranger))).toBe('not-in-room')
  })
})

describe('host and control', () => {
  it('[H1] host leaves: the role passes at once to the connected member who has been here longest', () => {
    const party = aRoom()
    for (const name of ['ann', 'bob', 'eve']) party.joins(name)
    party.asks('bob', { type: 'go-away' })
    expect(party.asks('ann', { type: 'leave' })).toEqual(['member-left', 'host-changed'])
    expect(hostOf(party.room())?.id).toBe(party.called('eve').id)
  })

  it('[H2] a host whose connection is lost stays host for 10 s while others are there', () => {
    const party = aRoom()
    party.joins('ann')
    party.joins('bob')
    party.asks('ann', { type: 'go-away' })
    expect(party.passes(9999)).toEqual([])
    expect(party.passes(1)).toEqual(['host-changed'])
    expect(party.called('bob').role).toBe('host')
    expect(party.joins('ann').role).toBe('member')
  })

  it('[H3] a host alone stays host as long as the seat is kept', () => {
    const party = aRoom()
    party.joins('ann')
    party.asks('ann', { type: 'go-away' })
    expect(party.passes(50_000)).toEqual([])
    expect(party.joins('ann').role).toBe('host')
  })

  it('[H7] whoever comes in when the host has been away for longer than that takes the role at once', () => {
    const party = aRoom()
    party.joins('ann')
    party.asks('ann', { type: 'go-away' })
    party.passes(10_000)
    expect(party.joins('bob').role).toBe('host')
    expect(party.joins('ann').role).toBe('member')
  })

  it('[H4] a room that lives by its host closes when the host leaves', () => {
    const party = aRoom({ whenHostLeaves: 'close' })
    party.joins('ann')
    party.joins('bob')
    expect(party.asks('ann', { type: 'leave' })).toEqual(['member-left', 'room-closed'])
    expect(party.room().closed).toEqual({ why: 'host-left' })
  })

  it('[H5] under host control others may not move the timeline, but may say that they stall, rename themselves and leave', () => {
    const party = aRoom({ control: 'host' })
    party.joins('ann')
    party.joins('bob')
    for (const command of [
      { type: 'play', positionSec: 0 },
      { type: 'pause', positionSec: 0 },
      { type: 'seek', positionSec: 0 },
      { type: 'set-rate', rate: 2 },
      { type: 'set-media', media: { content: { address: 'https://films.example', title: 'x' } } },
    ] as const) {
      expect(party.asks('bob', command)).toBe('host-controls')
    }
    expect(party.asks('bob', { type: 'suspend', reason: 'buffering' })).toEqual(['member-suspended'])
    expect(party.asks('bob', { type: 'rename', name: 'Robert' })).toEqual(['member-renamed'])
    expect(party.asks('bob', { type: 'leave' })).toEqual(['member-left'])
    expect(party.asks('ann', { type: 'play', positionSec: 0 })).toEqual(['timeline-changed'])
  })

  it('[H6] only the host says who may control', () => {
    const party = aRoom()
    party.joins('ann')
    party.joins('bob')
    expect(party.asks('bob', { type: 'set-control', control: 'host' })).toBe('host-only')
    expect(party.asks('ann', { type: 'set-control', control: 'host' })).toEqual(['control-changed'])
    expect(party.asks('ann', { type: 'set-control', control: 'host' })).toEqual([])
    expect(party.asks('bob', { type: 'play', positionSec: 0 })).toBe('host-controls')
  })
})

describe('what is due', () => {
  it('[G1] a timed command that comes early, twice or from a member is refused and changes nothing', () => {
    const party = aRoom()
    const ann = party.joins('ann')
    party.asks('ann', { type: 'go-away' })
    const expired = { type: 'seat-expired', memberId: ann.id } as const
    expect(read(party.ask(expired, { kind: 'room' }))).toBe('not-due')
    party.nowMs += 60_000
    expect(read(party.ask(expired, { kind: 'member', memberId: ann.id }))).toBe('not-due')
    expect(read(party.ask(expired, { kind: 'room' }))).toEqual(['member-left'])
    expect(read(party.ask(expired, { kind: 'room' }))).toBe('not-due')
  })
})
