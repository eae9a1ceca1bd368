import { describe, expect, it } from 'vitest'
import { completePublic } from '../../../src/core/room/complete'
import { memberOf, type Patience, type WaitableReason } from '../../../src/core/room/room'
import { lineAt } from '../../../src/core/timeline'
import { type ARoom, aRoom } from './a-room'

const LEAD_MS = 250
const TICK_MS = 500
const HOURS_MS = 2 * 3_600_000

function aRoomWith(names: readonly string[], playing = true): ARoom {
  const party = aRoom({ playing })
  for (const name of names) party.joins(name)
  party.passes(1000)
  return party
}
const sets = (party: ARoom, mostSec: number, ...reasons: WaitableReason[]) =>
  party.asks('ann', { type: 'set-patience', patience: { mostSec, reasons } })
const waitedFor = (party: ARoom) => party.room().waiting?.for.map((id) => memberOf(party.room(), id)?.shown.name)
const isPlaying = (party: ARoom) => lineAt(party.room().timeline, party.nowMs).playing

describe('the host sets how long the room waits', () => {
  it('[K12] a new room waits 10 s for who is buffering; the host may say otherwise, and everybody is told', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    expect(party.room().patience).toEqual({ mostSec: 10, reasons: ['buffering'] })
    expect(sets(party, 30, 'ad', 'buffering', 'ad')).toEqual(['patience-changed'])
    expect(party.room().patience).toEqual({ mostSec: 30, reasons: ['buffering', 'ad'] })
    expect(sets(party, 30, 'buffering', 'ad')).toEqual([])
    party.asks('bob', { type: 'suspend', reason: 'ad' })
    expect(party.room().waiting).toMatchObject({ sinceMs: party.nowMs, untilMs: party.nowMs + 30_000 })
    party.asks('eve', { type: 'suspend', reason: 'autoplay-blocked' })
    expect(waitedFor(party)).toEqual(['bob'])
  })

  it('[K12] others may not, and what no room has is refused', () => {
    const party = aRoomWith(['ann', 'bob'])
    const patience: Patience = { mostSec: 30, reasons: ['ad'] }
    expect(party.asks('bob', { type: 'set-patience', patience })).toBe('not-allowed')
    for (const mostSec of [-1, 300.5, Number.NaN]) expect(sets(party, mostSec)).toBe('out-of-range')
    expect(sets(party, 300)).toEqual(['patience-changed'])
  })

  it.each([
    ['no time', 0, ['buffering']],
    ['no reason', 10, []],
  ] as const)('[K12] with %s it waits for nobody', (_, mostSec, reasons) => {
    const party = aRoomWith(['ann', 'bob'])
    sets(party, mostSec, ...reasons)
    expect(party.asks('bob', { type: 'suspend', reason: 'buffering' })).toEqual(['member-suspended'])
    expect(isPlaying(party)).toBe(true)
  })

  it('[K13] a wait that has begun lasts as long as the new one would', () => {
    const party = aRoomWith(['ann', 'bob'])
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    const sinceMs = party.nowMs
    party.passes(7000)
    expect(sets(party, 60, 'buffering')).toEqual(['patience-changed', 'waiting-changed'])
    expect(party.room().waiting).toMatchObject({ sinceMs, untilMs: sinceMs + 60_000 })
    expect(sets(party, 5, 'buffering')).toEqual(['patience-changed', 'waiting-changed', 'timeline-changed'])
    expect(party.room().waiting).toBeUndefined()
    party.passes(LEAD_MS)
    expect(isPlaying(party)).toBe(true)
  })

  it('[K13] who can not play now is waited for, or not any more, as it says', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    party.asks('bob', { type: 'suspend', reason: 'ad' })
    sets(party, 10, 'ad')
    expect(waitedFor(party)).toEqual(['bob'])
    expect(party.room().lastAct).toMatchObject({ kind: 'wait', memberId: party.called('bob').id })
    party.asks('eve', { type: 'suspend', reason: 'buffering' })
    sets(party, 10, 'buffering')
    expect(waitedFor(party)).toEqual(['eve'])
    sets(party, 0, 'buffering')
    expect(party.room().waiting).toBeUndefined()
    expect(party.room().timeline).toMatchObject({ current: { playing: true } })
  })

  it('[K13] who changes from one such reason to another is waited for once', () => {
    const party = aRoomWith(['ann', 'bob'])
    sets(party, 10, 'buffering', 'autoplay-blocked')
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.asks('bob', { type: 'suspend', reason: 'autoplay-blocked' })
    expect(waitedFor(party)).toEqual(['bob'])
    party.asks('bob', { type: 'suspend', reason: 'ad' })
    expect(party.room().waiting).toBeUndefined()
  })

  it('[K15] the next host finds it as it was', () => {
    const party = aRoomWith(['ann', 'bob'])
    sets(party, 60, 'ad')
    party.asks('ann', { type: 'leave' })
    expect(party.room().patience).toEqual({ mostSec: 60, reasons: ['ad'] })
    expect(party.asks('bob', { type: 'set-patience', patience: { mostSec: 0, reasons: [] } })).toEqual([
      'patience-changed',
    ])
  })

  it('[K15] a room from before it could be set waits as a new one does', () => {
    const { patience: _, ...old } = aRoomWith(['ann', 'bob']).room()
    expect(completePublic(old).patience).toEqual({ mostSec: 10, reasons: ['buffering'] })
  })
})

