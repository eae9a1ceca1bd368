import { describe, expect, it } from 'vitest'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { aRoom } from './a-room'

const LEAD_MS = 250

describe('playing, pausing, seeking', () => {
  it('[T1] play counts from a moment ahead, at the position asked; until then the old line counts', () => {
    const party = aRoom()
    party.joins('ann')
    expect(party.asks('ann', { type: 'play', positionSec: 12 })).toEqual(['timeline-changed'])
    const { timeline } = party.room()
    expect(timeline.current).toMatchObject({ positionSec: 0, playing: false })
    expect(timeline.next).toEqual({ positionSec: 12, rate: 1, playing: true, atMs: party.nowMs + LEAD_MS })
    expect(positionAt(lineAt(timeline, party.nowMs + LEAD_MS + 2000), party.nowMs + LEAD_MS + 2000)).toBeCloseTo(14)
  })

  it('[T2] the moment ahead grows with the slowest measured path and is bounded', () => {
    const party = aRoom()
    party.joins('ann')
    party.pathsMs = [20, 200]
    party.asks('ann', { type: 'play', positionSec: 0 })
    expect(party.room().timeline.next?.atMs).toBe(party.nowMs + 400)
    party.passes(1000)
    party.pathsMs = [60_000]
    party.asks('ann', { type: 'pause', positionSec: 1 })
    expect(party.room().timeline.next?.atMs).toBe(party.nowMs + 1000)
  })

  it('[T3] pause stands on the frame that the asker paused on', () => {
    const party = aRoom({ playing: true })
    party.joins('ann')
    party.passes(5000)
    party.asks('ann', { type: 'pause', positionSec: 4.96 })
    expect(party.room().timeline.next).toMatchObject({ positionSec: 4.96, playing: false })
    expect(party.room().timeline.current.playing).toBe(true)
  })

  it('[T4] a seek in a room that stands still counts at once', () => {
    const party = aRoom()
    party.joins('ann')
    party.asks('ann', { type: 'seek', positionSec: 90 })
    expect(party.room().timeline).toEqual({ current: { positionSec: 90, rate: 1, playing: false, atMs: party.nowMs } })
  })

  it('[T5] a seek while playing gives players 400 ms more to get there', () => {
    const party = aRoom({ playing: true })
    party.joins('ann')
    party.asks('ann', { type: 'seek', positionSec: 90 })
    expect(party.room().timeline.next).toMatchObject({
      positionSec: 90,
      playing: true,
      atMs: party.nowMs + LEAD_MS + 400,
    })
  })

  it('[T6] a rate counts from its moment on, without a jump', () => {
    const party = aRoom({ playing: true, positionSec: 10 })
    party.joins('ann')
    party.passes(1000)
    party.asks('ann', { type: 'set-rate', rate: 1.5 })
    const next = party.room().timeline.next
    expect(next).toMatchObject({ rate: 1.5, playing: true })
    expect(next?.positionSec).toBeCloseTo(10 + 1 + LEAD_MS / 1000)
  })

  it('[T7] play in a room that plays, and pause in a room that stands, change nothing', () => {
    const party = aRoom({ playing: true })
    party.joins('ann')
    expect(party.asks('ann', { type: 'play', positionSec: 3 })).toEqual([])
    party.asks('ann', { type: 'pause', positionSec: 3 })
    expect(party.asks('ann', { type: 'pause', positionSec: 7 })).toEqual([])
    expect(party.room().timeline.next?.positionSec).toBe(3)
  })

  it('[T8] a change asked before the last one counts builds on the last one', () => {
    const party = aRoom()
    party.joins('ann')
    party.asks('ann', { type: 'play', positionSec: 5 })
    party.nowMs += 100
    party.asks('ann', { type: 'set-rate', rate: 2 })
    expect(party.room().timeline.next).toMatchObject({ rate: 2, playing: true })
    party.asks('ann', { type: 'pause', positionSec: 5 })
    expect(party.room().timeline.current).toMatchObject({ positionSec: 5, playing: false })
    expect(party.room().timeline.next).toBeUndefined()
  })

  it('[T9] positions outside the media and rates that no player has are refused', () => {
    const party = aRoom({ media: { durationSec: 60, content: { address: 'https://films.example/1', title: 'One' } } })
    party.joins('ann')
    expect(party.asks('ann', { type: 'seek', positionSec: 62 })).toBe('out-of-range')
    expect(party.asks('ann', { type: 'seek', positionSec: -1 })).toBe('out-of-range')
    expect(party.asks('ann', { type: 'play', positionSec: Number.NaN })).toBe('out-of-range')
    expect(party.asks('ann', { type: 'set-rate', rate: 5 })).toBe('out-of-range')
    expect(party.asks('ann', { type: 'seek', positionSec: 60.5 })).toEqual(['timeline-changed'])
    party.asks('ann', { type: 'seek', positionSec: -0 })
    expect(party.room().timeline.current.positionSec).toBe(0)
  })

  it('[T10] new media starts at its beginning, standing still, at once', () => {
    const party = aRoom({ playing: true, positionSec: 500 })
    party.joins('ann')
    const media = { durationSec: 60, content: { address: 'https://films.example/2', title: 'Two' } }
    party.asks('ann', { type: 'set-media', media })
    expect(party.room().media?.content.title).toBe('Two')
    expect(party.room().timeline).toEqual({ current: { positionSec: 0, rate: 1, playing: false, atMs: party.nowMs } })
  })

  it('[T11] the room remembers who moved the timeline, from where to where', () => {
    const party = aRoom({ positionSec: 100 })
    const ann = party.joins('ann')
    party.asks('ann', { type: 'seek', positionSec: 90 })
    expect(party.room().lastAct).toEqual({ kind: 'seek', memberId: ann.id, atMs: party.nowMs, fromSec: 100, toSec: 90 })
  })
})
