import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFollower, type FollowerInput, followerStep, learnedLatencies, pollMs } from '../../src/core/follower'
import { NOTHING_LEARNED } from '../../src/core/follower/learned'
import { PLAYER_PROFILES } from '../../src/core/player-profile'
import { createRunning, createScene, type Done, PAUSED_AT_10, RUNNING } from './follower-scene'

function kinds(done: readonly Done[]): readonly string[] {
  return done.map(({ kind }) => kind)
}

function rates(done: readonly Done[]): readonly number[] {
  return done.flatMap((one) => (one.kind === 'set-rate' ? [one.rate] : []))
}

describe('starting', () => {
  it('[F19] nothing is done before the clock has five samples', () => {
    const scene = createScene()
    scene.timeline({ current: { ...RUNNING, positionSec: 50 } })
    scene.clock(4)
    scene.run(1_000)
    expect(scene.done()).toEqual([])
    scene.clock(5)
    expect(kinds(scene.done())).toContain('seek')
  })

  it('[F1] an announced start is met less the latency, from the place it was announced for', () => {
    const scene = createScene()
    scene.clock()
    scene.run(100)
    scene.timeline({ current: PAUSED_AT_10, next: { ...PAUSED_AT_10, positionSec: 70, playing: true, atMs: 1_000 } })
    scene.run(2_000)
    const done = scene.done()
    expect(kinds(done)).toEqual(['set-preserves-pitch', 'seek', 'play'])
    expect(done[1]).toMatchObject({ atMs: 100, positionSec: 70 })
    expect(done[2]?.atMs).toBeGreaterThanOrEqual(924)
    expect(done[2]?.atMs).toBeLessThan(926.1)
  })

  it('[F1] a player that stands a little beside the place starts as much earlier or later', () => {
    const scene = createScene()
    scene.set({ positionSec: 9.985 })
    scene.clock()
    scene.run(10)
    scene.timeline({ current: PAUSED_AT_10, next: { ...PAUSED_AT_10, playing: true, atMs: 1_000 } })
    scene.run(2_000)
    const done = scene.done()
    expect(kinds(done)).not.toContain('seek')
    expect(Math.abs((done.at(-1)?.atMs ?? 0) - 910)).toBeLessThan(1.1)
  })

  it('[F2] a running line is joined by a pre-roll of 0.35 s', () => {
    const scene = createScene()
    scene.clock()
    scene.run(1_000)
    scene.timeline({ current: RUNNING })
    scene.run(1_000)
    const done = scene.done()
    expect(kinds(done)).toEqual(['set-preserves-pitch', 'seek', 'play'])
    expect(done[1]).toMatchObject({ atMs: 1_000, positionSec: 11.35 })
    expect(Math.abs((done[2]?.atMs ?? 0) - 1_275)).toBeLessThan(1.1)
  })

  it('[F2] while the seek is not through, it is planned anew with more time; the next time it has it at once', () => {
    const scene = createScene()
    scene.seeksTake(1_500)
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(5_000)
    const seeks = scene.done().flatMap((one) => (one.kind === 'seek' ? [one.positionSec - 10 - one.atMs / 1000] : []))
    expect(seeks.map((ahead) => Number(ahead.toFixed(2)))).toEqual([0.35, 1.6])
    expect(scene.player().playing).toBe(true)
    scene.timeline({ current: { ...RUNNING, positionSec: 100, atMs: 5_000 } })
    scene.run(100)
    const [again] = scene.done().flatMap((one) => (one.kind === 'seek' ? [one] : []))
    expect((again?.positionSec ?? 0) - 100).toBeCloseTo(2.4, 1)
  })

  it('[F2] a player that is on the line already is taken up as it runs', () => {
    const scene = createScene()
    scene.set({ playing: true, positionSec: 10.1 })
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(500)
    expect(kinds(scene.done())).not.toContain('pause')
  })

  it('[F10] what a start missed is learned, but not from a fresh stream', () => {
    const scene = createRunning()
    const line = { ...RUNNING, positionSec: 200, atMs: scene.nowMs() + 1_000 }
    scene.startsTake(175)
    scene.timeline({ current: RUNNING, next: line })
    scene.run(3_000)
    const [measuredSec, ...more] = learnedLatencies(scene.state()).playSec
    expect(measuredSec).toBeCloseTo(0.175, 2)
    expect(more).toEqual([])

    const fresh = createScene()
    fresh.startsTake(175)
    fresh.clock()
    fresh.timeline({ current: RUNNING })
    fresh.run(5_000)
    expect(learnedLatencies(fresh.state())).toEqual(NOTHING_LEARNED)
  })

  it('[F10] learned latencies outlive the follower', () => {
    const learned = { playSec: [0.2, 0.21, 0.25], resumeSec: [0.01], seekSec: [] }
    expect(learnedLatencies(createFollower(PLAYER_PROFILES.firefox, learned))).toEqual(learned)
  })
})

