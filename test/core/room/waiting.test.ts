import { describe, expect, it } from 'vitest'
import { lineAt } from '../../../src/core/timeline'
import { aRoom } from './a-room'

function playingRoom() {
  const party = aRoom({ playing: true })
  party.joins('ann')
  party.joins('bob')
  party.joins('eve')
  party.passes(1000)
  return party
}

describe('waiting for somebody', () => {
  it('[K1] a member who is buffering stops the room, and everybody is told whom it waits for and until when', () => {
    const party = playingRoom()
    expect(party.asks('bob', { type: 'suspend', reason: 'buffering' })).toEqual([
      'member-suspended',
      'waiting-changed',
      'timeline-changed',
    ])
    expect(party.room().waiting).toEqual({
      for: [party.called('bob').id],
      sinceMs: party.nowMs,
      untilMs: party.nowMs + 10_000,
    })
    expect(party.room().timeline.next?.playing).toBe(false)
    expect(party.room().lastAct).toMatchObject({ kind: 'wait' })
  })

  it('[K2] the room goes on when the last one it waits for can play again', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.asks('eve', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('bob', { type: 'resume' })
    expect(party.room().waiting?.for).toEqual([party.called('eve').id])
    party.asks('eve', { type: 'resume' })
    expect(party.room().waiting).toBeUndefined()
    expect(party.room().timeline.next).toMatchObject({ playing: true, atMs: party.nowMs + 250 })
    expect(party.room().lastAct).toMatchObject({ kind: 'go-on' })
    expect(party.room().lastAct?.memberId).toBeUndefined()
  })

  it('[K3] a stall that is over before the room has stopped never stops it', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.nowMs += 100
    party.asks('bob', { type: 'resume' })
    expect(party.room().timeline).toMatchObject({ current: { playing: true } })
    expect(party.room().timeline.next).toBeUndefined()
  })

  it('[K4] after 10 s the room goes on without them and does not wait for them again for a minute', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    expect(party.passes(10_000)).toEqual(['waiting-changed', 'timeline-changed'])
    party.passes(1000)
    expect(lineAt(party.room().timeline, party.nowMs).playing).toBe(true)
    party.asks('bob', { type: 'resume' })
    expect(party.asks('bob', { type: 'suspend', reason: 'buffering' })).toEqual(['member-suspended'])
    party.asks('bob', { type: 'resume' })
    party.passes(60_000)
    expect(party.asks('bob', { type: 'suspend', reason: 'buffering' })).toContain('waiting-changed')
  })

  it('[K11] somebody who stalls again and again holds the room for a seventh of the time at most', () => {
    const party = playingRoom()
    let heldMs = 0
    for (let ms = 0; ms < 600_000; ms += 100) {
      if (!party.called('bob').suspension) party.asks('bob', { type: 'suspend', reason: 'buffering' })
      const { waiting } = party.room()
      if (waiting) heldMs += 100
      if (!waiting || party.nowMs - waiting.sinceMs > 9700) party.asks('bob', { type: 'resume' })
      party.passes(100)
    }
    expect(heldMs).toBeGreaterThan(60_000)
    expect(heldMs).toBeLessThan(600_000 / 6)
  })

  it('[K5] other reasons are told and not waited for', () => {
    const party = playingRoom()
    for (const reason of ['ad', 'autoplay-blocked', 'scrubbing', 'elsewhere', 'error'] as const) {
      expect(party.asks('bob', { type: 'suspend', reason })).toEqual(['member-suspended'])
    }
    expect(party.called('bob').suspension?.reason).toBe('error')
  })

  it('[K6] in a room that stands still a stall is told and not waited for', () => {
    const party = aRoom()
    party.joins('ann')
    expect(party.asks('ann', { type: 'suspend', reason: 'buffering' })).toEqual(['member-suspended'])
  })

  it('[K7] whoever leaves or goes away is not waited for', () => {
    for (const departure of [{ type: 'leave' }, { type: 'go-away' }] as const) {
      const party = playingRoom()
      party.asks('bob', { type: 'suspend', reason: 'buffering' })
      party.passes(2000)
      party.asks('bob', departure)
      expect(party.room().waiting).toBeUndefined()
      expect(party.room().timeline.next?.playing).toBe(true)
    }
  })

  it('[K8] somebody presses pause while the room waits: it stays where it is', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('ann', { type: 'pause', positionSec: 0 })
    expect(party.room().waiting).toBeUndefined()
    party.asks('bob', { type: 'resume' })
    party.passes(20_000)
    expect(lineAt(party.room().timeline, party.nowMs).playing).toBe(false)
  })

  it('[K9] somebody presses play while the room waits: it goes on without waiting', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('ann', { type: 'play', positionSec: 3 })
    expect(party.room().waiting).toBeUndefined()
    expect(party.room().timeline.next).toMatchObject({ positionSec: 3, playing: true })
    expect(party.called('bob').notWaitedForUntilMs).toBe(party.nowMs + 60_000)
  })

  it('[K10] a seek while the room waits moves it, and it still waits', () => {
    const party = playingRoom()
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('ann', { type: 'seek', positionSec: 77 })
    expect(party.room().waiting?.for).toEqual([party.called('bob').id])
    expect(party.room().timeline).toEqual({ current: { positionSec: 77, rate: 1, playing: false, atMs: party.nowMs } })
  })
})
