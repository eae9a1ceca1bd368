import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PERMISSIONS, tableFor } from '../../../src/core/room/role'
import { ALL, changedRows, DEFAULT_TABLE, grantsOf } from '../../../src/dialects/opentogethertube/grants'
import {
  addressOf,
  isSameVideo,
  queueItemOf,
  videoFromUrl,
  videoOf,
} from '../../../src/dialects/opentogethertube/media'

describe('masks and permissions', () => {
  it('[OT28] a new room has the masks of that system', () => {
    expect(new Map(grantsOf(DEFAULT_TABLE))).toEqual(
      new Map([
        [0, 113250303],
        [1, 113250303],
        [2, 113250303],
        [3, 133173247],
        [4, ALL],
        [-1, ALL],
      ]),
    )
  })

  it('[OT28] a room of another wire is shown as far as bits can say it', () => {
    const [[, guest] = []] = grantsOf(tableFor('host'))
    // Voting and chatting.
    expect(guest).toBe(2 ** 6 + 2 ** 7)
  })

  it('[OT28] of the bits that are one permission here, the changed one decides', () => {
    const guest = 113250303
    const [noTitle] = changedRows(DEFAULT_TABLE, [[0, guest - 2 ** 8]])
    expect(noTitle).toEqual({
      role: 'guest',
      permissions: DEFAULT_TABLE.guest.filter((permission) => permission !== 'configure'),
    })
    const [description] = changedRows({ ...DEFAULT_TABLE, guest: noTitle?.permissions ?? [] }, [
      [0, guest - 2 ** 8 - 2 ** 10 - 2 ** 11 - 2 ** 22],
    ])
    expect(description?.permissions).toContain('configure')
  })

  it('[OT28] of registered and trusted people, who are one row here, the changed one counts', () => {
    const same = 113250303
    expect(
      changedRows(DEFAULT_TABLE, [
        [1, same],
        [2, same - 1],
      ]),
    ).toMatchObject([{ role: 'member' }])
    expect(
      changedRows(DEFAULT_TABLE, [
        [1, same],
        [2, same],
        [4, 0],
        [-1, 0],
        [9, 1],
      ]),
    ).toEqual([])
  })

  it('[OT28] masks as they were told change nothing, whatever the table; what has no bit stays', () => {
    const row = fc.subarray([...PERMISSIONS])
    fc.assert(
      fc.property(fc.record({ guest: row, member: row, moderator: row }), fc.nat(ALL), (table, mask) => {
        expect(changedRows(table, grantsOf(table))).toEqual([])
        for (const { role, permissions } of changedRows(table, [[0, mask]])) {
          const bitless = (all: readonly string[]) => all.filter((each) => BITLESS.includes(each))
          expect(bitless(permissions)).toEqual(bitless(table[role]))
        }
      }),
    )
  })
})

const BITLESS = ['set-media', 'dj', 'manage-djs', 'set-permissions', 'delete-chat', 'mute', 'ban']

describe('services and addresses', () => {
  it('[OT29] a video of a service has the address of its page', () => {
    for (const [service, id, address] of [
      ['youtube', 'dQw4w9WgXcQ', 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'],
      ['vimeo', '76979871', 'https://vimeo.com/76979871'],
      ['googledrive', 'abc', 'https://drive.google.com/file/d/abc/view'],
      ['tubi', '123', 'https://tubitv.com/movies/123'],
      ['direct', 'https://a.example/film', 'https://a.example/film'],
      ['hls', 'https://a.example/x.m3u8?k=1', 'https://a.example/x.m3u8?k=1'],
      ['dash', 'https://a.example/x.mpd', 'https://a.example/x.mpd'],
      ['pluto', 'a/b', 'opentogethertube:pluto/a%2Fb'],
    ] as const) {
      expect(addressOf({ service, id })).toBe(address)
      expect(videoOf(address)).toEqual({ service, id })
    }
  })

  it('[OT29] a video is the same however its address is spelled', () => {
    for (const address of [
      'https://youtu.be/dQw4w9WgXcQ?t=43',
      'https://m.youtube.com/watch?list=x&v=dQw4w9WgXcQ#a',
      'http://www.youtube.com/shorts/dQw4w9WgXcQ',
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1',
    ]) {
      expect(videoFromUrl(` ${address} `)).toEqual({ service: 'youtube', id: 'dQw4w9WgXcQ' })
      expect(isSameVideo({ service: 'youtube', id: 'dQw4w9WgXcQ' }, address)).toBe(true)
    }
    expect(isSameVideo({ service: 'hls', id: 'https://a.example/stream' }, 'https://a.example/stream')).toBe(true)
  })

  it('[OT29] any other page is direct, with its address as id', () => {
    const content = { address: 'https://films.example/watch/7', title: 'Seven' }
    expect(queueItemOf({ content, durationSec: 60 })).toEqual({
      service: 'direct',
      id: content.address,
      title: 'Seven',
      length: 60,
    })
  })

  it('[OT29] nobody is led to an address that is none of the web', () => {
    for (const id of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      'words',
      'https://u:p@a.example/',
    ])
      expect(addressOf({ service: 'direct', id })).toBeUndefined()
  })
})
