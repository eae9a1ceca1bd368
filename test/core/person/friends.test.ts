import { describe, expect, it } from 'vitest'
import { PERSON_LIMITS } from '../../../src/core/person/person'
import { friendState } from '../../../src/core/person/presence'
import { idOf, type SomePeople, somePeople, whom } from './some-people'

const names = (list: readonly { readonly person: { readonly shown: { readonly name: string } } }[]): string[] =>
  list.map(({ person }) => person.shown.name)

function friends(): SomePeople {
  const people = somePeople('ann', 'bob')
  people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
  people.asks('bob', { type: 'accept-friend', whom: whom('ann') })
  return people
}

describe('friends', () => {
  it('[Y1] somebody is written down by the first thing of their own, and not before', () => {
    const people = somePeople('ann', 'bob')
    expect(people.asks('ann', { type: 'mark-read', whom: whom('bob') })).toEqual([])
    expect(people.asks('ann', { type: 'set-presence', wish: 'online' })).toEqual([])
    expect(people.whole('ann')).toBeUndefined()
    expect(people.asks('ann', { type: 'set-presence', wish: 'busy' })).toEqual(['person-created', 'presence-wished'])
    expect(people.own('ann')).toMatchObject({ id: idOf('ann'), number: 1, rev: 2, shown: { name: 'ann' } })
  })

  it('[Y6] one asks, the other says yes, and both are friends', () => {
    const people = somePeople('ann', 'bob')
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toContain('friend-asked')
    expect(names(people.own('bob').asking)).toEqual(['ann'])
    expect(people.asks('bob', { type: 'accept-friend', whom: whom('ann') })).toContain('friend-added')
    for (const who of ['ann', 'bob']) {
      const { friends, asked, asking } = people.own(who)
      expect([names(friends), asked, asking]).toEqual([[who === 'ann' ? 'bob' : 'ann'], [], []])
    }
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toBe('already-friends')
  })

  it('[Y6] asking whoever asks is a yes, and so is asking at the same moment', () => {
    const people = somePeople('ann', 'bob', 'eve')
    people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
    people.asks('bob', { type: 'ask-friend', whom: whom('ann') })
    expect(names(people.own('ann').friends)).toEqual(['bob'])

    people.asksInSilence('ann', { type: 'ask-friend', whom: whom('eve') })
    people.asksInSilence('eve', { type: 'ask-friend', whom: whom('ann') })
    people.settleAll()
    expect(names(people.own('ann').friends)).toEqual(['bob', 'eve'])
    expect(names(people.own('eve').friends)).toEqual(['ann'])
  })

  it('[Y7] a stranger can be asked in the room, or after they wrote; once', () => {
    const people = somePeople('ann', 'bob')
    people.found = { meet: false }
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toBe('no-such-person')
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('nobody') })).toBe('no-such-person')
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('ann') })).toBe('no-such-person')
    people.found = { meet: true }
    people.asks('bob', { type: 'write-message', whom: whom('ann'), text: 'hello' })
    people.found = { meet: false }
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toContain('friend-asked')
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toEqual([])
  })

  it('[Y8] a yes always finds a place, and one request too many is declined', () => {
    const many = Array.from({ length: PERSON_LIMITS.friends + 1 }, (_, n) => `p${n}`)
    const people = somePeople('ann', ...many)
    for (const other of many.slice(0, -1)) people.asks('ann', { type: 'ask-friend', whom: whom(other) })
    expect(people.asks('ann', { type: 'ask-friend', whom: whom(many.at(-1) ?? '') })).toBe('too-many')
    for (const other of many.slice(0, -1)) people.asks(other, { type: 'accept-friend', whom: whom('ann') })
    expect(people.own('ann').friends).toHaveLength(PERSON_LIMITS.friends)

    const crowd = somePeople('bob', ...many)
    for (const other of many) crowd.asks(other, { type: 'ask-friend', whom: whom('bob') })
    expect(crowd.own('bob').asking).toHaveLength(PERSON_LIMITS.requests)
    expect(crowd.own(`p${PERSON_LIMITS.requests - 1}`).asked).toHaveLength(1)
    expect(crowd.own(`p${PERSON_LIMITS.requests}`).asked).toEqual([])
  })

  it.each([
    ['declined', (people: SomePeople) => people.asks('bob', { type: 'decline-friend', whom: whom('ann') })],
    ['blocked', (people: SomePeople) => people.asks('bob', { type: 'block', whom: whom('ann') })],
    ['deleted', (people: SomePeople) => people.asks('bob', { type: 'delete-person' })],
  ])('[Y9] a request that was %s is gone, and nothing says why', (_, act) => {
    const people = somePeople('ann', 'bob')
    people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
    act(people)
    expect(people.own('ann')).toMatchObject({ asked: [], asking: [], friends: [], blocked: [] })
    expect(people.events.at(-2)?.type).toBe('noted')
  })

  it('[Y9] a request can be taken back, and a friend removed; both once', () => {
    const people = somePeople('ann', 'bob')
    people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
    people.asks('ann', { type: 'withdraw-request', whom: whom('bob') })
    expect(people.own('bob').asking).toEqual([])
    expect(people.asks('ann', { type: 'withdraw-request', whom: whom('bob') })).toBe('no-such-request')
    expect(people.asks('bob', { type: 'accept-friend', whom: whom('ann') })).toBe('no-such-request')
    expect(people.asks('bob', { type: 'decline-friend', whom: whom('ann') })).toBe('no-such-request')

    const both = friends()
    both.asks('bob', { type: 'remove-friend', whom: whom('ann') })
    expect([both.own('ann').friends, both.own('bob').friends]).toEqual([[], []])
    expect(both.asks('ann', { type: 'remove-friend', whom: whom('bob') })).toBe('not-friends')
  })

  it('[Y10] a yes to what was taken back, and asked anew, ends in one request', () => {
    const people = somePeople('ann', 'bob')
    people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
    people.asksInSilence('bob', { type: 'accept-friend', whom: whom('ann') })
    people.asksInSilence('ann', { type: 'withdraw-request', whom: whom('bob') })
    people.asksInSilence('ann', { type: 'ask-friend', whom: whom('bob') })
    people.settleAll()
    expect([people.own('ann').friends, people.own('bob').friends]).toEqual([[], []])
    expect(names(people.own('ann').asked)).toEqual(['bob'])
    expect(names(people.own('bob').asking)).toEqual(['ann'])
  })

  it('[Y11, Y14] what the other side has to hear is kept with what was done, and counts once', () => {
    const people = somePeople('ann', 'bob')
    people.asksInSilence('ann', { type: 'ask-friend', whom: whom('bob') })
    const [note] = people.owed()
    expect(note).toMatchObject({ to: idOf('bob'), from: { id: idOf('ann') }, body: { type: 'asked' } })
    if (!note) throw new Error('nothing is owed')
    people.deliver(note)
    people.asksInSilence('bob', { type: 'decline-friend', whom: whom('ann') })
    // Nobody told Ann that it had arrived.
    people.deliver(note)
    expect(people.own('bob').asking).toEqual([])
    people.settleAll()
    expect(people.owed()).toEqual([])
    expect(people.own('ann').asked).toEqual([])
  })

  it('[Y13] a request to somebody who is nobody any more is over', () => {
    const people = somePeople('ann', 'bob')
    people.asksInSilence('ann', { type: 'ask-friend', whom: whom('bob') })
    const [note] = people.owed()
    if (!note) throw new Error('nothing is owed')
    people.decide('ann', { type: 'settle', note, inVain: true })
    expect(people.own('ann').asked).toEqual([])
    expect(people.owed()).toEqual([])
  })

  it('[Y4] friends see what somebody wishes them to see', () => {
    const people = somePeople('ann')
    const where = { code: 'k7m2qp', title: 'Cinema' }
    const seen = (isConnected = true) => {
      const whole = people.whole('ann')
      if (!whole) throw new Error('nothing is stored')
      const { presence, where: shown } = friendState(whole, { isConnected, where })
      return [presence, shown?.code]
    }
    people.asks('ann', { type: 'set-profile', name: 'Anna' })
    expect(seen()).toEqual(['online', undefined])
    people.asks('ann', { type: 'set-tells-where', tells: true })
    people.asks('ann', { type: 'set-presence', wish: 'busy' })
    expect(seen()).toEqual(['busy', 'k7m2qp'])
    expect(seen(false)).toEqual(['offline', undefined])
    people.asks('ann', { type: 'set-presence', wish: 'invisible' })
    expect(seen()).toEqual(['offline', undefined])
  })

  it('[Y25, Y26] whoever is deleted is on nobody’s list, and begins anew', () => {
    const people = friends()
    people.asks('ann', { type: 'write-message', whom: whom('bob'), text: 'remember this' })
    people.asks('ann', { type: 'playlist-create', name: 'Mine' })
    expect(people.asksInSilence('ann', { type: 'delete-person' })).toEqual(['person-deleted'])
    const left = people.whole('ann')
    expect(JSON.stringify(left?.own)).not.toContain('Mine')
    expect(JSON.stringify(left)).not.toContain('remember')
    expect(JSON.stringify(left)).not.toContain('"name":"ann"')
    expect(people.asksInSilence('ann', { type: 'set-presence', wish: 'away' })).toBe('too-fast')
    people.settleAll()
    expect(people.whole('ann')).toBeUndefined()
    expect(people.own('bob').friends).toEqual([])
    expect(people.own('bob').conversations[0]?.messages[0]?.content.text).toBe('remember this')
    expect(people.asks('ann', { type: 'set-presence', wish: 'away' })).toContain('person-created')
    expect(people.asks('eve', { type: 'delete-person' })).toEqual([])
  })

  it('[Y27] a friend is called as they were when last heard of, or seen; a deleted one keeps the last name', () => {
    const people = friends()
    people.asks('bob', { type: 'set-profile', name: 'Robert' })
    expect(names(people.own('ann').friends)).toEqual(['bob'])
    people.asks('bob', { type: 'write-message', whom: whom('ann'), text: 'guess who' })
    expect(names(people.own('ann').friends)).toEqual(['Robert'])
    const shown = { ...people.own('bob').shown, name: 'Rob' }
    people.decide('ann', { type: 'know-friends', friends: [{ personId: idOf('bob'), shown }] })
    expect([names(people.own('ann').friends), names(people.own('ann').conversations)]).toEqual([['Rob'], ['Rob']])
    const again = people.decide('ann', { type: 'know-friends', friends: [{ personId: idOf('bob'), shown }] })
    expect(again).toEqual({ ok: true, events: [] })
    people.asks('bob', { type: 'delete-person' })
    expect([names(people.own('ann').friends), names(people.own('ann').conversations)]).toEqual([[], ['Rob']])
  })

  it('[Y10, Y13] a request that is told again to somebody who was deleted meanwhile leaves nothing behind', () => {
    const people = somePeople('ann', 'bob', 'eve')
    people.asksInSilence('ann', { type: 'ask-friend', whom: whom('eve') })
    const [first] = people.owed()
    if (!first) throw new Error('nothing is owed')
    people.deliver(first)
    people.asksInSilence('eve', { type: 'delete-person' })
    people.asksInSilence('bob', { type: 'ask-friend', whom: whom('eve') })
    const late = people.whole('bob')?.serverOnly.owed[0]
    if (!late) throw new Error('nothing is owed')
    expect(people.deliver(late)).toBe(false)
    people.settle(late, true)
    const [end] = people.whole('eve')?.serverOnly.owed ?? []
    if (!end) throw new Error('nothing is owed')
    people.deliver(end)
    people.settle(end)
    people.settleAll()
    expect(people.owed()).toEqual([])
    expect(people.whole('eve')).toBeUndefined()
    for (const who of ['ann', 'bob']) expect(people.own(who).asked).toEqual([])
  })
})