describe('changes of the line', () => {
  it('[F3] a pause counts at its moment: stop, and step to the frame of the room', () => {
    const scene = createRunning()
    scene.timeline({ current: RUNNING, next: { ...PAUSED_AT_10, positionSec: 25.3, atMs: 15_500 } })
    scene.run(400)
    expect(scene.done()).toEqual([])
    scene.run(400)
    const done = scene.done()
    expect(kinds(done)).toEqual(['pause', 'seek'])
    expect(done[1]).toMatchObject({ positionSec: 25.3 })
    expect(Math.abs((done[0]?.atMs ?? 0) - 15_500)).toBeLessThan(1.1)
  })

  it('[F3] also who stops right at the frame of the room is stepped to it: another one may be on view', () => {
    const scene = createRunning()
    scene.timeline({ current: RUNNING, next: { ...PAUSED_AT_10, positionSec: 25.5, atMs: 15_500 } })
    scene.run(800)
    const done = scene.done()
    expect(kinds(done)).toEqual(['pause', 'seek'])
    expect(done[1]).toMatchObject({ positionSec: 25.5 })
  })

  it('[F4] a rate counts at its moment, and pitch is preserved at any rate but 1', () => {
    const scene = createRunning()
    scene.timeline({ current: RUNNING, next: { positionSec: 25.5, rate: 1.5, playing: true, atMs: 15_500 } })
    scene.run(400)
    expect(scene.done()).toEqual([])
    scene.run(2_000)
    const done = scene.done()
    expect(kinds(done)).toEqual(['set-preserves-pitch', 'set-rate'])
    expect(done).toMatchObject([{ preserves: true }, { rate: 1.5 }])
    expect(Math.abs((done[1]?.atMs ?? 0) - 15_500)).toBeLessThan(1.1)
  })

  it('[F4] a rate for a room that stands is seen at the player at once', () => {
    const scene = createScene()
    scene.clock()
    scene.timeline({ current: PAUSED_AT_10 })
    scene.run(1_000)
    scene.done()
    scene.timeline({ current: { ...PAUSED_AT_10, rate: 1.5, atMs: 1_000 } })
    scene.run(1_000)
    expect(scene.done()).toMatchObject([{ kind: 'set-preserves-pitch' }, { kind: 'set-rate', rate: 1.5 }])
  })

  it('[F3] the same timeline said again changes nothing', () => {
    const scene = createRunning()
    scene.timeline({ current: { ...RUNNING } })
    scene.timeline({ current: { ...RUNNING, positionSec: 20, atMs: 10_000 } })
    scene.run(1_000)
    expect(scene.done()).toEqual([])
  })

  it('[F16] where the line is past the end, the player stands at the end and is in time', () => {
    const scene = createScene()
    scene.set({ durationSec: 60 })
    scene.clock()
    scene.timeline({ current: { ...RUNNING, positionSec: 100 } })
    scene.run(10_000)
    expect(kinds(scene.done()).filter((kind) => kind === 'seek')).toHaveLength(1)
    expect(scene.player()).toMatchObject({ playing: false, positionSec: 59.9 })
    expect(scene.state().skewMs).toBe(0)
  })
})

