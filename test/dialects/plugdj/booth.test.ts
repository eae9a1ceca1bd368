import { describe, expect, it } from 'vitest'
import { aRoom, fill } from './a-community'

/** Hanna plays; Ben and Cleo listen, each with a playlist. */
async function aBooth() {
  const community = await aRoom('Cat', 3)
  const { account, slug, hanna, advance } = community
  const [ben, cleo] = [await account('Ben'), await account('Cleo')]
  for (const plugger of [ben, cleo]) {
    await plugger.join(slug)
    await fill(plugger, 2, 'theirs')
  }
  await hanna.call('POST', 'booth')
  await advance(2_000)
  const quiet = (): void => {
    for (const plugger of [hanna, ben, cleo]) plugger.news()
  }
  quiet()
  return { ...community, ben, cleo, quiet }
}

describe('the booth', () => {
  it('[PD11] needs something to play, and an account', async () => {
    const { account, guest, slug, room, code } = await aBooth()
    const [dan, somebody] = [await account('Dan'), await guest()]
    await dan.join(slug)
    await somebody.join(slug)
    expect(await dan.call('POST', 'booth')).toMatchObject({ status: 'noValidPlaylist' })
    await dan.call('POST', 'playlists', { name: 'Empty' })
    expect(await dan.call('POST', 'booth')).toMatchObject({ status: 'noValidPlaylist' })
    expect(await somebody.call('POST', 'booth')).toMatchObject({ status: 'notAuthorized' })
    expect(room(code).booth.waiting).toEqual([])
    await fill(dan, 1)
    expect(await dan.call('POST', 'booth')).toMatchObject({ status: 'noValidPlaylist' })
  })

  it('[PD11] the line is told to everybody as it is', async () => {
    const { hanna, ben, cleo, slug } = await aBooth()
    expect(await ben.call('POST', 'booth')).toMatchObject({ status: 'ok' })
    expect(await cleo.call('POST', 'booth')).toMatchObject({ status: 'ok' })
    expect(await ben.call('DELETE', 'booth')).toMatchObject({ status: 'ok' })
    expect(hanna.news()).toEqual(
      [[ben.id()], [ben.id(), cleo.id()], [cleo.id()]].map((p) => ({ a: 'djListUpdate', p, s: slug })),
    )
  })

  it('[PD14] DJs are added, moved and removed by moderators, and everybody is told by whom', async () => {
    const { hanna, ben, cleo, slug } = await aBooth()
    expect(await ben.call('POST', 'booth/add', { id: cleo.id() })).toMatchObject({ status: 'notAuthorized' })
    for (const { id } of [ben, cleo]) await hanna.call('POST', 'booth/add', { id: id() })
    expect(await hanna.call('POST', 'booth/add', { id: 5 })).toMatchObject({ status: 'roomMismatch' })
    expect(await hanna.call('POST', 'booth/move', { userID: cleo.id(), position: 0 })).toMatchObject({ status: 'ok' })
    expect(await hanna.call('POST', 'booth/move', { userID: 5, position: 0 })).toMatchObject({
      status: 'userNotInBooth',
    })
    expect(await hanna.call('DELETE', `booth/remove/${ben.id()}`)).toMatchObject({ status: 'ok' })
    const mod = { m: 'Hanna', mi: hanna.id() }
    expect(cleo.news().filter(({ a }) => a !== 'playlistCycle')).toEqual(
      [
        { a: 'modAddDJ', p: { ...mod, t: 'Ben' } },
        { a: 'djListUpdate', p: [ben.id()] },
        { a: 'modAddDJ', p: { ...mod, t: 'Cleo' } },
        { a: 'djListUpdate', p: [ben.id(), cleo.id()] },
        { a: 'modMoveDJ', p: { ...mod, u: 'Cleo', o: 1, n: 0 } },
        { a: 'djListUpdate', p: [cleo.id(), ben.id()] },
        { a: 'modRemoveDJ', p: { ...mod, t: 'Ben', d: false } },
        { a: 'djListUpdate', p: [cleo.id()] },
      ].map((event) => ({ ...event, s: slug })),
    )
  })

  it('[PD14] a skip by a moderator, by the DJ and by nobody are three things', async () => {
    const { hanna, ben, cleo, advance, room, code, quiet } = await aBooth()
    await ben.call('POST', 'booth')
    await hanna.call('POST', 'booth/skip/me')
    expect(cleo.news().filter(({ a }) => a === 'skip')).toMatchObject([{ p: hanna.id() }])
    await advance(2_000)
    quiet()
    expect(await cleo.call('POST', 'booth/skip/me')).toMatchObject({ status: 'notAuthorized' })
    const historyID = room(code).media?.id
    await hanna.call('POST', 'booth/skip', { userID: ben.id(), historyID })
    expect(cleo.news().filter(({ a }) => a.endsWith('kip'))).toMatchObject([{ a: 'modSkip', p: { mi: hanna.id() } }])
    await advance(2_000)
    quiet()
    await hanna.hangUp()
    await advance(2_000)
    expect(cleo.news().map(({ a }) => a)).not.toContain('modSkip')
  })

  it('[PD14] a DJ who is skipped where nobody goes back into the line was not removed by anybody', async () => {
    const { hanna, ben, cleo, advance, quiet, room, code } = await aBooth()
    await hanna.call('PUT', 'booth/cycle', { shouldCycle: false })
    await ben.call('POST', 'booth')
    await hanna.call('POST', 'booth/skip/me')
    await advance(2_000)
    quiet()
    await hanna.call('POST', 'booth/skip', { userID: ben.id(), historyID: room(code).media?.id })
    await advance(2_000)
    expect(cleo.news().map(({ a }) => a)).toEqual(['modSkip', 'advance'])
  })

  it('[PD14] locking and cycling are told, and a locked line keeps others out', async () => {
    const { hanna, ben, cleo, slug, room, code } = await aBooth()
    await ben.call('POST', 'booth')
    cleo.news()
    await hanna.call('PUT', 'booth/lock', { isLocked: true, removeAllDJs: true })
    await hanna.call('PUT', 'booth/cycle', { shouldCycle: 'false' })
    const mod = { m: 'Hanna', mi: hanna.id() }
    expect(cleo.news()).toEqual(
      [
        { a: 'djListLocked', p: { f: true, c: false, ...mod } },
        { a: 'modRemoveDJ', p: { ...mod, t: 'Ben', d: false } },
        { a: 'djListUpdate', p: [] },
        { a: 'djListCycle', p: { f: false, c: false, ...mod } },
      ].map((event) => ({ ...event, s: slug })),
    )
    expect(await cleo.call('POST', 'booth')).toMatchObject({ status: 'notAuthorized' })
    expect(room(code).booth.waiting).toEqual([])
    expect((await cleo.call('GET', 'rooms/state')).data).toMatchObject([
      { booth: { isLocked: true, shouldCycle: false } },
    ])
  })
})
