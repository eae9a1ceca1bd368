import { describe, expect, it } from 'vitest'
import { aRoom, does } from './a-community'

async function aTalk() {
  const community = await aRoom()
  const { account, slug, tutti, code, hanna } = community
  const ben = await account('Ben')
  await ben.join(slug)
  const tom = await tutti({ code, name: 'Tom & Co' })
  hanna.news()
  ben.news()
  const lines = () => community.room(code).chat.map(({ content, kind }) => [kind, content.text])
  return { ...community, ben, tom, lines }
}

describe('chat', () => {
  it('[PD10] goes to everybody, its sender included, escaped, under an id of its own', async () => {
    const { hanna, ben, slug, clock } = await aTalk()
    await ben.chat(`I'm <"here"> & there`)
    const told = {
      a: 'chat',
      p: {
        message: 'I&#39;m &lt;&#34;here&#34;&gt; &amp; there',
        un: 'Ben',
        cid: `${ben.id()}-${clock.nowMs()}`,
        uid: ben.id(),
        sub: 0,
      },
      s: slug,
    }
    expect(hanna.news()).toEqual([told])
    expect(ben.news()).toEqual([told])
  })

  it('[PD10] is dropped without a word where it has a line break, is too long or comes too fast', async () => {
    const { hanna, ben, lines, advance } = await aTalk()
    for (const text of ['one\ntwo', 'a'.repeat(251), '"'.repeat(51), '', '   ']) await ben.chat(text)
    expect(lines()).toEqual([])
    for (let n = 0; n < 9; n += 1) await ben.chat(`line ${n}`)
    expect(lines()).toHaveLength(5)
    expect(ben.news().every(({ a }) => a === 'chat')).toBe(true)
    await advance(1_000)
    await ben.chat('again')
    expect(hanna.news().at(-1)).toMatchObject({ p: { message: 'again' } })
  })

  it('[PD10] emotes go both ways as /me', async () => {
    const { hanna, ben, tom, lines } = await aTalk()
    await ben.chat('/me waves')
    await ben.chat('/em waves')
    await ben.chat('/mean it')
    await does(tom, { type: 'say', text: 'bows', emote: true })
    await ben.call('GET', 'users/me')
    expect(lines()).toEqual([
      ['emote', 'waves'],
      ['emote', 'waves'],
      ['text', '/mean it'],
      ['emote', 'bows'],
    ])
    expect(hanna.news()).toMatchObject([
      { p: { message: '/me waves' } },
      { p: { message: '/me waves' } },
      { p: { message: '/mean it' } },
      { p: { message: '/me bows', un: 'Tom &amp; Co' } },
    ])
  })

  it('[PD10] whoever is named is mentioned', async () => {
    const { ben, room, code } = await aTalk()
    await ben.chat('@Tom & Co look, @Hanna')
    const [line] = room(code).chat
    const named = line?.mentions.map((id) => room(code).members.find((member) => member.id === id)?.shown.name)
    expect(named).toEqual(['Hanna', 'Tom & Co'])
  })

  it('[PD10] is had again by who asks for it', async () => {
    const { hanna, ben, slug } = await aTalk()
    await ben.chat('hello')
    await hanna.join(slug)
    expect((await hanna.call('GET', 'chat/history')).data).toMatchObject([
      { history: [{ message: 'hello', uid: ben.id(), un: 'Ben' }], users: [{ id: hanna.id() }, { id: ben.id() }, {}] },
    ])
  })

  it('[PD14] a line is taken away by its id, also of somebody who has left', async () => {
    const { hanna, ben, tom, slug } = await aTalk()
    await ben.chat('spam')
    await does(tom, { type: 'say', text: 'more spam' })
    await ben.call('GET', 'users/me')
    const cids = hanna.of('chat').map((p) => (p as { cid: string }).cid)
    await does(tom, { type: 'leave' })
    ben.news()
    expect(await ben.call('DELETE', `chat/${cids[1]}`)).toMatchObject({ status: 'notAuthorized' })
    for (const cid of cids) expect(await hanna.call('DELETE', `chat/${cid}`)).toMatchObject({ status: 'ok' })
    expect(ben.news()).toEqual(cids.map((c) => ({ a: 'chatDelete', p: { c, mi: hanna.id() }, s: slug })))
    expect(await hanna.call('DELETE', 'chat/5-5')).toMatchObject({ status: 'notFound' })
  })

  it('[PD15] nonsense on the socket is dropped, and a flood is told so once a second', async () => {
    const { ben, hanna, advance } = await aTalk()
    for (const frame of [
      '',
      'h',
      '[]',
      '{',
      '{"a":"chat","p":{"x":1}}',
      '{"a":"fly"}',
      { a: 'auth', p: 'somebody else' },
    ]) {
      await ben.say(frame)
    }
    expect(ben.news()).toEqual([])
    expect(ben.closedWith()).toBeUndefined()
    await advance(5_000)
    for (let n = 0; n < 60; n += 1) await ben.say('nonsense')
    expect(ben.news()).toEqual([{ a: 'floodChat', p: {}, s: 'tasty-cat' }])
    expect(hanna.news()).toEqual([])
    await advance(5_000)
    await ben.chat('sorry')
    expect(hanna.news()).toMatchObject([{ a: 'chat' }])
  })
})