describe('corrections', () => {
  it.each([3.5, -3.5, 11, -30, 49])('[F5] an error of %d ms is closed by one exact pulse', (errorMs) => {
    const scene = createScene()
    scene.set({ playing: true, positionSec: 10 + errorMs / 1000 })
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(5_000)
    const [off, base, ...more] = rates(scene.done())
    expect(more).toEqual([])
    expect(base).toBe(1)
    expect(Math.abs((off ?? 0) - 1)).toBeLessThan(0.0501)
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.0005)
  })

  it('[F5] a long error takes several pulses of at most a second', () => {
    const scene = createRunning()
    scene.set({ positionSec: scene.player().positionSec - 0.3 })
    scene.run(12_000)
    const done = scene.done().filter(({ kind }) => kind === 'set-rate')
    expect(new Set(rates(done))).toContain(1.05)
    for (let i = 0; i + 1 < done.length; i += 2) {
      expect((done[i + 1]?.atMs ?? 0) - (done[i]?.atMs ?? 0)).toBeLessThan(1_002)
    }
    expect(Math.abs(scene.state().skewMs ?? Number.NaN)).toBeLessThan(3)
  })

  it('[F5] Firefox steers and rests beside 1, never at it', () => {
    const scene = createScene('firefox')
    scene.set({ playing: true, positionSec: 10.03 })
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(6_000)
    const all = rates(scene.done())
    expect(all.length).toBeGreaterThan(1)
    expect(all).not.toContain(1)
    expect(Math.abs(scene.player().rate - 1)).toBeLessThan(0.0005)
    scene.run(15_000)
    expect([0.99997, 0.9996]).toContain(scene.player().rate)
    expect(Math.abs(scene.state().skewMs ?? Number.NaN)).toBeLessThan(2)
    expect(rates(scene.done())).not.toContain(1)
  })

  it('[F28] Firefox behind is brought up, and never goes below 1 for being ahead by a little', () => {
    const scene = createRunning('firefox')
    scene.done()
    scene.set({ positionSec: scene.player().positionSec - 0.03 })
    scene.run(5_000)
    scene.set({ positionSec: scene.player().positionSec + 0.007 })
    scene.run(20_000)
    const did = scene.done()
    expect(Math.max(...rates(did))).toBeGreaterThan(1.005)
    expect(Math.min(...rates(did))).toBe(1.00001)
    expect(did.some(({ kind }) => kind === 'seek')).toBe(false)
  })

  it('[F28] Firefox far ahead is sought to where it can be held from the other side', () => {
    const scene = createRunning('firefox')
    scene.done()
    scene.set({ positionSec: scene.player().positionSec + 0.03 })
    scene.run(8_000)
    const did = scene.done()
    expect(did.filter(({ kind }) => kind === 'seek')).toHaveLength(1)
    expect(Math.max(...rates(did))).toBe(0.99997)
  })

  it('[F27] a small error of a position that saws is looked at for long before it is closed', () => {
    const scene = createRunning()
    scene.run(20_000)
    scene.set({ positionSec: scene.player().positionSec + 0.006 })
    scene.run(500)
    expect(rates(scene.done())).toEqual([])
    scene.run(6_000)
    expect(rates(scene.done())).toHaveLength(2)
  })

  it.each([2.5, -2.5])('[F6] an error of %d ms is left alone', (errorMs) => {
    const scene = createRunning()
    scene.set({ positionSec: scene.player().positionSec + errorMs / 1000 })
    scene.run(3_000)
    expect(scene.done()).toEqual([])
    expect(scene.state().skewMs).toBeCloseTo(errorMs, 1)
  })

  it('[F6] the first look after a fresh start is believed, the following ones are not until the stream has settled', () => {
    const scene = createScene()
    scene.startsTake(95)
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(1_000)
    expect(rates(scene.done())).toHaveLength(2)
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.001)
    scene.set({ positionSec: scene.player().positionSec - 0.025 })
    scene.run(1_000)
    expect(rates(scene.done())).toEqual([])
  })

  it('[F25] without an audio track a start is met at once, and nothing is learned', () => {
    const scene = createScene()
    scene.set({ hasSound: false })
    scene.startsTake(30)
    scene.clock()
    scene.run(10)
    scene.timeline({ current: PAUSED_AT_10, next: { ...RUNNING, positionSec: 70, atMs: 1_000 } })
    scene.run(3_000)
    const played = scene.done().find(({ kind }) => kind === 'play')
    expect(Math.abs((played?.atMs ?? 0) - 1_000)).toBeLessThan(1.1)
    expect(Math.abs(scene.player().positionSec - 69 - scene.nowMs() / 1000)).toBeLessThan(0.003)
    expect(learnedLatencies(scene.state())).toEqual(NOTHING_LEARNED)
  })

  it('[F26] an output that slept starts quicker', () => {
    const scene = createScene()
    scene.set({ idleMs: 20_000 })
    scene.clock()
    scene.run(10)
    scene.timeline({ current: PAUSED_AT_10, next: { ...RUNNING, positionSec: 70, atMs: 1_000 } })
    scene.run(2_000)
    const played = scene.done().find(({ kind }) => kind === 'play')
    expect(Math.abs((played?.atMs ?? 0) - 951)).toBeLessThan(1.1)
  })

  it('[F24] Firefox aims a little ahead, since it sounds a little late', () => {
    const scene = createRunning('firefox')
    scene.set({ positionSec: 10.02 + scene.nowMs() / 1000 })
    scene.run(14_000)
    expect(Math.abs(scene.player().positionSec - 10.001 - scene.nowMs() / 1000)).toBeLessThan(0.004)
  })

  it('[F7] a large error is closed by one seek, ahead by what a seek loses', () => {
    const scene = createRunning()
    scene.set({ positionSec: scene.player().positionSec - 2 })
    scene.run(1_000)
    const [seek] = scene.done()
    expect(seek).toMatchObject({ kind: 'seek' })
    if (seek?.kind === 'seek') expect(seek.positionSec - 10 - seek.atMs / 1000).toBeCloseTo(0.085, 3)
  })

  it('[F7] a player that will not stay is sought at most once in 3 s, then ever more rarely', () => {
    const scene = createRunning()
    for (let i = 0; i < 600; i++) {
      scene.set({ positionSec: 500 })
      scene.run(100)
    }
    const seeks = scene.done().filter(({ kind }) => kind === 'seek')
    expect(seeks.length).toBeGreaterThan(2)
    expect(seeks.length).toBeLessThan(8)
    for (let i = 0; i + 1 < seeks.length; i++) {
      expect((seeks[i + 1]?.atMs ?? 0) - (seeks[i]?.atMs ?? 0)).toBeGreaterThan(2_900)
    }
  })

  it('[F7] a seek that misses as widely is followed by a pre-roll, which waits for the player', () => {
    const scene = createRunning()
    scene.seeksTake(600)
    scene.set({ positionSec: scene.player().positionSec - 2 })
    scene.run(7_000)
    expect(kinds(scene.done()).slice(0, 4)).toEqual(['seek', 'pause', 'seek', 'play'])
    expect(Math.abs(scene.state().skewMs ?? Number.NaN)).toBeLessThan(16)
  })

  it('[F9] the first 120 ms after a start are not believed', () => {
    const scene = createRunning()
    const atMs = scene.nowMs() + 1_000
    scene.timeline({ current: RUNNING, next: { ...RUNNING, positionSec: 200, atMs } })
    scene.run(950)
    scene.done()
    scene.set({ positionSec: 200.05 })
    scene.run(90)
    scene.set({ positionSec: scene.player().positionSec - 0.05 })
    scene.run(1_000)
    expect(scene.done()).toEqual([])
    expect(learnedLatencies(scene.state()).playSec.at(-1)).toBeCloseTo(0.075, 2)
  })

  it('[F8] a correction that nothing measures any more ends within a second', () => {
    for (const name of ['chromium', 'firefox'] as const) {
      const scene = createRunning(name)
      scene.set({ positionSec: scene.player().positionSec - 0.2 })
      scene.run(1_500)
      expect(Math.abs(scene.player().rate - 1)).toBeGreaterThan(0.04)
      scene.stopPolling()
      scene.run(1_100)
      expect(Math.abs(scene.player().rate - 1)).toBeLessThan(0.001)
    }
  })

  it('[F9] slow reads and stopped clocks are not believed', () => {
    const scene = createRunning()
    scene.set({ positionSec: scene.player().positionSec - 0.03, tookMs: 5 })
    scene.run(3_000)
    expect(scene.done()).toEqual([])
  })

  it('[F5] a site that puts the rate back twice is corrected by rate no more', () => {
    const scene = createRunning()
    for (let i = 0; i < 2; i++) {
      scene.set({ positionSec: scene.player().positionSec - 0.1 })
      scene.run(1_300)
      expect(scene.player().rate).toBeGreaterThan(1)
      scene.set({ rate: 1 })
      scene.run(3_000)
    }
    scene.done()
    scene.set({ positionSec: scene.player().positionSec - 0.1 })
    scene.run(3_000)
    expect(scene.done()).toEqual([])
  })
})