describe('the start', () => {
  const standing = () => {
    const party = aRoomWith(['ann', 'bob', 'eve'], false)
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    return party
  }

  it('[K14] play while somebody can not: nobody starts before they can, at the place that was asked', () => {
    const party = standing()
    expect(party.asks('ann', { type: 'play', positionSec: 42 })).toEqual(['waiting-changed', 'timeline-changed'])
    expect(party.room().waiting).toMatchObject({ for: [party.called('bob').id], untilMs: party.nowMs + 10_000 })
    expect(party.room().timeline).toEqual({ current: { positionSec: 42, rate: 1, playing: false, atMs: party.nowMs } })
    expect(party.room().lastAct).toMatchObject({ kind: 'play', memberId: party.called('ann').id })
    expect(party.passes(3000)).toEqual([])
    party.asks('bob', { type: 'resume' })
    expect(party.room().timeline.next).toEqual({
      positionSec: 42,
      rate: 1,
      playing: true,
      atMs: party.nowMs + LEAD_MS,
    })
  })

  it('[K19] the next item begins with everybody, also with whom the last one held up', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    const film = (name: string) => ({ content: { address: `https://example.org/${name}`, title: name } })
    party.asks('ann', { type: 'queue-add', items: [film('first'), film('second')] })
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(1000)
    party.asks('ann', { type: 'skip' })
    expect(party.room().media?.content.title).toBe('second')
    expect(waitedFor(party)).toEqual(['bob'])
    expect(party.room().timeline).toMatchObject({ current: { positionSec: 0, playing: false } })
    party.asks('bob', { type: 'resume' })
    expect(party.room().timeline.next).toMatchObject({ positionSec: 0, playing: true })
  })

  it('[K19] a program that is there is nobody who could play', () => {
    const party = aRoomWith(['ann'])
    party.ask({ type: 'join', dialect: 'tutti', bot: true }, { kind: 'identity', identity: 'counter' })
    party.asks('ann', { type: 'suspend', reason: 'buffering' })
    expect(party.passes(60_000)).not.toContain('timeline-changed')
    expect(waitedFor(party)).toEqual(['ann'])
  })

  it('[K14] at the deadline it starts without them', () => {
    const party = standing()
    party.asks('ann', { type: 'play', positionSec: 42 })
    expect(party.passes(10_000)).toEqual(['waiting-changed', 'timeline-changed'])
    expect(party.room().timeline.next).toMatchObject({ positionSec: 42, playing: true })
  })

  it('[K14] who presses play again does not want to wait', () => {
    const party = standing()
    party.asks('ann', { type: 'play', positionSec: 42 })
    party.passes(1000)
    party.asks('eve', { type: 'play', positionSec: 42 })
    expect(party.room().waiting).toBeUndefined()
    expect(party.room().timeline.next?.playing).toBe(true)
  })

  it('[K14] whom it has waited for lately, or for no reason of its own, it does not start with', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(11_000)
    party.asks('ann', { type: 'pause', positionSec: 1 })
    party.passes(1000)
    party.asks('eve', { type: 'suspend', reason: 'scrubbing' })
    expect(party.asks('ann', { type: 'play', positionSec: 1 })).toEqual(['timeline-changed'])
    expect(party.room().timeline.next?.playing).toBe(true)
  })
})

describe('a missing click', () => {
  it('[K9] play pressed by who is waited for because of it is that click: the room goes on with them when all can', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    sets(party, 30, 'autoplay-blocked')
    party.asks('bob', { type: 'suspend', reason: 'autoplay-blocked' })
    party.asks('eve', { type: 'suspend', reason: 'autoplay-blocked' })
    party.passes(5000)
    const { timeline } = party.room()
    expect(party.asks('bob', { type: 'play', positionSec: 99 })).toEqual(['waiting-changed'])
    expect(waitedFor(party)).toEqual(['eve'])
    expect(party.room().timeline).toEqual(timeline)
    expect(party.asks('eve', { type: 'play', positionSec: 99 })).toEqual(['waiting-changed', 'timeline-changed'])
    expect(party.room().lastAct).toMatchObject({ kind: 'go-on' })
    expect(party.room().timeline.next?.positionSec).toBe(timeline.next?.positionSec)
  })
})

