/** Notes from one client through the real server to another. */
import { describe, expect, it } from 'vitest'
import { holding, on } from '../core/notes/a-note'
import { aWorld, QUICK } from './a-world'

describe('notes between two clients', () => {
  it('[AN14] what one plays the other hears with its time, and the room is as it was', async () => {
    const world = await aWorld()
    const ada = await world.starts()
    const ben = await world.joins(ada.seat().code)
    await world.time.advance(QUICK)
    const before = ben.room()
    const atMs = world.time.nowMs() + (ada.client.clock()?.offsetMs ?? 0)
    ada.client.play({ notes: [on(60, atMs)], held: holding(60) })
    await world.time.advance(QUICK)
    const heard = ben.signals.flatMap((signal) => (signal.kind === 'notes' ? [signal.batch] : []))
    expect(heard).toMatchObject([
      { memberId: ada.seat().memberId, held: holding(60), notes: [{ kind: 'on', key: 60 }] },
    ])
    expect(Math.abs((heard[0]?.notes[0]?.atMs ?? 0) - atMs)).toBeLessThan(0.1)
    expect(ada.signals.filter(({ kind }) => kind === 'notes')).toEqual([])
    expect(ben.room()).toEqual(before)
  })

  it('[AN14] outside of a room it goes nowhere', async () => {
    const { someone, time } = await aWorld()
    someone().client.play({ notes: [on(60, time.nowMs())], held: holding(60) })
  })
})
