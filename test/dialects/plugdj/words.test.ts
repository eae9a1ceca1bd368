import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chatBytes, chatLines, escapeText, fitsChat, unescapeText } from '../../../src/dialects/plugdj/escaping'
import { readToClient, readToServer } from '../../../src/dialects/plugdj/frames'
import { banLetter, banReasonNumber, muteLetter, plugRoleOf, roleOf } from '../../../src/dialects/plugdj/grades'
import { addressOf, cidOf, mediaOf, wishOf } from '../../../src/dialects/plugdj/media'
import { historyIdOf } from '../../../src/dialects/plugdj/objects'
import { roomSlugOf } from '../../../src/dialects/plugdj/slug'
import { momentOf, timestampOf } from '../../../src/dialects/plugdj/timestamp'

describe('moments on this wire', () => {
  it('[PD8] have six digits behind the dot, in UTC, and no zone', () => {
    expect(timestampOf(Date.UTC(2015, 6, 9, 21, 59, 1, 809) + 0.993)).toBe('2015-07-09 21:59:01.809993')
    expect(timestampOf(0)).toBe('1970-01-01 00:00:00.000000')
    expect(timestampOf(-5)).toBe('1970-01-01 00:00:00.000000')
    expect(timestampOf(1e30)).toMatch(/^9999-/)
  })

  it('[PD8] are read as they were written, and as others write them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (atMs) => {
        expect(momentOf(timestampOf(atMs))).toBe(atMs)
      }),
    )
    expect(momentOf('2015-07-09 21:59:01 UTC')).toBe(Date.UTC(2015, 6, 9, 21, 59, 1))
    expect(momentOf('2015-07-09T21:59:01.5Z')).toBe(Date.UTC(2015, 6, 9, 21, 59, 1, 500))
    expect(momentOf('yesterday')).toBeUndefined()
  })
})

describe('words on this wire', () => {
  it('[PD10] are escaped in five characters and come back as they were', () => {
    expect(escapeText(`I'm <b>"here"</b> & there`)).toBe('I&#39;m &lt;b&gt;&#34;here&#34;&lt;/b&gt; &amp; there')
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeText(escapeText(text))).toBe(text)
      }),
    )
    expect(unescapeText('&amp;lt;')).toBe('&lt;')
  })

  it('[PD10] have 250 bytes after that, and no line break', () => {
    expect(fitsChat('a'.repeat(250))).toBe(true)
    expect(fitsChat('a'.repeat(251))).toBe(false)
    expect(fitsChat('&'.repeat(50))).toBe(true)
    expect(fitsChat('&'.repeat(51))).toBe(false)
    expect(fitsChat('ü'.repeat(125))).toBe(true)
    expect(fitsChat('🎬'.repeat(63))).toBe(false)
    expect(fitsChat('a\nb')).toBe(false)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(chatBytes(text)).toBe(Buffer.byteLength(escapeText(text)))
      }),
    )
  })

  it('[PD46] are split so that each line fits and none is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
        const lines = chatLines(text)
        expect(lines.every(fitsChat)).toBe(true)
        expect(lines.join('').replaceAll(/\s+/g, '')).toBe(text.replaceAll(/\s+/g, ''))
      }),
    )
    expect(chatLines('one\ntwo')).toEqual(['one', 'two'])
  })
})