describe('people and sites', () => {
  it('[F13] a hold keeps the player where the person put it until another timeline comes', () => {
    const scene = createRunning()
    scene.set({ positionSec: 300 })
    scene.event('seeking')
    scene.give({ kind: 'hold', positionSec: 300 })
    scene.timeline({ current: RUNNING })
    scene.run(1_000)
    expect(kinds(scene.done())).toEqual(['pause', 'seek'])
    expect(scene.player()).toMatchObject({ positionSec: 300.001, playing: false })
    const atMs = scene.nowMs() + 500
    scene.timeline({ current: RUNNING, next: { ...RUNNING, positionSec: 300, atMs } })
    scene.run(1_000)
    const done = scene.done()
    expect(kinds(done)).toEqual(['play'])
    expect(Math.abs((done[0]?.atMs ?? 0) - atMs)).toBeLessThan(80)
  })

  it('[F13] who paused stays paused until the others do', () => {
    const scene = createRunning()
    const { positionSec } = scene.player()
    scene.set({ playing: false })
    scene.event('pause')
    scene.give({ kind: 'hold', positionSec })
    scene.timeline({ current: RUNNING, next: { ...PAUSED_AT_10, positionSec, atMs: scene.nowMs() + 400 } })
    scene.run(2_000)
    expect(scene.done()).toEqual([])
    expect(scene.state().skewMs).toBe(0)
  })

  it('[F13] when the room said no, the player goes back to the line', () => {
    const scene = createRunning()
    scene.give({ kind: 'hold', positionSec: 300 })
    scene.run(300)
    scene.give({ kind: 'unhold' })
    scene.run(2_000)
    expect(scene.player().playing).toBe(true)
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.1)
  })

  it('[F14] it stands aside until it is called back, then joins', () => {
    const scene = createRunning()
    scene.give({ kind: 'stand-aside', reason: 'ad' })
    expect(scene.done()).toMatchObject([{ kind: 'suspended', reason: 'ad' }])
    scene.set({ positionSec: 3, rate: 2 })
    scene.run(5_000)
    expect(scene.done()).toEqual([])
    expect(scene.state().suspension).toBe('ad')
    scene.give({ kind: 'back' })
    scene.run(2_000)
    const done = scene.done()
    expect(kinds(done)).toEqual(['pause', 'set-rate', 'seek', 'resumed', 'play'])
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.1)
  })

  it('[F18] a seek that is not ours gets half a second, even where it had to load', () => {
    const scene = createRunning()
    scene.set({ positionSec: 300, seeking: true, readyState: 1 })
    scene.event('seeking')
    scene.run(100)
    scene.set({ seeking: false, readyState: 4 })
    scene.event('seeked')
    scene.run(450)
    expect(scene.done()).toEqual([])
    scene.run(500)
    expect(kinds(scene.done())[0]).toBe('seek')
  })

  it('[F18] a stop that nobody owns up to is mended after half a second', () => {
    const scene = createRunning()
    scene.set({ playing: false })
    scene.event('pause')
    scene.run(450)
    expect(scene.done()).toEqual([])
    scene.run(1_500)
    expect(kinds(scene.done())).toEqual(['seek', 'play'])
  })

  it('[F18] a start in a paused room is undone after half a second', () => {
    const scene = createScene()
    scene.clock()
    scene.timeline({ current: PAUSED_AT_10 })
    scene.run(500)
    scene.set({ playing: true })
    scene.run(400)
    scene.done()
    scene.run(2_000)
    expect(kinds(scene.done())).toEqual(['pause', 'seek'])
    expect(scene.player()).toMatchObject({ playing: false, positionSec: 10 })
  })

  it('[F18] a player that cannot stand where it should is left alone after three tries', () => {
    const scene = createScene()
    scene.clock()
    scene.timeline({ current: PAUSED_AT_10 })
    for (let i = 0; i < 300; i++) {
      scene.set({ positionSec: 12 })
      scene.run(100)
    }
    expect(scene.done().filter(({ kind }) => kind === 'seek').length).toBeLessThanOrEqual(4)
  })

  it('[F12] a refused start is told once, and only a person ends it', () => {
    const scene = createScene()
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(730)
    scene.set({ playing: false })
    scene.give({ kind: 'play-refused' })
    scene.run(5_000)
    const done = scene.done()
    expect(done.filter(({ kind }) => kind === 'suspended')).toMatchObject([{ reason: 'autoplay-blocked' }])
    expect(done.filter(({ kind }) => kind === 'play')).toHaveLength(1)
    scene.set({ playing: true })
    scene.event('playing')
    scene.run(2_000)
    expect(kinds(scene.done())).toContain('resumed')
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.1)
  })

  it('[F11] a stall is told after 0.7 s, its end at once, and mended by one seek', () => {
    const scene = createRunning()
    scene.set({ readyState: 2 })
    scene.event('waiting')
    scene.run(690)
    expect(scene.done()).toEqual([])
    scene.run(500)
    expect(scene.done()).toMatchObject([{ kind: 'suspended', reason: 'buffering' }])
    scene.set({ readyState: 4 })
    scene.event('playing')
    expect(kinds(scene.done())).toEqual(['seek', 'resumed'])
  })

  it('[F11] a room that waits still hears when the data is there', () => {
    const scene = createRunning()
    scene.set({ readyState: 2 })
    scene.event('waiting')
    scene.run(1_000)
    scene.timeline({ current: { ...PAUSED_AT_10, positionSec: 25, atMs: 16_000 } })
    scene.run(1_000)
    expect(scene.state().suspension).toBe('buffering')
    scene.set({ readyState: 4 })
    scene.run(300)
    expect(scene.state().suspension).toBeUndefined()
    expect(kinds(scene.done()).at(-1)).toBe('resumed')
  })

  it('[F11] a room that stands hears of a seek that lasts, and of its end, whatever else the player has loaded', () => {
    const scene = createScene()
    scene.set({ readyState: 2 })
    scene.clock()
    scene.timeline({ current: PAUSED_AT_10 })
    scene.run(2_000)
    expect(scene.state().suspension).toBeUndefined()
    scene.seeksTake(3_000)
    scene.timeline({ current: { ...PAUSED_AT_10, positionSec: 300 } })
    scene.run(600)
    expect(scene.state().suspension).toBeUndefined()
    scene.run(1_000)
    expect(scene.state().suspension).toBe('buffering')
    scene.run(2_000)
    expect(scene.state().suspension).toBeUndefined()
    expect(scene.done().filter(({ kind }) => kind === 'seek')).toHaveLength(1)
  })

  it('[F12] a click while the room stands, for it perhaps, is enough', () => {
    const scene = createScene()
    scene.clock()
    scene.timeline({ current: RUNNING })
    scene.run(730)
    scene.set({ playing: false })
    scene.give({ kind: 'play-refused' })
    scene.timeline({ current: PAUSED_AT_10 })
    scene.run(500)
    expect(scene.state().suspension).toBe('autoplay-blocked')
    scene.give({ kind: 'touched' })
    expect(scene.state().suspension).toBeUndefined()
    scene.run(500)
    expect(scene.player()).toMatchObject({ playing: false, positionSec: 10 })
  })

  it('[F11] an error of the player is told until it loads again', () => {
    const scene = createRunning()
    scene.event('error')
    expect(scene.state().suspension).toBe('error')
    scene.event('loadedmetadata')
    expect(scene.state().suspension).toBeUndefined()
  })

  it('[F15] it reads often while it follows, rarely at rest and in a hidden page', () => {
    const scene = createRunning()
    scene.give({ kind: 'nudge', nudgeMs: 1 })
    scene.run(10)
    expect(scene.pollMs()).toBeLessThanOrEqual(8)
    scene.set({ hidden: true })
    scene.run(10)
    expect(scene.pollMs()).toBeGreaterThan(400)
    scene.set({ hidden: false })
    scene.timeline({ current: PAUSED_AT_10 })
    scene.run(1_000)
    expect(scene.pollMs()).toBeGreaterThan(100)
  })

  it('[F23] while nothing has to be done it glances once a second, and looks closely at once when something happens', () => {
    for (const [name, readings] of [
      ['chromium', 5],
      ['firefox', 40],
    ] as const) {
      const scene = createRunning(name)
      scene.readings()
      scene.run(10_000)
      expect(scene.readings() / 10).toBeLessThanOrEqual(readings)
      expect(scene.done()).toEqual([])
      scene.clock(20, 2)
      expect(scene.pollMs()).toBeLessThanOrEqual(8)
    }
  })

  it('[F23] a glance that finds an error is followed by a close look before anything is done', () => {
    const scene = createRunning()
    scene.set({ positionSec: scene.player().positionSec - 0.02 })
    scene.run(1_600)
    expect(kinds(scene.done())).toEqual(['set-rate', 'set-rate'])
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000)).toBeLessThan(0.001)
  })

  it('[F22] a nudge is closed by rate, and the skew is told against the line as nudged', () => {
    for (const name of ['chromium', 'firefox'] as const) {
      const scene = createRunning(name)
      const before = scene.player().positionSec - scene.nowMs() / 1000
      scene.give({ kind: 'nudge', nudgeMs: 40 })
      scene.run(5_000)
      expect(new Set(kinds(scene.done()))).toEqual(new Set(['set-rate']))
      expect(Math.abs(scene.player().positionSec - scene.nowMs() / 1000 - before - 0.04)).toBeLessThan(0.006)
      expect(Math.abs(scene.state().skewMs ?? Number.NaN)).toBeLessThan(6)
    }
  })

  it('[F22] a nudge beyond the bounds counts as the bound, and may take a seek', () => {
    const scene = createRunning()
    scene.give({ kind: 'nudge', nudgeMs: -5_000 })
    scene.run(8_000)
    expect(kinds(scene.done()).filter((kind) => kind !== 'set-rate')).toEqual(['seek'])
    expect(Math.abs(scene.player().positionSec - 10 - scene.nowMs() / 1000 + 0.5)).toBeLessThan(0.005)
  })

  it('[F22] who is nudged starts that much earlier, whenever the clock is heard of, and stands on the same frame', () => {
    const scene = createScene()
    scene.give({ kind: 'nudge', nudgeMs: 100 })
    scene.clock()
    scene.timeline({ current: PAUSED_AT_10, next: { ...RUNNING, atMs: 1_000 } })
    scene.run(1_500)
    const played = scene.done().find(({ kind }) => kind === 'play')
    expect(Math.abs((played?.atMs ?? 0) - 825)).toBeLessThan(1.1)
    scene.timeline({ current: RUNNING, next: { ...PAUSED_AT_10, positionSec: 11, atMs: 2_000 } })
    scene.run(1_000)
    expect(scene.player()).toMatchObject({ playing: false, positionSec: 11 })
    expect(scene.state().skewMs).toBe(0)
  })

  it('[F17] a jump of the clock is mended by one pre-roll', () => {
    const scene = createRunning()
    scene.clock(20, 3_000)
    scene.run(3_000)
    expect(kinds(scene.done())).toEqual(['pause', 'seek', 'play'])
    expect(Math.abs(scene.player().positionSec - 13 - scene.nowMs() / 1000)).toBeLessThan(0.1)
  })
})

