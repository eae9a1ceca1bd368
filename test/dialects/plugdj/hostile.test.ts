import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aRoom, fill } from './a-community'

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
