import { describe, expect, it } from 'vitest'
import { commandFor, roomFrom } from '../../src/background/act'
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