describe('whatever comes', () => {
  const sec = fc.double({ min: 0, max: 1_000, noNaN: true })
  const line = fc.record({
    positionSec: sec,
    rate: fc.constantFrom(0.5, 1, 1.5, 2),
    playing: fc.boolean(),
    atMs: fc.integer({ min: 0, max: 60_000 }),
  })
  const timeline = fc.oneof(fc.record({ current: line }), fc.record({ current: line, next: line }))
  const reading = fc.record({
    positionSec: sec,
    rate: fc.constantFrom(0.95, 1, 1.5),
    playing: fc.boolean(),
    seeking: fc.boolean(),
    readyState: fc.integer({ min: 0, max: 4 }),
    durationSec: fc.constantFrom(60, 1_000, Number.POSITIVE_INFINITY),
    hidden: fc.boolean(),
    tookMs: fc.constantFrom(0.1, 5),
  })
  const event = fc.constantFrom('play', 'playing', 'pause', 'seeking', 'seeked', 'waiting', 'ended', 'emptied', 'error')
  const input = fc.oneof(
    fc.record({ kind: fc.constant('timeline'), timeline }),
    fc.record({
      kind: fc.constant('clock'),
      offsetMs: fc.integer({ min: -1_000, max: 1_000 }),
      uncertaintyMs: fc.constant(10),
      samples: fc.integer({ min: 0, max: 60 }),
    }),
    fc.record({ kind: fc.constant('reading'), reading }),
    fc.record({ kind: fc.constant('player-event'), event, reading }),
    fc.record({ kind: fc.constantFrom('play-refused', 'unhold', 'back', 'woke') }),
    fc.record({ kind: fc.constant('hold'), positionSec: sec }),
    fc.record({ kind: fc.constant('nudge'), nudgeMs: fc.integer({ min: -600, max: 600 }) }),
    fc.record({ kind: fc.constant('stand-aside'), reason: fc.constantFrom('ad', 'scrubbing') }),
  )
  const story = fc.array(fc.tuple(fc.integer({ min: 1, max: 3_000 }), input), { maxLength: 60 })

  it.each(['chromium', 'firefox'] as const)(
    '[F21] %s: effects are sane, and silence is kept while standing aside',
    (name) => {
      fc.assert(
        fc.property(story, (steps) => {
          let state = createFollower(PLAYER_PROFILES[name])
          let nowMs = 0
          let aside = false
          for (const [afterMs, drawn] of steps) {
            nowMs += afterMs
            const given = (
              'reading' in drawn ? { ...drawn, reading: { ...drawn.reading, atMs: nowMs } } : drawn
            ) as FollowerInput
            const wasAside = aside
            if (given.kind === 'stand-aside') aside = true
            if (given.kind === 'back') aside = false
            const step = followerStep(state, given, nowMs)
            state = step.state
            for (const effect of step.effects) {
              if (effect.kind === 'seek') expect(effect.positionSec).toBeGreaterThanOrEqual(0)
              if (effect.kind === 'set-rate') {
                expect(effect.rate).toBeGreaterThanOrEqual(0.475)
                expect(effect.rate).toBeLessThanOrEqual(2.1)
              }
              if (effect.kind === 'wake') expect(Number.isFinite(effect.atMs)).toBe(true)
              if (wasAside && aside && given.kind !== 'hold') expect(['suspended', 'wake']).toContain(effect.kind)
            }
            expect(pollMs(state, nowMs)).toBeGreaterThan(0)
          }
          expect(structuredClone(state)).toEqual(state)
        }),
      )
    },
  )
})
