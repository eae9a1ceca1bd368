import { beforeEach, describe, expect, it } from 'vitest'
import { NOTHING_HELD, type NoteBatch } from '../../src/core/notes/note'
import { NOTE_RATES } from '../../src/core/notes/note-rate'
import { createNotes, type Notes } from '../../src/server/notes'
import { holding, off, on } from '../core/notes/a-note'
import { createManualClock, type ManualClock } from '../doubles/manual-clock'

describe('notes at the server', () => {
  let clock: ManualClock
  let notes: Notes
  let told: NoteBatch[]
  let dropped: number

  beforeEach(() => {
    clock = createManualClock(10_000)
    told = []
    dropped = 0
    notes = createNotes({
      clock,
      tellOthers: (_, batch) => void told.push(batch),
      onDropped: () => void (dropped += 1),
    })
  })

  it('[AN3] [AN14] are told at once, each batch by itself, with a number and what is held', () => {
    notes.play('room', 'ann', { notes: [on(60, 9_990), on(64, 9_995)], held: holding(60, 64) })
    notes.play('room', 'ann', { notes: [off(60, 99_999)], held: holding(64) })
    expect(told).toEqual([
      { memberId: 'ann', number: 10_001, notes: [on(60, 9_990), on(64, 9_995)], held: holding(60, 64) },
      { memberId: 'ann', number: 10_002, notes: [off(60, 10_000)], held: holding(64) },
    ])
  })

  it('[AN5] end when the player’s page no longer holds them, whatever was lost on the way', () => {
    notes.play('room', 'ann', { notes: [on(60, 9_990)], held: holding(60) })
    notes.play('room', 'ann', { notes: [], held: NOTHING_HELD })
    expect(told[1]).toMatchObject({ notes: [off(60, 9_990)], held: NOTHING_HELD })
  })

  it('[AN7] end when the player is gone; whoever comes back goes on with a higher number', async () => {
    notes.play('room', 'ann', { notes: [on(60, 9_990)] })
    notes.stop('room', 'ann')
    notes.stop('room', 'ann')
    expect(told.slice(1)).toEqual([{ memberId: 'ann', number: 10_002, notes: [off(60, 9_990)], held: NOTHING_HELD }])
    await clock.advance(500)
    notes.play('room', 'ann', { notes: [on(60, 10_500)] })
    expect(told[2]?.number).toBeGreaterThan(10_002)
  })

  it('[AN15] what is held is repeated for who says so, not more than once a second; what says nothing is not told', async () => {
    notes.play('room', 'ann', { notes: [on(60, 9_990)], held: holding(60) })
    for (let tenth = 0; tenth < 20; tenth += 1) {
      await clock.advance(100)
      notes.play('room', 'ann', { notes: [], held: holding(60) })
      notes.play('room', 'ben', { notes: [], held: holding(60) })
      notes.play('room', 'cid', { notes: [off(3)], held: NOTHING_HELD })
    }
    expect(told.map(({ memberId }) => memberId)).toEqual(['ann', 'ann', 'ann'])
  })

  it('[AN4] are bounded for each person and for the room, and counted', () => {
    const flood = Array.from({ length: NOTE_RATES.person.burst + 50 }, () => on(60))
    notes.play('room', 'ann', { notes: flood })
    expect(dropped).toBe(50)
    for (const who of ['ben', 'cid', 'dan']) notes.play('room', who, { notes: flood })
    const all = told.reduce((count, batch) => count + batch.notes.length, 0)
    expect(all).toBe(NOTE_RATES.room.burst)
    notes.play('other-room', 'dan', { notes: [on(61)] })
    expect(told[told.length - 1]?.notes).toMatchObject([{ key: 61 }])
  })
})