describe('media on this wire', () => {
  it.each([
    ['https://www.youtube.com/watch?v=dQw4w9WgXcQ', 1, 'dQw4w9WgXcQ'],
    ['https://youtu.be/dQw4w9WgXcQ?t=5', 1, 'dQw4w9WgXcQ'],
    ['https://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ&t=1', 1, 'dQw4w9WgXcQ'],
    ['https://www.youtube.com/shorts/dQw4w9WgXcQ', 1, 'dQw4w9WgXcQ'],
    ['https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/213829851', 2, '213829851'],
    ['https://api.soundcloud.com/tracks/213829851', 2, '213829851'],
    ['https://vimeo.com/76979871', 0, 'https://vimeo.com/76979871'],
    ['https://notyoutube.example/watch?v=dQw4w9WgXcQ', 0, 'https://notyoutube.example/watch?v=dQw4w9WgXcQ'],
  ])('[PD21] %s', (address, format, cid) => {
    expect(cidOf(address)).toEqual({ format, cid })
    const back = addressOf(format, cid)
    expect(cidOf(back ?? '')).toEqual({ format, cid })
  })

  it('[PD21] that no address can be made of are none', () => {
    const fields = { title: '', author: '', image: '', duration: 5 }
    expect(wishOf({ format: 1, cid: 'a b', ...fields })).toBeUndefined()
    expect(wishOf({ format: 2, cid: 'track', ...fields })).toBeUndefined()
    expect(wishOf({ format: 0, cid: 'javascript:alert(1)', ...fields })).toBeUndefined()
    expect(wishOf({ format: 3, cid: 'dQw4w9WgXcQ', ...fields })).toBeUndefined()
  })

  it('[PD21] have whole seconds, and a picture where one is known', () => {
    const content = { address: 'https://youtu.be/dQw4w9WgXcQ', title: 'T' }
    expect(mediaOf({ number: 7, durationSec: 211.6, content })).toEqual({
      id: 7,
      cid: 'dQw4w9WgXcQ',
      format: 1,
      title: 'T',
      author: '',
      image: 'https://i.ytimg.com/vi/dQw4w9WgXcQ/default.jpg',
      duration: 212,
    })
    expect(mediaOf({ number: 7, content }).duration).toBe(86_400)
  })

  it('[PD13] each play has a name of its own that is a GUID, also of several that came together', () => {
    const id = '7ae868ed-798f-48df-8bff-d9c74a7fffff'
    expect(historyIdOf({ id })).toBe(id)
    const names = ['-1', '-2', '-49'].map((end) => historyIdOf({ id: id + end }))
    expect(new Set([id, ...names]).size).toBe(4)
    for (const name of names) expect(name).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })
})

describe('scales of this wire', () => {
  it('[PD22] roles go there and back as near as there are any', () => {
    expect(['guest', 'member', 'moderator', 'host'].map((role) => plugRoleOf(role as 'guest'))).toEqual([
      0, 0, 3000, 5000,
    ])
    expect([0, 1000, 2000, 3000, 4000, 5000].map(roleOf)).toEqual([
      'member',
      'member',
      'moderator',
      'moderator',
      'moderator',
      'host',
    ])
    expect([1, 2, 3, 4, 5].map(roleOf)).toEqual(['member', 'moderator', 'moderator', 'moderator', 'host'])
  })

  it('[PD23] spans and reasons are rounded to those there are', () => {
    expect([60_000, 3_600_000, 3_600_001, undefined].map(banLetter)).toEqual(['h', 'h', 'd', 'f'])
    expect([60_000, 1_800_000, 2_000_000, undefined].map(muteLetter)).toEqual(['s', 'm', 'l', 'l'])
    expect(['Verbal abuse', 'He sang', undefined].map(banReasonNumber)).toEqual([2, 1, 1])
  })

  it('[PD16] a name becomes what a room can claim', () => {
    expect(roomSlugOf('Tasty Cat')).toBe('tasty-cat')
    expect(roomSlugOf(' Ünïcode & friends! ')).toBe('unicode-friends')
    expect(roomSlugOf('日本')).toBeUndefined()
    expect(roomSlugOf('k7m2qp')).toBeUndefined()
    expect(roomSlugOf('x'.repeat(300))).toHaveLength(32)
  })
})

describe('frames of this wire', () => {
  it('[PD15] t may be anything, and what is wrong otherwise is a value', () => {
    expect(readToServer('{"a":"chat","p":"x","t":{"what":"ever"}}')).toEqual({ ok: true, value: { a: 'chat', p: 'x' } })
    for (const frame of ['', 'h', '[]', '{"a":"chat"}', '{"a":"chat","p":5}', '{"a":"fly","p":"x"}', 'null']) {
      expect(readToServer(frame).ok).toBe(false)
    }
    expect(readToServer(new Uint8Array([1]))).toMatchObject({ ok: false })
  })

  it('[PD42] several events in a frame are read, a bare h is none, and anything else is a value', () => {
    expect(readToClient('h')).toEqual({ ok: true, value: [] })
    expect(readToClient('[{"a":"ack","p":1,"s":null},{"a":"earn"}]')).toEqual({
      ok: true,
      value: [
        { a: 'ack', p: 1, s: undefined },
        { a: 'earn', p: undefined, s: undefined },
      ],
    })
    for (const frame of ['', '{}', '[5]', '[{"p":1}]', `[${'{"a":"x"},'.repeat(600)}{"a":"x"}]`]) {
      expect(readToClient(frame).ok).toBe(false)
    }
  })
})
