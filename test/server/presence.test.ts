import { describe, expect, it } from 'vitest'
import { aTown, memberOf, type Someone, type Town } from './some-people'

async function twoFriends(): Promise<{ town: Town; ann: Someone; ben: Someone }> {
  const town = await aTown()
  const ann = await town.come({ name: 'Ann' })
  const ben = await town.come({ name: 'Ben', code: ann.code })
  await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })
  await ben.asks({ type: 'accept-friend', whom: memberOf(ann) })
  await town.clock.advance(1_000)
  return { town, ann, ben }
}
const last = (someone: Someone) => someone.friends().at(-1)

describe('presence', () => {
  it('[Y46] whoever opens their person sees which friends are here, and only those', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    expect(ann.opened().friends).toMatchObject([{ presence: 'online', shown: { name: 'Ben' } }])
    expect(ann.opened().friends[0]).not.toHaveProperty('where')
    await ben.peer.hangUp()
    await town.clock.advance(20_000)
    await ann.open()
    expect(ann.opened().friends).toEqual([])
  })

  it('[Y46] new friends see each other at once', async () => {
    const town = await aTown()
    const ann = await town.come({ name: 'Ann' })
    const ben = await town.come({ name: 'Ben', code: ann.code })
    await ann.open()
    await ben.open()
    await ann.asks({ type: 'ask-friend', whom: memberOf(ben) })
    await ben.asks({ type: 'accept-friend', whom: memberOf(ann) })
    expect(last(ann)).toMatchObject({ presence: 'online', shown: { name: 'Ben' } })
    expect(last(ben)).toMatchObject({ presence: 'online', shown: { name: 'Ann' } })
  })

  it('[Y46] friends hear when somebody is seen otherwise, once for all that changed', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    await ben.asks({ type: 'set-presence', wish: 'busy' })
    await ben.asks({ type: 'set-profile', name: 'Benjamin' })
    await town.clock.advance(1_000)
    expect(ann.friends()).toMatchObject([{ presence: 'busy', shown: { name: 'Benjamin' } }])
    await ben.asks({ type: 'playlist-create', name: 'Mine' })
    await town.clock.advance(1_000)
    expect(ann.friends()).toHaveLength(1)
  })

  it('[Y46, Y4] whoever is invisible goes, and comes back by wish', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    await ben.asks({ type: 'set-presence', wish: 'invisible' })
    await town.clock.advance(1_000)
    expect(last(ann)).toMatchObject({ presence: 'offline' })
    const again = await town.come({ token: ann.token, outside: true })
    await again.open()
    expect(again.opened().friends).toEqual([])
    await ben.asks({ type: 'set-presence', wish: 'online' })
    await town.clock.advance(1_000)
    expect(last(ann)).toMatchObject({ presence: 'online' })
  })

  it('[Y46, Y4] where somebody is, friends see if it is told, and follow from room to room', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    await ben.asks({ type: 'set-tells-where', tells: true })
    await town.clock.advance(1_000)
    expect(last(ann)?.where).toEqual({ code: ann.code, title: '' })
    await ben.peer.send({ type: 'command', ask: 'x', command: { type: 'leave' } })
    await town.clock.advance(1_000)
    expect(last(ann)).toMatchObject({ presence: 'online' })
    expect(last(ann)).not.toHaveProperty('where')
    const elsewhere = await town.come({ token: ben.token })
    await town.clock.advance(1_000)
    expect(last(ann)?.where?.code).toBe(elsewhere.code)
  })

  it('[Y46] a lost connection that comes back within 10 s is told to nobody; any session counts', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    await ben.peer.hangUp()
    await town.clock.advance(9_000)
    await ann.open()
    expect(ann.opened().friends).toMatchObject([{ presence: 'online' }])
    const back = await town.come({ token: ben.token, outside: true })
    await town.clock.advance(20_000)
    expect(ann.friends()).toEqual([])
    const second = await town.come({ token: ben.token, outside: true })
    await back.peer.hangUp()
    await town.clock.advance(20_000)
    expect(ann.friends()).toEqual([])
    await second.peer.hangUp()
    await town.clock.advance(20_000)
    expect(ann.friends()).toMatchObject([{ presence: 'offline' }])
  })

  it('[Y27] opening, one’s friends are called as they are seen', async () => {
    const { town, ann, ben } = await twoFriends()
    await ben.asks({ type: 'set-profile', name: 'Benjamin' })
    await town.clock.advance(1_000)
    expect((await ann.open()).friends).toMatchObject([{ person: { shown: { name: 'Benjamin' } } }])
  })

  it('[Y46] whoever is no friend any more hears nothing', async () => {
    const { town, ann, ben } = await twoFriends()
    await ann.open()
    await ben.asks({ type: 'remove-friend', whom: memberOf(ann) })
    await ben.asks({ type: 'set-presence', wish: 'busy' })
    await town.clock.advance(1_000)
    expect(ann.friends()).toEqual([])
  })
})
