import { describe, expect, it } from 'vitest'
import { aRoom, does } from './a-community'

async function aHouse() {
  const community = await aRoom()
  const { account, slug, hanna, tutti, code } = community
  const [ben, cleo] = [await account('Ben'), await account('Cleo')]
  await ben.join(slug)
  await cleo.join(slug)
  const tom = await tutti({ code, name: 'Tom' })
  for (const plugger of [hanna, ben, cleo]) plugger.news()
  return { ...community, ben, cleo, tom }
}

describe('staff', () => {
  it('[PD22] roles are given in thousands, and told as there are any', async () => {
    const { hanna, ben, cleo, slug, room, code } = await aHouse()
    const give = (roleID: number) => hanna.call('POST', 'staff/update', { userID: ben.id(), roleID })
    expect(await give(2000)).toMatchObject({ status: 'ok' })
    expect(room(code).members[1]?.role).toBe('moderator')
    expect(await give(1000)).toMatchObject({ status: 'ok' })
    const told = (p: number) => ({
      a: 'modStaff',
      p: { m: 'Hanna', mi: hanna.id(), u: [{ n: 'Ben', i: ben.id(), p }] },
      s: slug,
    })
    expect(cleo.news()).toEqual([told(3000), told(0)])
    await give(2)
    expect((await cleo.call('GET', 'staff')).data).toMatchObject([
      { id: hanna.id(), role: 5000 },
      { id: ben.id(), role: 3000 },
    ])
    await hanna.call('DELETE', `staff/${ben.id()}`)
    expect((await cleo.call('GET', 'staff')).data).toHaveLength(1)
    expect(await ben.call('POST', 'staff/update', { userID: cleo.id(), roleID: 2000 })).toMatchObject({
      status: 'notAuthorized',
    })
  })

  it('[PD22] the host hands on the role: two are told', async () => {
    const { hanna, ben, cleo } = await aHouse()
    await hanna.call('POST', 'staff/update', { userID: ben.id(), roleID: 5000 })
    const staff = cleo
      .news()
      .flatMap(({ a, p }) => (a === 'modStaff' ? (p as { u: { i: number; p: number }[] }).u : []))
    expect(new Map(staff.map(({ i, p }) => [i, p]))).toEqual(
      new Map([
        [ben.id(), 5000],
        [hanna.id(), 3000],
      ]),
    )
  })
})

describe('mutes and bans', () => {
  it('[PD23] a mute is told with its span and reason, listed with what is left, and lifted', async () => {
    const { hanna, ben, cleo, slug, advance } = await aHouse()
    const mute = { userID: ben.id(), reason: 3, duration: 'm' }
    expect(await cleo.call('POST', 'mutes', mute)).toMatchObject({ status: 'notAuthorized' })
    expect(await hanna.call('POST', 'mutes', mute)).toMatchObject({ status: 'ok' })
    await advance(60_000)
    expect((await cleo.call('GET', 'mutes')).data).toMatchObject([{ id: ben.id(), username: 'Ben', expires: 29 * 60 }])
    expect((await cleo.call('GET', 'rooms/state')).data).toMatchObject([{ mutes: { [ben.id()]: 29 * 60 } }])
    await ben.chat('mmh')
    await hanna.call('DELETE', `mutes/${ben.id()}`)
    await ben.chat('ah')
    const mod = { m: 'Hanna', mi: hanna.id(), i: ben.id(), t: 'Ben' }
    expect(cleo.news().filter(({ a }) => a !== 'userLeave')).toMatchObject([
      { a: 'modMute', p: { ...mod, r: 3, d: 'm' }, s: slug },
      { a: 'modMute', p: { ...mod, d: 'o' }, s: slug },
      { a: 'chat', p: { message: 'ah' } },
    ])
  })

  it('[PD23] a ban is told to everybody and to who is banned, listed, and lifted by their number', async () => {
    const { hanna, ben, cleo, slug, room, code } = await aHouse()
    expect(await hanna.call('POST', 'bans/add', { userID: ben.id(), reason: 2, duration: 'd' })).toMatchObject({
      status: 'ok',
    })
    expect(cleo.news()).toEqual([
      { a: 'modBan', p: { m: 'Hanna', mi: hanna.id(), t: 'Ben', d: 'd' }, s: slug },
      { a: 'userLeave', p: ben.id(), s: slug },
    ])
    expect(ben.news().at(-1)).toEqual({ a: 'ban', p: { t: 'ban', d: 'd', r: 2 }, s: 'dashboard' })
    expect(room(code).members.map(({ shown }) => shown.name)).not.toContain('Ben')
    expect(await ben.call('POST', 'rooms/join', { slug })).toMatchObject({ status: 'notAuthorized' })
    expect(await cleo.call('GET', 'bans')).toMatchObject({ status: 'notAuthorized' })
    expect((await hanna.call('GET', 'bans')).data).toEqual([
      { duration: 'd', moderator: 'Hanna', reason: 2, id: ben.id(), timestamp: expect.any(String), username: 'Ben' },
    ])
    expect(await hanna.call('DELETE', `bans/${ben.id()}`)).toMatchObject({ status: 'ok' })
    expect(await hanna.call('DELETE', `bans/${ben.id()}`)).toMatchObject({ status: 'requestError' })
    expect(await ben.call('POST', 'rooms/join', { slug })).toMatchObject({ status: 'ok' })
  })

  it('[PD23] a ban for good by somebody on another wire reads the same', async () => {
    const { hanna, ben, cleo, tom, slug, room, code } = await aHouse()
    const [, bens, , toms] = room(code).members
    await hanna.call('POST', 'staff/update', { userID: toms?.number, roleID: 3000 })
    cleo.news()
    await does(tom, { type: 'ban', memberId: bens?.id ?? '', reason: 'He sang' })
    await hanna.call('GET', 'users/me')
    expect(cleo.news()).toMatchObject([
      { a: 'modBan', p: { m: 'Tom', mi: toms?.number, t: 'Ben', d: 'f' }, s: slug },
      { a: 'userLeave', p: ben.id() },
    ])
    expect(ben.news().at(-1)).toMatchObject({ a: 'ban', p: { d: 'f', r: 1 } })
  })

  it('[PD23] whoever is sent out hears that the room is gone for them, and others hear it in words', async () => {
    const { hanna, ben, cleo, tom, slug, room, code } = await aHouse()
    const [, bens, , toms] = room(code).members
    await hanna.call('POST', 'staff/update', { userID: toms?.number, roleID: 3000 })
    cleo.news()
    ben.news()
    await does(tom, { type: 'kick', memberId: bens?.id ?? '' })
    await hanna.call('GET', 'users/me')
    expect(cleo.news()).toMatchObject([
      { a: 'plugMessage', p: 'Ben was sent out by Tom', s: 'dashboard' },
      { a: 'userLeave', p: ben.id(), s: slug },
    ])
    expect(ben.news().at(-1)).toEqual({ a: 'killSession', p: {}, s: slug })
    expect(await ben.call('GET', 'rooms/state')).toMatchObject({ status: 'requestError' })
  })

  it('[PD23] a server that ends says so', async () => {
    const { hanna, host } = await aHouse()
    await host.server.stop()
    expect(hanna.news().at(-1)).toEqual({ a: 'plugMaintenance', p: {}, s: 'dashboard' })
    expect(hanna.closedWith()).toBe(1012)
  })
})