describe('when nobody can play', () => {
  it('[K18] the room goes on waiting: there is nobody to go on for', () => {
    const party = aRoomWith(['ann', 'bob'])
    party.asks('bob', { type: 'suspend', reason: 'ad' })
    party.asks('ann', { type: 'suspend', reason: 'buffering' })
    expect(party.passes(35_000)).toEqual(['waiting-changed', 'waiting-changed', 'waiting-changed'])
    expect(isPlaying(party)).toBe(false)
    party.asks('bob', { type: 'resume' })
    expect(party.passes(10_000)).toEqual(['waiting-changed', 'timeline-changed'])
  })

  it('[K18] neither a share nor the whole patience is used up by who holds up nobody', () => {
    const party = aRoomWith(['ann'])
    for (let stall = 0; stall < 30; stall += 1) {
      party.asks('ann', { type: 'suspend', reason: 'buffering' })
      expect(waitedFor(party), `stall ${stall}`).toEqual(['ann'])
      party.passes(9000)
      party.asks('ann', { type: 'resume' })
      party.passes(1000)
    }
    expect(party.room().patienceFullAtMs).toBeUndefined()
  })

  it('[K18] a wait that is over by a new setting begins again instead', () => {
    const party = aRoomWith(['ann'])
    party.asks('ann', { type: 'suspend', reason: 'buffering' })
    party.passes(8000)
    sets(party, 5, 'buffering')
    expect(party.room().waiting).toMatchObject({ sinceMs: party.nowMs, untilMs: party.nowMs + 5000 })
    sets(party, 0, 'buffering')
    expect(party.room().waiting).toBeUndefined()
  })
})

describe('an end of patience', () => {
  it('[K16] the last act says whom the room went on without', () => {
    const party = aRoomWith(['ann', 'bob', 'eve'])
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.asks('eve', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('eve', { type: 'resume' })
    party.passes(8000)
    expect(party.room().lastAct).toMatchObject({ kind: 'go-on', without: [party.called('bob').id] })
    party.asks('bob', { type: 'resume' })
    party.passes(60_000)
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(2000)
    party.asks('bob', { type: 'resume' })
    expect(party.room().lastAct?.without).toBeUndefined()
  })

  it('[K4] whoever was waited for a long time in vain has had a long share', () => {
    const party = aRoomWith(['ann', 'bob'])
    sets(party, 60, 'buffering')
    party.asks('bob', { type: 'suspend', reason: 'buffering' })
    party.passes(60_000)
    expect(party.called('bob').notWaitedForUntilMs).toBe(party.nowMs + 360_000)
  })

  it.each([
    [10, 60],
    [60, 120],
    [300, 600],
  ])(
    '[K17] members who stall in turns hold a room that waits %i s for half of the time at most',
    (mostSec, wholeSec) => {
      const names = Array.from({ length: 30 }, (_, index) => `member ${index}`)
      const party = aRoomWith(['ann', ...names])
      sets(party, mostSec, 'buffering')
      const begunMs = party.nowMs
      let heldMs = 0
      let overMs = 0
      while (party.nowMs - begunMs < HOURS_MS) {
        const { waiting } = party.room()
        if (waiting) heldMs += TICK_MS
        overMs = Math.max(overMs, heldMs - (party.nowMs - begunMs + 1000 * wholeSec) / 2)
        // Whoever still has a share stalls, and goes on to stall until just before the deadline.
        const next = names.find((name) => (party.called(name).notWaitedForUntilMs ?? 0) <= party.nowMs)
        if (!waiting && next !== undefined) {
          if (party.called(next).suspension) party.asks(next, { type: 'resume' })
          party.asks(next, { type: 'suspend', reason: 'buffering' })
        } else if (waiting && waiting.untilMs - party.nowMs <= TICK_MS) {
          for (const name of names) if (party.called(name).suspension) party.asks(name, { type: 'resume' })
        }
        party.passes(TICK_MS)
      }
      expect(overMs).toBeLessThanOrEqual(TICK_MS)
      expect(heldMs / (party.nowMs - begunMs)).toBeGreaterThan(0.4)
    },
  )

  it('[K17] an evening of ordinary stalls is waited for in full', () => {
    const party = aRoomWith(['ann', 'bob', 'eve', 'kim'])
    for (let round = 0; round < 20; round += 1) {
      for (const name of ['ann', 'bob', 'eve', 'kim']) {
        party.asks(name, { type: 'suspend', reason: 'buffering' })
        expect(party.room().waiting, `${name}, round ${round}`).toMatchObject({ untilMs: party.nowMs + 10_000 })
        party.passes(8000)
        party.asks(name, { type: 'resume' })
        party.passes(20_000)
      }
    }
  })

  it('[K17] the host who sets it anew gives all of it back', () => {
    const names = ['bob', 'eve', 'kim', 'lea', 'max', 'noa']
    const party = aRoomWith(['ann', ...names])
    for (const name of names) {
      party.asks(name, { type: 'suspend', reason: 'buffering' })
      party.passes(10_000)
      party.asks(name, { type: 'resume' })
    }
    expect(party.room().patienceFullAtMs).toBe(party.nowMs + 60_000)
    expect(party.asks('ann', { type: 'suspend', reason: 'buffering' })).toEqual(['member-suspended'])
    sets(party, 5, 'buffering')
    expect(party.room().patienceFullAtMs).toBeUndefined()
    expect(waitedFor(party)).toEqual(['ann'])
  })
})
