/** People under any commands at a real server whose disk fails now and then, and which stops and starts: every copy is the person. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyOwn } from '../../src/core/person/apply'
import type { NumberedOwnEvent } from '../../src/core/person/event'
import type { OwnPerson } from '../../src/core/person/person'
import { somePersonCommand } from '../core/person/some-person-command'
import { createSeededRandom } from '../doubles/seeded-random'
import { quiet, type Said } from './peer'
import { aTown, memberOf, type Someone, type Town } from './some-people'

const NAMES = ['Ann', 'Ben', 'Eve'] as const
type Name = (typeof NAMES)[number]
type Step =
  | { kind: 'asks'; who: Name; seed: number }
  | { kind: 'disk'; works: boolean }
  | { kind: 'restart' }
  | { kind: 'passes' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('asks' as const),
      who: fc.constantFrom(...NAMES),
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('disk' as const), works: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('passes' as const) }) },
)

/** What somebody makes of themselves who hears what this session is told; fails where something is left out. */
function copyOf(said: readonly Said[]): OwnPerson | undefined {
  let copy: OwnPerson | undefined
  for (const { heard } of said as readonly {
    heard?: { type: string; person?: OwnPerson; numbered?: NumberedOwnEvent }
  }[]) {
    if (heard?.type === 'opened') copy = heard.person
    if (heard?.type !== 'event' || !heard.numbered) continue
    const { epoch, rev, event } = heard.numbered
    if (event.type !== 'person-created')
      expect({ epoch, rev }).toEqual({ epoch: copy?.epoch, rev: (copy?.rev ?? 0) + 1 })
    copy = applyOwn(copy, event)
  }
  return copy
}

async function comeAll(town: Town, tokens: Partial<Record<Name, unknown>>): Promise<Record<Name, Someone>> {
  const ann = await town.come({ name: 'Ann', token: tokens.Ann })
  const ben = await town.come({ name: 'Ben', token: tokens.Ben, code: ann.code })
  const eve = await town.come({ name: 'Eve', token: tokens.Eve, code: ann.code })
  const all = { Ann: ann, Ben: ben, Eve: eve }
  for (const one of Object.values(all)) {
    await one.wish({ type: 'open' })
    await quiet()
  }
  return all
}

describe('people at a server that fails now and then', () => {
  it('[Y2, Y10, Y11, Y12] every session’s copy is the person as it is kept, and both sides end up with the same', async () => {
    let friendships = 0
    await fc.assert(
      fc.asyncProperty(fc.noBias(fc.array(step, { minLength: 20, maxLength: 80, size: 'max' })), async (steps) => {
        let works = true
        const town = await aTown({
          aroundPeople: (store) => ({
            ...store,
            async append(...parts) {
              if (!works) throw new Error('the disk is full')
              return store.append(...parts)
            },
          }),
        })
        let all = await comeAll(town, {})
        const tokens = { Ann: all.Ann.token, Ben: all.Ben.token, Eve: all.Eve.token }
        for (const one of steps) {
          if (one.kind === 'disk') works = one.works
          else if (one.kind === 'passes') await town.clock.advance(3_000)
          else if (one.kind === 'restart') {
            await town.restart()
            all = await comeAll(town, tokens)
          } else {
            const random = createSeededRandom(one.seed)
            const own = copyOf(all[one.who].peer.said)
            if (own) await all[one.who].asks(somePersonCommand(random, own, memberOf(all[random.pick(NAMES)])))
          }
        }
        works = true
        await town.clock.advance(200_000)
        await town.restart()
        all = await comeAll(town, tokens)
        await town.clock.advance(5_000)
        const kept = [...town.disk.people.values()].map(({ person }) => person)
        for (const person of kept) expect(person.serverOnly.owed).toEqual([])
        for (const one of Object.values(all)) {
          const copy = copyOf(one.peer.said)
          const known = kept.find(({ own }) => own.id === copy?.id)
          if (known) expect(copy).toEqual(JSON.parse(JSON.stringify(known.own)))
          else expect(copy?.rev).toBe(0)
          for (const { person } of copy?.friends ?? []) {
            const other = kept.find(({ own }) => own.id === person.id)
            expect(other?.own.friends.map((friend) => friend.person.id)).toContain(copy?.id)
            friendships += 1
          }
        }
      }),
      { numRuns: 25 },
    )
    // A run in which nobody got anywhere can't pass for one.
    expect(friendships).toBeGreaterThan(0)
  })
})
