import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aRoom, does, fill } from './a-community'

const WORDS =
  'rooms users booth playlists media me friends ignores mutes bans staff votes grabs join state history update add remove skip lock cycle move insert delete shuffle auth login token mobile init chat profile store validate bulk settings activate'
const ODD = [
  '',
  '..',
  '%00',
  '%ff',
  '__proto__',
  'constructor',
  '-1',
  '0',
  '1',
  '99999999999',
  '1e3',
  '💥',
  'a'.repeat(300),
]
const PARTS = [...WORDS.split(' '), ...ODD]
const FIELDS = [
  'id',
  'ids',
  'slug',
  'name',
  'media',
  'userID',
  'historyID',
  'direction',
  'position',
  'roleID',
  'reason',
  'duration',
]

const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.string(), fc.constantFrom(null, [], {}, '5', 5, 'h', 's', true))
const body = fc.oneof(
  fc.string(),
  fc.json(),
  fc.dictionary(fc.constantFrom(...FIELDS, '__proto__'), value).map((fields) => JSON.stringify(fields)),
)
const call = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'get', 'OPTIONS'),
  path: fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
  body,
})

describe('hostile requests', () => {
  it('[PD6, PD15] are answered in the envelope, once each, and harm nobody', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 20 }), async (calls) => {
        const { hanna, account, slug, host, room, code } = await aRoom('Cat', 1)
        const mallory = await account('Mallory')
        await mallory.join(slug)
        await fill(mallory, 1)
        for (const { method, path, body: text } of calls) {
          const { body: answer, status } = await mallory.fetch(method, `/_/${path}`, text)
          expect(JSON.parse(answer), `${method} ${path}`).toMatchObject({
            status: expect.any(String),
            data: expect.any(Array),
          })
          expect(status).toBeLessThan(500)
        }
        expect(host.errors()).toEqual([])
        expect(Object.prototype).not.toHaveProperty('polluted')
        expect(room(code).members[0]).toMatchObject({ role: 'host', shown: { name: 'Hanna' } })
        await hanna.chat('still here')
        expect(hanna.of('chat')).toHaveLength(1)
      }),
      { numRuns: 40 },
    )
  })
})

describe('hostile people', () => {
  it('[PD34] nobody’s name is HTML in what the server says in words', async () => {
    const { hanna, tutti, code } = await aRoom()
    const tom = await tutti({ code, name: '<img src=x onerror=alert(1)>' })
    await hanna.call('POST', 'staff/update', { userID: tom.copy()?.members[1]?.number, roleID: 5000 })
    await does(tom, { type: 'configure', settings: { mode: 'manual' } })
    await does(tom, { type: 'set-media', media: { content: { address: 'https://youtu.be/dQw4w9WgXcQ', title: 'T' } } })
    await hanna.call('GET', 'users/me')
    expect(hanna.of('plugMessage')).toContain('Paused at 0:00 by &lt;img src=x onerror=alert(1)&gt;.')
    expect(JSON.stringify(hanna.frames)).not.toContain('<img')
  })
})

describe('friends', () => {
  it('[PD35] that nothing is told of are as they were', async () => {
    const { hanna, account, slug, advance } = await aRoom()
    const others = [await account('Ben'), await account('Carl')]
    for (const other of others) {
      await other.join(slug)
      await other.call('POST', 'friends', { id: hanna.id() })
      await hanna.call('POST', 'friends', { id: other.id() })
    }
    await advance(1_000)
    await others[0]?.hangUp()
    await advance(11_000)
    const { data } = await hanna.call('GET', 'friends')
    expect(data).toMatchObject([
      { username: 'Ben', status: 0 },
      { username: 'Carl', status: 1 },
    ])
  })
})
