import { describe, expect, it } from 'vitest'
import { PERSON_LIMITS, type PersonPlayed, playlistOf } from '../../../src/core/person/person'
import type { MediaWish } from '../../../src/core/room/command'
import { type SomePeople, somePeople } from './some-people'

const song = (name: string, title = name): MediaWish => ({ content: { address: `https://example.org/${name}`, title } })
const titles = (people: SomePeople, id: string): string =>
  playlistOf(people.own('ann'), id)
    ?.items.map(({ content }) => content.title)
    .join('') ?? 'none'
const idOf = (people: SomePeople, list: string, title: string): string =>
  playlistOf(people.own('ann'), list)?.items.find(({ content }) => content.title === title)?.id ?? ''

function withPlaylist(letters = 'abcd'): { people: SomePeople; playlistId: string } {
  const people = somePeople('ann')
  people.asks('ann', { type: 'playlist-create', name: ' Mine ', items: Array.from(letters, (each) => song(each)) })
  return { people, playlistId: people.own('ann').playlists[0]?.id ?? '' }
}

describe('playlists', () => {
  it('[Y19, Y20] are made with items, named, and the first one is active', () => {
    const { people, playlistId } = withPlaylist()
    expect(people.own('ann')).toMatchObject({ activePlaylistId: playlistId, playlists: [{ shown: { name: 'Mine' } }] })
    people.asks('ann', { type: 'playlist-create', name: 'Second' })
    expect(people.own('ann').activePlaylistId).toBe(playlistId)
    for (const name of ['', ' ', 'x'.repeat(65)]) {
      expect(people.asks('ann', { type: 'playlist-create', name })).toBe('bad-playlist-name')
      expect(people.asks('ann', { type: 'playlist-rename', playlistId, name })).toBe('bad-playlist-name')
    }
    expect(people.asks('ann', { type: 'playlist-rename', playlistId, name: 'Ours' })).toEqual(['playlist-renamed'])
    expect(people.asks('ann', { type: 'playlist-rename', playlistId: 'x', name: 'Ours' })).toBe('no-such-playlist')
  })

  it('[Y20] another one, or none, is activated, and a deleted one is active no more', () => {
    const { people, playlistId } = withPlaylist()
    people.asks('ann', { type: 'playlist-create', name: 'Second' })
    const second = people.own('ann').playlists[1]?.id ?? ''
    expect(people.asks('ann', { type: 'playlist-activate', playlistId: second })).toEqual(['playlist-activated'])
    people.asks('ann', { type: 'playlist-delete', playlistId })
    expect(people.own('ann').activePlaylistId).toBe(second)
    people.asks('ann', { type: 'playlist-delete', playlistId: second })
    expect(people.own('ann')).not.toHaveProperty('activePlaylistId')
    expect(people.asks('ann', { type: 'playlist-activate' })).toEqual([])
  })

  it('[Y19] items are added in front or behind, edited and removed', () => {
    const { people, playlistId } = withPlaylist('ab')
    people.asks('ann', { type: 'playlist-add', playlistId, items: [song('c'), song('d')] })
    people.asks('ann', { type: 'playlist-add', playlistId, items: [song('e')], first: true })
    expect(titles(people, playlistId)).toBe('eabcd')
    people.asks('ann', {
      type: 'playlist-edit',
      playlistId,
      itemId: idOf(people, playlistId, 'b'),
      title: 'B',
      author: 'X',
    })
    people.asks('ann', { type: 'playlist-remove', playlistId, itemIds: [idOf(people, playlistId, 'c'), 'nothing'] })
    expect(titles(people, playlistId)).toBe('eaBd')
    expect(people.asks('ann', { type: 'playlist-remove', playlistId, itemIds: ['nothing'] })).toBe('not-in-playlist')
    expect(people.asks('ann', { type: 'playlist-add', playlistId, items: [] })).toBe('out-of-range')
  })

  it('[Y19] is bounded in items, at once, in playlists and in length', () => {
    const { people, playlistId } = withPlaylist('')
    const fifty = Array.from({ length: PERSON_LIMITS.itemsAtOnce }, (_, n) => song(String(n), 'x'))
    const add = (items: MediaWish[]) => people.asks('ann', { type: 'playlist-add', playlistId, items })
    expect(add([...fifty, song('x')])).toBe('out-of-range')
    for (let n = 0; n < PERSON_LIMITS.itemsEach / fifty.length; n++) expect(add(fifty)).toEqual(['playlist-added'])
    expect(add([song('x')])).toBe('playlist-full')

    const long = { address: 'a'.repeat(2_000), title: 'b'.repeat(300) }
    const wide = withPlaylist('')
    const outcomes = Array.from({ length: 10 }, () =>
      wide.people.asks('ann', {
        type: 'playlist-add',
        playlistId: wide.playlistId,
        items: Array.from({ length: 50 }, () => ({ content: long })),
      }),
    )
    expect(outcomes.filter((outcome) => outcome === 'playlist-full')).toHaveLength(6)

    const many = somePeople('ann')
    const make = () => many.asks('ann', { type: 'playlist-create', name: 'One more' })
    for (let n = 0; n < PERSON_LIMITS.playlists; n++) expect(make()).toContain('playlist-created')
    expect(make()).toBe('too-many')
  })

  it('[Y21] items move together, and are shuffled by the chance that is handed in', () => {
    const { people, playlistId } = withPlaylist('abcde')
    const move = (moved: string, before?: string) =>
      people.asks('ann', {
        type: 'playlist-move',
        playlistId,
        itemIds: Array.from(moved, (each) => idOf(people, playlistId, each)),
        ...(before !== undefined && { beforeId: idOf(people, playlistId, before) }),
      })
    move('db', 'a')
    expect(titles(people, playlistId)).toBe('bdace')
    move('b')
    expect(titles(people, playlistId)).toBe('daceb')
    expect(move('b')).toEqual([])
    expect(move('x')).toBe('not-in-playlist')
    people.asks('ann', { type: 'playlist-shuffle', playlistId })
    const shuffled = titles(people, playlistId)
    expect(shuffled).not.toBe('daceb')
    expect(Array.from(shuffled).sort().join('')).toBe('abcde')
  })

  it('[Y22] imports the queue of the room, without what it has already', () => {
    const { people, playlistId } = withPlaylist('ab')
    const importIt = () => people.asks('ann', { type: 'playlist-import', playlistId })
    expect(importIt()).toBe('not-in-room')
    people.found = { queue: [song('b'), song('c'), song('c'), song('d')] }
    expect(importIt()).toEqual(['playlist-added'])
    expect(titles(people, playlistId)).toBe('abcd')
    expect(importIt()).toBe('nothing-to-import')
    people.found = { queue: Array.from({ length: PERSON_LIMITS.itemsEach }, (_, n) => song(`q${n}`)) }
    importIt()
    expect(playlistOf(people.own('ann'), playlistId)?.items).toHaveLength(PERSON_LIMITS.itemsEach)
    people.found = { queue: [song('more')] }
    expect(importIt()).toBe('playlist-full')
  })

  it('[Y23] what has had its turn goes to the end, once', () => {
    const { people, playlistId } = withPlaylist('abc')
    const itemId = idOf(people, playlistId, 'a')
    const cycle = () => people.asks('ann', { type: 'playlist-cycle', playlistId, itemId })
    expect(cycle()).toEqual(['playlist-cycled'])
    expect(titles(people, playlistId)).toBe('bca')
    expect(cycle()).toEqual([])
  })
})

describe('what was played', () => {
  const played = (id: string): PersonPlayed => ({
    id,
    number: 1,
    atMs: 1,
    skipped: false,
    score: { up: 1, down: 0, grabs: 0, listeners: 3 },
    room: { code: 'k7m2qp', title: '' },
    content: { address: 'https://example.org/a', title: 'A' },
  })

  it('[Y24] is kept of those of whom something is kept, the last ones, each once', () => {
    const people = somePeople('ann')
    people.decide('ann', { type: 'note-played', played: played('before') })
    expect(people.whole('ann')).toBeUndefined()
    people.asks('ann', { type: 'set-presence', wish: 'away' })
    for (let n = 0; n < PERSON_LIMITS.history + 3; n++)
      people.decide('ann', { type: 'note-played', played: played(`i${n}`) })
    people.decide('ann', { type: 'note-played', played: played('i50') })
    const { history } = people.own('ann')
    expect(history).toHaveLength(PERSON_LIMITS.history)
    expect(history[0]?.id).toBe(`i${PERSON_LIMITS.history + 2}`)
    people.asks('ann', { type: 'clear-history' })
    expect(people.own('ann').history).toEqual([])
    expect(people.asks('ann', { type: 'clear-history' })).toEqual([])
  })
})
