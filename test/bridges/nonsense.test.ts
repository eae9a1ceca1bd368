import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { serverDialects } from '../../src/dialects/index'
import { hostileFrame } from '../contracts/hostile-frames'
import { createSeededRandom } from '../doubles/seeded-random'
import type { Hand } from './hand'
import { HANDS } from './hands'
import { startWorld } from './world'

/** Where a stranger on this wire would dial. */
const DOORS = serverDialects().map(({ name, paths }) => ({
  name,
  path: (paths.at(-1) ?? '/').replace('*', 'lobby'),
  prefixes: serverDialects().find((dialect) => dialect.name === name)?.requests?.prefixes ?? [],
}))

describe('nonsense on one wire', () => {
  it.each(DOORS)('[D14] on $name disturbs nobody on another', async ({ path, prefixes }) => {
    const world = await startWorld()
    const { server, clock, dial, ask } = world
    const shared = { server: 'http://here', time: clock, dial, ask }
    const hands = Object.entries(HANDS).map(([name, make]) => make({ ...shared, name: `On-${name}` }))
    const [first, ...others] = hands as [Hand, ...Hand[]]
    const does = async (act: () => Promise<void> | void): Promise<void> => {
      const acted = (async () => act())()
      await clock.advance(4_000)
      await acted
    }
    try {
      await does(() => first.make())
      const [id = ''] = await server.store.ids()
      const code = (await server.rooms.look(id))?.public.code ?? ''
      for (const other of others) await does(() => other.enter(code))
      const before = hands.map((hand) => hand.sees().people)
      const frames = fc.sample(hostileFrame(['{"type":"Join","room_id":"abc"}', '{"a":"auth","p":"x","t":1}']), {
        numRuns: 60,
        seed: 5,
      })
      const random = createSeededRandom(5)
      for (let socket = 0; socket < 6; socket += 1) {
        const mallory = dial(`ws://mallory${path}`, { onOpen() {}, onFrame() {}, onClose() {} })
        await clock.advance(50)
        for (let said = 0; said < 10; said += 1) {
          mallory.send(frames[Math.floor(random.float() * frames.length)] ?? '')
          await clock.advance(20)
        }
        mallory.close()
      }
      for (const prefix of prefixes) {
        for (const body of ['', '{', '[]', '{"a":1e999}', 'x'.repeat(2000)]) {
          for (const method of ['GET', 'POST', 'DELETE', 'BREW']) {
            const asked = ask({ method, url: `http://mallory${prefix}room/%00/queue?x=%ff`, body })
            await clock.advance(300)
            expect((await asked).status).toBeGreaterThanOrEqual(200)
          }
        }
      }
      await clock.advance(4_000)
      expect(server.lines.filter(({ level }) => level === 'error')).toEqual([])
      expect(hands.map((hand) => hand.sees().people)).toEqual(before)
      await does(() => first.play())
      await does(() => first.say('Still here'))
      for (const hand of hands) {
        const seen = hand.sees()
        expect(seen.isIn, hand.dialect).toBe(true)
        if (hand.blind.playing === undefined) expect(seen.playing, hand.dialect).toBe(true)
        if (hand.blind.lines === undefined) expect(seen.lines, hand.dialect).toContain('Still here')
        expect(hand.stumbles(), hand.dialect).toEqual([])
      }
    } finally {
      for (const hand of hands) hand.stop()
      await world.stop()
    }
  })
})
