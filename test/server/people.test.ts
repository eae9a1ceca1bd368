import { describe, expect, it } from 'vitest'
import { cardOf } from '../../src/core/person/person'
import { createPersonIds } from '../../src/server/person-ids'
import type { PersonStore } from '../../src/server/store/person-store'
import { quiet } from './peer'
import { aTown, memberOf, type Someone, type Town } from './some-people'

async function aRoom(town: Town, ...names: string[]): Promise<Someone[]> {
  const people: Someone[] = []
  for (const name of names) {
    const code = people[0]?.code
    people.push(await town.come({ name, ...(code !== undefined && { code }) }))
  }
  return people
}

async function twoFriends(town: Town): Promise<{ ann: Someone; ben: Someone }> {
  const [ann, ben] = (await aRoom(town, 'Ann', 'Ben')) as [Someone, Someone]
  await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })
  await ben.asks({ type: 'accept-friend', whom: memberOf(ann) })
  return { ann, ben }
}

/** A store whose next appends fail. */
function failing(store: PersonStore, isDown: () => boolean): PersonStore {
  return {
    ...store,
    async append(...parts) {
      if (isDown()) throw new Error('the disk is full')
      return store.append(...parts)
    },
  }
}

describe('people at the server', () => {
  it('[Y1] somebody who only looks is not kept, and is the same whenever they look', async () => {
    const town = await aTown()
    const ann = await town.come({ name: 'Ann' })
    const first = await ann.open()
    expect(first).toMatchObject({ rev: 0, shown: { name: 'Ann' }, friends: [] })
    expect(town.server.persons.count()).toBe(0)
    const again = await town.come({ token: ann.token, outside: true })
    expect(await again.open()).toMatchObject({
      id: first.id,
      number: first.number,
      shown: { avatar: first.shown.avatar },
    })
    await ann.asks({ type: 'set-presence', wish: 'busy' })
    expect(town.server.persons.count()).toBe(1)
    expect(await again.open()).toMatchObject({ rev: 2, id: first.id, shown: { name: 'Ann' }, presenceWish: 'busy' })
  })

  it('[Y53] an id tells nothing of the identity, and the store holds none', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    const stored = JSON.stringify([...town.disk.people])
    for (const { token } of [ann, ben]) {
      const identity = String(token).replace('token:', '')
      expect(stored).not.toContain(identity)
      expect(JSON.stringify([ann.peer.of('person'), ben.peer.of('person')])).not.toContain(identity)
    }
    const [one, other] = [createPersonIds(new Uint8Array(32)), createPersonIds(new Uint8Array(32).fill(1))]
    expect(one('ann')).toEqual(one('ann'))
    expect(one('ann').id).not.toBe(other('ann').id)
    expect(one('ann').id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    expect(one('ann').number).toBeGreaterThan(0)
    expect(one('ann').number).toBeLessThan(2 ** 31)
  })

  it('[Y41] whose number somebody else has gets the next one', async () => {
    const town = await aTown({
      aroundPeople: (store) => {
        let refusals = 2
        return {
          ...store,
          append: async (...parts) => (refusals-- > 0 ? 'number-taken' : store.append(...parts)),
        }
      },
    })
    const ann = await town.come()
    const { number } = await ann.open()
    expect(await ann.asks({ type: 'set-presence', wish: 'busy' })).toBe('done')
    expect((await ann.open()).number).toBe(number + 2)
  })

  it('[Y44, Y6] somebody in the room is asked by their seat, and both are told', async () => {
    const town = await aTown()
    const [ann, ben] = (await aRoom(town, 'Ann', 'Ben')) as [Someone, Someone]
    await ben.open()
    expect(await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })).toBe('done')
    expect(ben.events()).toContain('request-came')
    expect((await ben.open()).asking).toMatchObject([{ person: { shown: { name: 'Ann' } } }])
    expect(await ben.asks({ type: 'accept-friend', whom: memberOf(ann) })).toBe('done')
    expect((await ann.open()).friends).toMatchObject([{ person: { shown: { name: 'Ben' } } }])
    expect(ben.opened().person.id).toBe(ann.opened().person.friends[0]?.person.id)
  })

  it('[Y44] who is in the room is known over any session of theirs; who is not, by no seat', async () => {
    const town = await aTown()
    const [ann, ben] = (await aRoom(town, 'Ann', 'Ben')) as [Someone, Someone]
    const stranger = await town.come()
    const outside = await town.come({ token: ann.token, outside: true })
    expect(await outside.asks({ type: 'write-message', whom: memberOf(ben), text: 'hello' })).toBe('done')
    expect((await ben.open()).conversations[0]?.messages[0]?.content.text).toBe('hello')
    expect(await outside.asks({ type: 'ask-friend', whom: memberOf(stranger) })).toBe('no-such-person')
    expect(await stranger.asks({ type: 'ask-friend', whom: memberOf(ben) })).toBe('no-such-person')
    const benId = (await ben.open()).id
    expect(await stranger.asks({ type: 'ask-friend', whom: { kind: 'person', personId: benId } })).toBe(
      'no-such-person',
    )
  })

  it('[Y44] wires with integers find people by a number: in the room its member, elsewhere who is kept under it', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    const person = (await ann.open()).friends[0]?.person
    const { peer } = ann
    const room = peer.last('entered')['room'] as { members: { id: string; number: number }[] }
    const joined = peer.of('event').map(({ event }) => event as { member?: { id: string; number: number } })
    const seat = [...room.members, ...joined.flatMap(({ member }) => member ?? [])].find(
      ({ id }) => id === ben.memberId,
    )
    for (const number of [person?.number ?? 0, seat?.number ?? 0]) {
      const found = await ann.wish({ type: 'find', whom: { kind: 'number', number } })
      expect(found['heard']).toMatchObject({ type: 'found', person: { id: person?.id } })
    }
    const nobody = await ann.wish({ type: 'find', whom: { kind: 'number', number: 5 } })
    expect(nobody['heard']).toEqual({ type: 'found', ask: expect.any(String) })
  })

  it('[Y45] every session that asked for it is told, before the asker is told that it is done', async () => {
    const town = await aTown()
    const ann = await town.come()
    const second = await town.come({ token: ann.token, outside: true })
    const third = await town.come({ token: ann.token, outside: true })
    await ann.open()
    await second.open()
    await ann.asks({ type: 'set-presence', wish: 'away' })
    expect(second.events()).toEqual(['person-created', 'presence-wished'])
    expect(third.events()).toEqual([])
    expect(ann.peer.said.slice(-3).map(({ type }) => type)).toEqual(['person', 'person', 'done'])
    expect(JSON.stringify(ann.peer.said)).not.toContain('serverOnly')
  })

  it('[Y45] nothing is told that could not be stored', async () => {
    let isDown = true
    const town = await aTown({ aroundPeople: (store) => failing(store, () => isDown) })
    const ann = await town.come()
    await ann.open()
    expect(await ann.asks({ type: 'set-presence', wish: 'away' })).toBe('server-error')
    expect(ann.events()).toEqual([])
    isDown = false
    expect(await ann.asks({ type: 'set-presence', wish: 'away' })).toBe('done')
  })

  it('[Y11] what the other side could not store is told again until it can', async () => {
    let fails = 0
    const town = await aTown({
      aroundPeople: (store) => ({
        ...store,
        async append(id, epoch, rev, events, atMs) {
          const isHeard = events.some(({ type }) => type === 'request-came')
          if (isHeard && fails++ < 3) throw new Error('the disk is full')
          return store.append(id, epoch, rev, events, atMs)
        },
      }),
    })
    const [ann, ben] = (await aRoom(town, 'Ann', 'Ben')) as [Someone, Someone]
    expect(await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })).toBe('done')
    expect((await ben.open()).asking).toEqual([])
    await town.clock.advance(10_000)
    expect((await ben.open()).asking).toHaveLength(1)
    expect(await town.server.metrics.text()).toMatch(/tutti_people_told_late_total 3/)
  })

  it('[Y12] after a restart it is told again', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    expect(await ann.asks({ type: 'write-message', whom: memberOf(ben), text: 'hello' })).toBe('done')
    const [annKept, benKept] = ['Ann', 'Ben'].map((name) =>
      [...town.disk.people.values()].find(({ person }) => person.own.shown.name === name),
    )
    if (!annKept || !benKept) throw new Error('nobody is kept')
    // The disk as it is when the server dies between the two halves.
    const { own, serverOnly } = annKept.person
    const messageId = own.conversations[0]?.messages[0]?.id ?? ''
    const body = { type: 'wrote', messageId, text: 'hello' } as const
    const note = { epoch: own.epoch, rev: own.rev + 1, to: benKept.person.own.id, from: cardOf(own), atMs: 5, body }
    annKept.person = { own, serverOnly: { ...serverOnly, owed: [note] } }
    benKept.person = { ...benKept.person, own: { ...benKept.person.own, conversations: [] } }
    await town.restart()
    await quiet()
    const back = await town.come({ token: ben.token, outside: true })
    expect((await back.open()).conversations[0]?.messages).toMatchObject([{ id: messageId, mine: false }])
    expect(town.disk.people.get(own.id)?.person.serverOnly.owed).toEqual([])
  })

  it('[Y18] whoever is blocked is told nothing else than others', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    await ben.asks({ type: 'block', whom: memberOf(ann) })
    expect(await ann.asks({ type: 'write-message', whom: memberOf(ben), text: 'are you there' })).toBe('done')
    expect(await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })).toBe('done')
    expect(await ben.open()).toMatchObject({ conversations: [], asking: [], friends: [] })
    expect(JSON.stringify(await ann.open())).toContain('are you there')
  })

  it('[Y51] everything that is kept of somebody is told to them, and to nobody else', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    await ann.asks({ type: 'write-message', whom: memberOf(ben), text: 'for you' })
    const { heard } = await ann.wish({ type: 'export' })
    const { exported } = heard as { exported: { madeAtMs: number; person: { own: { id: string } } } }
    expect(exported).toEqual({
      madeAtMs: town.clock.nowMs(),
      person: JSON.parse(JSON.stringify(town.disk.people.get(exported.person.own.id)?.person)),
    })
    expect(JSON.stringify(exported)).toContain('for you')
  })

  it('[Y25] a deleted person is gone from the store, and from the lists of friends', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    await ann.open()
    expect(await ann.asks({ type: 'delete-person' })).toBe('done')
    expect(ann.events().at(0)).toBe('person-deleted')
    expect(town.server.persons.count()).toBe(1)
    expect(await ben.open()).toMatchObject({ friends: [] })
    expect(await ann.open()).toMatchObject({ rev: 0 })
    expect(await ann.asks({ type: 'set-presence', wish: 'busy' })).toBe('done')
    expect(await ann.open()).toMatchObject({ rev: 2, friends: [] })
  })

  it('[Y42] whoever was not here for 400 days is forgotten', async () => {
    const town = await aTown()
    const { ann, ben } = await twoFriends(town)
    await ann.peer.hangUp()
    await ben.peer.hangUp()
    await town.clock.advance(300 * 86_400_000)
    await (await town.come({ token: ben.token, outside: true })).open()
    await town.restart()
    expect(town.server.persons.count()).toBe(2)
    await town.clock.advance(150 * 86_400_000)
    await town.restart()
    await quiet()
    expect(town.server.persons.count()).toBe(1)
    expect(await (await town.come({ token: ben.token, outside: true })).open()).toMatchObject({ friends: [] })
  })

  it('[Y52] what strangers can grow has an end: people in all, people from one place, and how much one asks', async () => {
    const few = await aTown({ maxPeople: 1 })
    const [ann, ben] = (await aRoom(few, 'Ann', 'Ben')) as [Someone, Someone]
    expect(await ann.asks({ type: 'set-presence', wish: 'away' })).toBe('done')
    expect(await ben.asks({ type: 'set-presence', wish: 'away' })).toBe('too-many-people')
    // A request to somebody who can't be kept is over.
    expect(await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })).toBe('done')
    expect((await ann.open()).asked).toEqual([])

    const places: string[] = []
    const mine = await aTown({ mayBegin: async (place) => places.push(place) < 2 })
    for (const outcome of ['done', 'too-many-people']) {
      const one = await mine.come({ outside: true, address: '192.0.2.7' })
      expect(await one.asks({ type: 'set-presence', wish: 'away' })).toBe(outcome)
    }
    expect(new Set(places).size).toBe(1)

    let left = 3
    const slow = await aTown({ mayAsk: () => left-- > 0 })
    const fast = await slow.come()
    const answers = [
      await fast.asks({ type: 'set-presence', wish: 'away' }),
      await fast.asks({ type: 'set-presence', wish: 'busy' }),
    ]
    expect([
      ...answers,
      await fast.asks({ type: 'clear-history' }),
      await fast.asks({ type: 'clear-history' }),
    ]).toEqual(['done', 'done', 'done', 'too-fast'])
  })

  it('[Y52] where only known people come in, only they have a person', async () => {
    const town = await aTown({ guests: false })
    const guest = await town.come({ outside: true })
    expect(await guest.asks({ type: 'set-presence', wish: 'away' })).toBe('account-needed')
    const known = await town.come({ outside: true, token: 'account:Dora' })
    expect(await known.open()).toMatchObject({ shown: { name: 'Dora' } })
  })

  it('[Y52] what was asked is counted by type', async () => {
    const town = await aTown()
    const ann = await town.come()
    await ann.open()
    await ann.asks({ type: 'set-presence', wish: 'away' })
    const text = await town.server.metrics.text()
    expect(text).toContain('tutti_person_asks_total{type="open"} 1')
    expect(text).toContain('tutti_person_asks_total{type="set-presence"} 1')
  })
})
