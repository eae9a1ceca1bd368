import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OwnPerson, PERSON_LIMITS } from '../../../src/core/person/person'
import { personEvent } from '../../../src/dialects/tutti/person-schema'
import { createSeededRandom } from '../../doubles/seeded-random'
import { idOf, type SomePeople, somePeople, whom } from './some-people'
import { somePersonCommand } from './some-person-command'

const NAMES = ['ann', 'bob', 'eve'] as const
const name = fc.constantFrom(...NAMES)
const seed = fc.integer({ min: 0, max: 2 ** 31 })

type Step =
  | { kind: 'asks'; who: string; seed: number }
  /** The oldest note of somebody is told, and perhaps the teller does not hear that it arrived. */
  | { kind: 'tells'; who: string; isLost: boolean }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('asks' as const), who: name, seed }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tells' as const), who: name, isLost: fc.boolean() }) },
)

function take(people: SomePeople, one: Step): void {
  if (one.kind === 'asks') {
    const random = createSeededRandom(one.seed)
    people.asksInSilence(one.who, somePersonCommand(random, people.own(one.who), whom(random.pick(NAMES))))
    return
  }
  const note = people.whole(one.who)?.serverOnly.owed[0]
  if (!note) return
  const isTaken = people.deliver(note)
  if (!one.isLost) people.settle(note, !isTaken)
}

function holds(own: OwnPerson): void {
  const ids = (entries: readonly { readonly person: { readonly id: string } }[]): string[] =>
    entries.map(({ person }) => person.id)
  const once = (list: readonly unknown[]): void => expect(new Set(list).size).toBe(list.length)
  // Between two people there is one thing at a time, and nobody is anything to themselves.
  once([...ids(own.friends), ...ids(own.asked), ...ids(own.asking), ...ids(own.blocked)])
  once(ids(own.conversations))
  for (const entries of [own.friends, own.asked, own.asking, own.blocked, own.conversations]) {
    expect(ids(entries)).not.toContain(own.id)
  }
  const items = own.playlists.flatMap((playlist) => playlist.items)
  once(items.map(({ id }) => id))
  once(items.map(({ number }) => number))
  once(own.playlists.map(({ id }) => id))
  if (own.activePlaylistId !== undefined) expect(own.playlists.map(({ id }) => id)).toContain(own.activePlaylistId)
  for (const { messages, unread } of own.conversations) {
    once(messages.map(({ id }) => id))
    expect(messages.length).toBeGreaterThan(0)
    expect(unread).toBeLessThanOrEqual(messages.length)
    expect(messages.length).toBeLessThanOrEqual(PERSON_LIMITS.messagesEach)
  }
}

describe('people under any commands, with notes that come late or twice', () => {
  const happened = new Set<string>()

  it('[Y2, Y10, Y14] both sides end up with the same, nothing counts twice, and what is told makes the same of a copy', () => {
    fc.assert(
      fc.property(fc.noBias(fc.array(step, { maxLength: 120, size: 'max' })), (steps) => {
        const people = somePeople(...NAMES)
        people.found = { queue: [{ content: { address: 'https://example.org/queued', title: 'Queued' } }] }
        for (const one of steps) {
          take(people, one)
          if (one.kind === 'asks') holds(people.own(one.who))
        }
        people.settleAll()
        for (const who of NAMES) {
          const own = people.own(who)
          holds(own)
          if (own.rev > 0) expect(people.copy(who)).toEqual(own)
          const others = NAMES.filter((other) => other !== who)
          for (const other of others) {
            const theirs = people.own(other)
            const has = (list: OwnPerson['friends' | 'asked' | 'asking'], id: string): boolean =>
              list.some(({ person }) => person.id === id)
            expect(has(own.friends, idOf(other)), `${who} and ${other}`).toBe(has(theirs.friends, idOf(who)))
            if (has(own.asking, idOf(other))) expect(has(theirs.asked, idOf(who))).toBe(true)
          }
        }
        for (const { type } of people.events) happened.add(type)
      }),
      { numRuns: 200 },
    )
    // A run in which nothing happened can't pass for one.
    expect([...happened].sort()).toEqual(
      personEvent.def.options
        .flatMap(({ shape }) => [...shape.type.def.values])
        .filter((type) => type !== 'play-noted' && type !== 'history-cleared')
        .sort(),
    )
  })
})
