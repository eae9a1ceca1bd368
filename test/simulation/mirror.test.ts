import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMirrorWorld, nothingYet } from './mirror-world'

const RUNS = 40
const STEPS_BETWEEN_CHECKS = 15
const CHECKS = 3

const happened = nothingYet()

async function liveThrough(seed: number): Promise<void> {
  const world = await createMirrorWorld(seed, happened)
  for (let check = 0; check < CHECKS; check += 1) {
    for (let step = 0; step < STEPS_BETWEEN_CHECKS; step += 1) await world.step()
    await world.calm()
    for (const person of world.people()) expect(person.room()).toEqual(world.room())
    const seats = world.people().map((person) => person.seat().memberId)
    expect(new Set(seats).size).toBe(seats.length)
    expect(world.room()?.members.map(({ id }) => id)).toEqual(expect.arrayContaining(seats))
  }
  await world.end()
  expect(world.errors()).toEqual([])
}

describe('the mirror', () => {
  it('[R37] through commands, delay, cuts, dead links, second lives, restarts and crashes each copy equals the room', async () => {
    await fc.assert(fc.asyncProperty(fc.noShrink(fc.integer({ min: 0, max: 2 ** 31 })), liveThrough), { numRuns: RUNS })
    expect(happened.answers, 'every command is answered once').toBe(happened.commands)
    expect(happened.holes, 'the server never tells an event that does not fit').toBe(0)
    for (const [what, count] of Object.entries(happened))
      if (what !== 'holes') expect(count, what).toBeGreaterThan(RUNS / 3)
  }, 60_000)
})
