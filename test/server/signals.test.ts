import { beforeEach, describe, expect, it } from 'vitest'
import type { PlayerReport } from '../../src/dialects/dialect'
import type { Told } from '../../src/dialects/server-dialect'
import { createSignals, type Signals } from '../../src/server/signals'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'

const at = (positionSec: number): PlayerReport => ({ positionSec, state: 'playing' })

describe('signals', () => {
  let clock: ManualClock
  let signals: Signals
  let here: Set<string>
  let told: [number, Told][]
  let dropped: number

  beforeEach(() => {
    clock = createManualClock(0)
    here = new Set(['anna', 'ben'])
    told = []
    dropped = 0
    signals = createSignals({
      clock,
      timers: clock,
      hearers: {
        size: () => here.size,
        has: (_, memberId) => here.has(memberId),
        tell: (_, what) => void told.push([clock.nowMs(), what]),
      },
      onDropped: () => void (dropped += 1),
    })
  })

  it('[S55] of reports the newest is told with the next batch, and none of somebody who is gone by then', async () => {
    signals.report('room', 'anna', at(1))
    signals.report('room', 'anna', at(2))
    signals.report('room', 'ben', at(3))
    here.delete('ben')
    await clock.advance(500)
    expect(told).toEqual([
      [0, { kind: 'reports', reports: { anna: at(1) } }],
      [500, { kind: 'reports', reports: { anna: at(2) } }],
    ])
  })

  it('[S55] a room that nobody hears any more holds no timer', () => {
    signals.report('room', 'anna', at(1))
    signals.report('room', 'anna', at(2))
    signals.typing('room', 'anna', true)
    for (let count = 0; count < 3; count++) signals.react('room', 'anna', '👏')
    expect(clock.timersWaiting()).toBeGreaterThan(0)
    here.clear()
    signals.drop('room')
    expect(clock.timersWaiting()).toBe(0)
    signals.report('room', 'anna', at(3))
    expect(clock.timersWaiting()).toBe(0)
  })

  it('[S55] among fifty and more there is one batch a second', async () => {
    for (let more = 0; more < 60; more++) here.add(`member-${more}`)
    for (let tenth = 0; tenth < 50; tenth++) {
      signals.report('room', 'anna', at(tenth))
      await clock.advance(100)
    }
    expect(told.map(([atMs]) => atMs)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000])
  })

  it('[S78] who types is told when it changes, and who says nothing more is taken for silent', async () => {
    const typing = (): [number, readonly string[]][] =>
      told.flatMap(([atMs, what]) => (what.kind === 'typing' ? [[atMs, what.memberIds]] : []))
    signals.typing('room', 'anna', true)
    signals.typing('room', 'ben', true)
    await clock.advance(3_000)
    signals.typing('room', 'anna', true)
    await clock.advance(1_000)
    signals.typing('room', 'ben', false)
    await clock.advance(20_000)
    expect(typing()).toEqual([
      [0, ['anna']],
      [500, ['anna', 'ben']],
      [4_500, ['anna']],
      [9_000, []],
    ])
    expect(clock.timersWaiting()).toBe(0)
  })

  it('[S79] reactions are told each one and in order, at once among a few and in handfuls otherwise', async () => {
    for (const emoji of ['1', '2', '3', '2']) signals.react('room', 'anna', emoji)
    await clock.advance(1_000)
    const emojis = told.map(([atMs, what]) => [
      atMs,
      what.kind === 'reactions' && what.reactions.map(({ emoji }) => emoji),
    ])
    expect(emojis).toEqual([
      [0, ['1']],
      [100, ['2', '3', '2']],
    ])
  })

  it('[S79] too many of them are dropped and counted', async () => {
    for (let count = 0; count < 100; count++) signals.react('room', 'anna', String(count))
    await clock.advance(1_000)
    const reactions = told.flatMap(([, what]) => (what.kind === 'reactions' ? what.reactions : []))
    expect(reactions).toHaveLength(41)
    expect(dropped).toBe(59)
  })
})
