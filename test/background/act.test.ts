import { describe, expect, it } from 'vitest'
import { commandAtEnd, commandFor, lengthOf, roomFrom } from '../../src/background/act'
import { aRoom } from '../core/room/a-room'

const PLAYER = {
  title: 'Film',
  address: 'https://films.example/a',
  durationSec: 600,
  positionSec: 100,
  rate: 1.5,
  playing: true,
  score: 1,
}

describe('a room that starts from a player', () => {
  it('[B3] starts where the player is now, not where it was when it was found', () => {
    expect(roomFrom(PLAYER, 1000, 5000)).toEqual({
      type: 'create',
      control: 'everyone',
      whenHostLeaves: 'pass',
      media: { durationSec: 600, content: { address: 'https://films.example/a', title: 'Film' } },
      positionSec: 106,
      rate: 1.5,
      playing: true,
    })
  })

  it('[B3] a paused player has not moved, and no film runs past its end', () => {
    expect(roomFrom({ ...PLAYER, playing: false }, 1000, 5000).positionSec).toBe(100)
    expect(roomFrom(PLAYER, 0, 1e9).positionSec).toBe(600)
  })

  it('[B3] a rate that rooms do not have is brought to one that they have', () => {
    expect(roomFrom({ ...PLAYER, rate: 16 }, 0, 0).rate).toBe(4)
    expect(roomFrom({ ...PLAYER, rate: 0.1 }, 0, 0).rate).toBe(0.25)
  })
})

describe('a button pressed where no player is driven', () => {
  const { durationSec, title, address } = PLAYER
  const playing = aRoom({ playing: true, positionSec: 100, media: { durationSec, content: { title, address } } })
  const room = playing.room()
  const atMs = room.timeline.current.atMs

  it('[B9] acts at the place where the timeline is', () => {
    expect(commandFor({ kind: 'pause' }, room, atMs + 20_000)).toEqual({ type: 'pause', positionSec: 120 })
    expect(commandFor({ kind: 'play' }, room, atMs + 20_000)).toEqual({ type: 'play', positionSec: 120 })
    expect(commandFor({ kind: 'skip', bySec: -10 }, room, atMs + 20_000)).toEqual({ type: 'seek', positionSec: 110 })
  })

  it('[B9] skips neither before the start nor past the end', () => {
    expect(commandFor({ kind: 'skip', bySec: -500 }, room, atMs)).toEqual({ type: 'seek', positionSec: 0 })
    expect(commandFor({ kind: 'skip', bySec: 3600 }, room, atMs)).toEqual({ type: 'seek', positionSec: 600 })
  })
})

describe('what the player knows of what is current', () => {
  const { address } = PLAYER
  const film = { content: { title: 'Film', address } }
  const aRoomWith = (media: object) => {
    const party = aRoom({ control: 'host', media: { ...film, ...media } })
    party.joins('ann')
    party.joins('bob')
    return { party, room: party.room(), host: party.called('ann').id, other: party.called('bob').id }
  }

  it('[B44] its length, where the room lacks one, by who may set it, and not of what may be an advertisement', () => {
    const { party, room, host, other } = aRoomWith({})
    expect(lengthOf(PLAYER, room, host)).toEqual({ type: 'edit-item', itemId: room.media?.id, durationSec: 600 })
    expect(lengthOf(PLAYER, room, other)).toBeUndefined()
    expect(lengthOf({ ...PLAYER, durationSec: 180 }, room, host)).toBeUndefined()
    expect(lengthOf({ ...PLAYER, address: 'https://films.example/b' }, room, host)).toBeUndefined()
    party.asks('ann', { type: 'suspend', reason: 'ad' })
    expect(lengthOf(PLAYER, party.room(), host), 'what plays is an advertisement').toBeUndefined()
    const known = aRoomWith({ durationSec: 500 })
    expect(lengthOf(PLAYER, known.room, known.host)).toBeUndefined()
  })

  it('[B45] its end, by who may skip, where no length is known', () => {
    const { room, host, other } = aRoomWith({})
    expect(commandAtEnd(PLAYER, room, host)).toEqual({ type: 'media-ended', itemId: room.media?.id })
    expect(commandAtEnd(PLAYER, room, other)).toBeUndefined()
    expect(commandAtEnd({ ...PLAYER, address: 'https://films.example/b' }, room, host)).toBeUndefined()
    const known = aRoomWith({ durationSec: 500 })
    expect(commandAtEnd(PLAYER, known.room, known.host)).toBeUndefined()
  })

  it('[B45] in the own turn it is a skip', () => {
    const { party, other } = aRoomWith({})
    party.asks('ann', { type: 'set-permissions', role: 'guest', permissions: ['dj', 'queue-add'] })
    party.asks('ann', { type: 'configure', settings: { mode: 'rotation' } })
    party.asks('bob', {
      type: 'join-booth',
      items: [{ content: { title: 'Turn', address: 'https://films.example/t' } }],
    })
    party.asks('ann', { type: 'skip' })
    const room = party.room()
    expect(room.booth.playing).toBe(other)
    expect(commandAtEnd({ ...PLAYER, address: 'https://films.example/t' }, room, other)).toEqual({
      type: 'skip',
      itemId: room.media?.id,
    })
  })
})
