import { describe, expect, it } from 'vitest'
import { createOwnSuspension, suspensionIn } from '../../src/background/own-suspension'
import type { RoomClientState } from '../../src/client/room-client'
import type { RoomCommand } from '../../src/core/room/command'
import { type Refusal, refuse } from '../../src/core/room/refusal'
import { aRoom } from '../core/room/a-room'
import { settle } from '../doubles/manual-clock'

function aDesk() {
  const room = aRoom()
  const ada = room.joins('Ada')
  const asked: RoomCommand['type'][] = []
  let isConnected = true
  const state = (): RoomClientState => ({
    kind: isConnected ? 'in-room' : 'lost',
    dialect: 'tutti',
    server: 'https://tutti.example',
    memberId: ada.id,
    room: room.room(),
    attempt: 1,
    retryAtMs: 0,
    everOpened: true,
  })
  /** The way to the server may be lost without anybody knowing. */
  let isDead = false
  const ask = async (command: RoomCommand): Promise<Refusal | undefined> => {
    asked.push(command.type)
    if (isDead) return refuse('no-answer')
    room.asks('Ada', command)
    own.roomChanged()
    return undefined
  }
  const own = createOwnSuspension(state, ask)
  return {
    asked,
    own,
    room,
    goDead: (is: boolean): void => {
      isDead = is
    },
    connect: (is: boolean): void => {
      isConnected = is
      own.roomChanged()
    },
    known: () => room.called('Ada').suspension?.reason,
  }
}

describe('what the room knows of the own player', () => {
  it('[B29] is what the player said last, asked once', async () => {
    const { own, asked, known } = aDesk()
    own.said('buffering')
    own.said('buffering')
    await settle()
    expect(known()).toBe('buffering')
    own.said('ad')
    own.said(undefined)
    await settle()
    expect(known()).toBeUndefined()
    expect(asked).toEqual(['suspend', 'suspend', 'resume'])
  })

  it('[B29] is put right after a word was lost with its connection', async () => {
    const { own, goDead, connect, known } = aDesk()
    own.said('buffering')
    await settle()
    goDead(true)
    own.said(undefined)
    await settle()
    expect(known()).toBe('buffering')
    connect(false)
    goDead(false)
    connect(true)
    await settle()
    expect(known()).toBeUndefined()
  })

  it('[B29] is said again by who comes back and still can’t play: a seat that was away forgot it', async () => {
    const { own, room, connect, known } = aDesk()
    own.said('buffering')
    await settle()
    connect(false)
    room.asks('Ada', { type: 'go-away' })
    expect(known()).toBeUndefined()
    room.ask({ type: 'join', dialect: 'tutti' }, { kind: 'identity', identity: 'Ada' })
    connect(true)
    await settle()
    expect(known()).toBe('buffering')
  })

  it('[B29] stays as it is until the player has spoken, by a word or a report', async () => {
    const { own, room, known } = aDesk()
    room.asks('Ada', { type: 'suspend', reason: 'ad' })
    own.roomChanged()
    await settle()
    expect(known()).toBe('ad')
    own.said(suspensionIn({ positionSec: 1, state: 'playing' }))
    await settle()
    expect(known()).toBeUndefined()
    expect(suspensionIn({ positionSec: 1, state: 'away' })).toBe('away')
  })
})
