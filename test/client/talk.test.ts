/** What a client asks, hears and says beside the room's commands and events. */
import { describe, expect, it } from 'vitest'
import { askServer } from '../../src/client/ask-server'
import { tuttiClient } from '../../src/dialects'
import { CREATE } from '../core/room/a-room'
import { SERVER } from './a-client'
import { aWorld, QUICK } from './a-world'

async function together() {
  const world = await aWorld()
  const ada = await world.starts()
  const ben = await world.joins(ada.seat().code)
  return { ...world, ada, ben }
}

describe('beside the room', () => {
  it('[R38] a question is answered to the asker only, or refused', async () => {
    const { time, ada, ben } = await together()
    const asked = [
      ada.client.question({ type: 'make-invite', role: 'member', forMs: 60_000 }),
      ben.client.question({ type: 'make-invite', role: 'member', forMs: 60_000 }),
      ada.client.question({ type: 'list-aliases' }),
    ]
    await time.advance(QUICK)
    expect(await Promise.all(asked)).toMatchObject([
      { type: 'invite', invite: expect.any(String) },
      { code: 'not-allowed' },
      { type: 'aliases', aliases: [] },
    ])
  })

  it('[R38] outside of a room it is refused at once', async () => {
    const { someone } = await aWorld()
    expect(await someone().client.question({ type: 'list-bans' })).toMatchObject({ code: 'not-in-room' })
  })

  it('[R39] lines for some, who types and reactions are heard, and none of it is in the copy', async () => {
    const { time, ada, ben } = await together()
    const before = ben.room()
    const written = ada.client.write(ben.seat().memberId, 'psst')
    ada.client.typing(true)
    ada.client.react('👏')
    await time.advance(QUICK)
    expect(await written).toBeUndefined()
    const from = ada.seat().memberId
    expect(ben.signals).toContainEqual({ kind: 'line', line: expect.objectContaining({ from, text: 'psst' }) })
    expect(ben.signals).toContainEqual({ kind: 'typing', memberIds: [from] })
    expect(ben.signals).toContainEqual({ kind: 'reactions', reactions: [{ memberId: from, emoji: '👏' }] })
    expect(ben.room()).toEqual(before)
  })

  it('[R40] whoever comes back after the seat is gone still has the password', async () => {
    const { time, inRoom, someone, ada, network, open, lastLink } = await together()
    const locked = ada.client.command({ type: 'set-password', password: 'sesame' })
    await time.advance(QUICK)
    expect(await locked).toBeUndefined()
    const carl = someone()
    carl.client.enter({ server: SERVER, door: { kind: 'code', code: ada.seat().code, password: 'sesame' } })
    await inRoom(carl)
    const first = carl.seat().memberId
    network.listen(undefined)
    lastLink().cut()
    await time.advance(70_000)
    open()
    carl.client.retryNow()
    await inRoom(carl)
    expect(carl.seat().memberId).not.toBe(first)
  })

  it('[R40] so does a second life, from what was kept of the first', async () => {
    const { time, inRoom, someone, ada } = await together()
    const locked = ada.client.command({ type: 'set-password', password: 'sesame' })
    await time.advance(QUICK)
    expect(await locked).toBeUndefined()
    const first = someone()
    first.client.enter({ server: SERVER, door: { kind: 'code', code: ada.seat().code, password: 'sesame' } })
    await inRoom(first)
    const seat = first.seat()
    first.client.leave()
    await time.advance(QUICK)
    const second = someone()
    second.client.comeBack(seat)
    await inRoom(second)
    expect(second.seat().memberId).not.toBe(seat.memberId)
  })

  it('[R42] the token is handed over before the door opens, and when it does not', async () => {
    const { time, ada, someone } = await together()
    const locked = ada.client.command({ type: 'set-password', password: 'sesame' })
    await time.advance(QUICK)
    expect(await locked).toBeUndefined()
    const carl = someone()
    carl.client.enter({ server: SERVER, door: { kind: 'code', code: ada.seat().code } })
    await time.advance(QUICK)
    expect(carl.client.state()).toMatchObject({ kind: 'outside', why: { code: 'password-needed' } })
    expect(carl.tokens).toEqual([{ server: SERVER, token: expect.any(String) }])
  })

  it('[R41] the public list can be asked without going in, and the socket is closed behind it', async () => {
    const { time, network, life, someone, inRoom } = await aWorld()
    const ada = someone()
    const settings = { listed: true, shown: { title: 'Film night' } }
    ada.client.enter({ server: SERVER, door: { kind: 'new', create: { ...CREATE, settings } } })
    await inRoom(ada)
    const deps = { openSocket: network.openSocket, clock: time, timers: life.timers, dialect: tuttiClient }
    const asked = askServer(deps, { server: SERVER, question: { type: 'list-rooms' } })
    await time.advance(QUICK)
    expect(await asked).toMatchObject({ type: 'rooms', rooms: [{ title: 'Film night', members: 1 }] })
    const before = network.links.length
    await time.advance(20_000)
    expect(network.links).toHaveLength(before)

    network.listen(undefined)
    const lost = askServer(deps, { server: SERVER, question: { type: 'list-rooms' } })
    await time.advance(10_000)
    expect(await lost).toMatchObject({ code: 'no-answer' })
  })
})
