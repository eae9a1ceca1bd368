import { describe, expect, it } from 'vitest'
import { PERSON_LIMITS } from '../../../src/core/person/person'
import { type SomePeople, somePeople, whom } from './some-people'

const textsOf = (people: SomePeople, who: string): string[] =>
  people.own(who).conversations.flatMap(({ messages }) => messages.map(({ content }) => content.text))

describe('private messages', () => {
  it('[Y15] both sides keep it, under one id and one time', () => {
    const people = somePeople('ann', 'bob')
    people.asks('ann', { type: 'write-message', whom: whom('bob'), text: '  hello\u0007 ' })
    const [mine] = people.own('ann').conversations
    const [theirs] = people.own('bob').conversations
    expect(mine).toMatchObject({ person: { shown: { name: 'bob' } }, unread: 0, messages: [{ mine: true }] })
    expect(theirs).toMatchObject({ person: { shown: { name: 'ann' } }, unread: 1, messages: [{ mine: false }] })
    expect(theirs?.messages[0]).toEqual({ ...mine?.messages[0], mine: false })
    expect(theirs?.messages[0]).toMatchObject({ atMs: people.nowMs, content: { text: 'hello' } })
  })

  it('[Y15] has 1 to 500 characters, and goes to friends, into the room, or in answer', () => {
    const people = somePeople('ann', 'bob', 'eve')
    for (const text of ['', ' \n', 'x'.repeat(501)]) {
      expect(people.asks('ann', { type: 'write-message', whom: whom('bob'), text })).toBe('bad-line')
    }
    people.asks('ann', { type: 'write-message', whom: whom('bob'), text: 'x'.repeat(500) })
    people.asks('ann', { type: 'ask-friend', whom: whom('eve') })
    people.asks('eve', { type: 'accept-friend', whom: whom('ann') })
    people.found = { meet: false }
    const write = (from: string, to: string) => people.asks(from, { type: 'write-message', whom: whom(to), text: 'hi' })
    expect(write('eve', 'bob')).toBe('not-friends')
    expect(write('eve', 'ann')).toContain('message-kept')
    expect(write('bob', 'ann')).toContain('message-kept')
    expect(write('eve', 'nobody')).toBe('no-such-person')
  })

  it('[Y16] unread ones are counted until they are read or answered, and each side forgets for itself', () => {
    const people = somePeople('ann', 'bob')
    for (const text of ['one', 'two', 'three']) people.asks('ann', { type: 'write-message', whom: whom('bob'), text })
    expect(people.own('bob').conversations[0]?.unread).toBe(3)
    expect(people.asks('bob', { type: 'mark-read', whom: whom('ann') })).toEqual(['conversation-read'])
    expect(people.asks('bob', { type: 'mark-read', whom: whom('ann') })).toEqual([])
    people.asks('ann', { type: 'write-message', whom: whom('bob'), text: 'four' })
    people.asks('bob', { type: 'write-message', whom: whom('ann'), text: 'five' })
    expect(people.own('bob').conversations[0]?.unread).toBe(0)
    people.asks('bob', { type: 'forget-conversation', whom: whom('ann') })
    expect(textsOf(people, 'bob')).toEqual([])
    expect(textsOf(people, 'ann')).toHaveLength(5)
  })

  it('[Y17] keeps the last ones, and friends rather than strangers', () => {
    const strangers = Array.from({ length: PERSON_LIMITS.conversations + 2 }, (_, n) => `s${n}`)
    const people = somePeople('ann', 'bob', ...strangers)
    people.asks('bob', { type: 'ask-friend', whom: whom('ann') })
    people.asks('ann', { type: 'accept-friend', whom: whom('bob') })
    for (let n = 0; n < PERSON_LIMITS.messagesEach + 5; n++) {
      people.asks('bob', { type: 'write-message', whom: whom('ann'), text: `line ${n}` })
    }
    expect(textsOf(people, 'ann').slice(0, 1)).toEqual(['line 5'])
    expect(people.own('ann').conversations[0]).toMatchObject({ unread: PERSON_LIMITS.messagesEach })
    for (const other of strangers) people.asks(other, { type: 'write-message', whom: whom('ann'), text: 'hi' })
    const { conversations } = people.own('ann')
    expect(conversations).toHaveLength(PERSON_LIMITS.conversations)
    expect(conversations.map(({ person }) => person.shown.name)).toContain('bob')
    expect(conversations[0]?.person.shown.name).toBe(strangers.at(-1))
  })

  it('[Y17] all together are bounded', () => {
    const others = Array.from({ length: 8 }, (_, n) => `p${n}`)
    const people = somePeople('ann', ...others)
    for (const other of others) {
      for (let n = 0; n < 90; n++) {
        people.asks(other, { type: 'write-message', whom: whom('ann'), text: 'x'.repeat(PERSON_LIMITS.messageLength) })
      }
    }
    const { conversations } = people.own('ann')
    const length = conversations.flatMap(({ messages }) => messages.map((message) => JSON.stringify(message).length))
    const all = length.reduce((sum, each) => sum + each, 0)
    expect(all).toBeLessThanOrEqual(PERSON_LIMITS.messagesLength)
    expect(all).toBeGreaterThan(PERSON_LIMITS.messagesLength - 1_000)
    expect(conversations[0]?.messages).toHaveLength(90)
    expect(conversations.length).toBeLessThan(others.length)
  })

  it('[Y18] whoever is blocked is not heard and not told, and can’t be written to', () => {
    const people = somePeople('ann', 'bob')
    people.asks('ann', { type: 'ask-friend', whom: whom('bob') })
    people.asks('bob', { type: 'accept-friend', whom: whom('ann') })
    expect(people.asks('bob', { type: 'block', whom: whom('ann') })).toContain('person-blocked')
    expect(people.asks('bob', { type: 'block', whom: whom('ann') })).toEqual([])
    expect([people.own('ann').friends, people.own('bob').friends]).toEqual([[], []])
    expect(people.asks('ann', { type: 'write-message', whom: whom('bob'), text: 'are you there?' })).toContain(
      'message-kept',
    )
    expect(people.asks('ann', { type: 'ask-friend', whom: whom('bob') })).toContain('friend-asked')
    expect(textsOf(people, 'ann')).toEqual(['are you there?'])
    expect(people.own('bob')).toMatchObject({ asking: [], conversations: [] })
    expect(people.asks('bob', { type: 'write-message', whom: whom('ann'), text: 'no' })).toBe('blocked-them')
    expect(people.asks('bob', { type: 'ask-friend', whom: whom('ann') })).toBe('blocked-them')
    people.asks('bob', { type: 'unblock', whom: whom('ann') })
    people.asks('ann', { type: 'write-message', whom: whom('bob'), text: 'again' })
    expect(textsOf(people, 'bob')).toEqual(['again'])
  })
})
