/** The pages of notes at the background: what each is told, and what becomes of what is played there. */
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { NotesRoom } from '../../src/messages/background-to-notes'
import { holding, on } from '../core/notes/a-note'
import { createPeer, goIn } from '../server/peer'
import { aWorld } from './a-world'

let world: Awaited<ReturnType<typeof aWorld>>
vi.spyOn(console, 'warn').mockImplementation(() => {})
beforeEach(async () => {
  world = await aWorld()
})

const NOTHING = { keys: [], pedals: [] }

async function together() {
  await world.startedRoom()
  const ben = createPeer(world.host.server.sessions)
  const { memberId } = await goIn(ben, { door: { kind: 'code', code: world.code() }, name: 'Ben' })
  const page = await world.browser.openNotes()
  await world.clock.advance(500)
  const room = (): NotesRoom | undefined => page.heard.findLast((message) => message.type === 'room')?.room
  /** Played by Ada on her page. */
  const strike = () =>
    page.say({
      type: 'played',
      notes: [on(60, world.clock.nowMs())],
      held: { keys: [...holding(60).keys], pedals: [] },
    })
  return { ben, benId: memberId, page, room, strike }
}

describe('a page of notes', () => {
  it('[AN20] is told the room, the clock, and what others play as it comes', async () => {
    const { ben, benId, page, room } = await together()
    const [ada] = world.room().members
    expect(room()).toMatchObject({
      kind: 'in-room',
      code: world.code(),
      selfId: ada?.id,
      players: [
        { memberId: ada?.id, name: 'Ada', colourSeed: ada?.number, isSelf: true, isAway: false },
        { memberId: benId, name: 'Ben', isSelf: false, isAway: false },
      ],
    })
    expect(page.heard).toContainEqual({
      type: 'clock',
      offsetMs: expect.any(Number),
      uncertaintyMs: expect.any(Number),
    })
    await ben.send({
      type: 'notes',
      notes: [['on', world.clock.nowMs(), 0, 60, 90]],
      held: { keys: [[0, 60]], pedals: [] },
    })
    await world.clock.advance(10)
    expect(page.heard.at(-1)).toMatchObject({
      type: 'heard',
      batch: { memberId: benId, notes: [{ kind: 'on', key: 60 }] },
    })
  })

  it('[AN20] passes on what is played there; when it closes, all its keys go up', async () => {
    const { ben, page, strike } = await together()
    await strike()
    await world.clock.advance(10)
    expect(ben.of('notes')).toMatchObject([{ notes: [['on', expect.any(Number), 0, 60, 100]] }])
    await page.close()
    await world.clock.advance(10)
    expect(ben.of('notes').slice(1)).toMatchObject([{ notes: [['off', expect.any(Number), 0, 60]], held: NOTHING }])
  })

  it('[AN20] is told to reconnect by a background that died: the keys go up, and the room comes again', async () => {
    const { ben, page, room, strike } = await together()
    await strike()
    await world.clock.advance(10)
    const before = page.heard.length
    await world.browser.restart()
    await world.clock.advance(3_000)
    expect(ben.of('notes').at(-1)).toMatchObject({ held: NOTHING })
    expect(page.heard.slice(before).filter(({ type }) => type === 'room')).not.toEqual([])
    expect(room()).toMatchObject({ kind: 'in-room' })
    await strike()
    await world.clock.advance(10)
    expect(ben.of('notes').at(-1)).toMatchObject({ notes: [['on', expect.any(Number), 0, 60, 100]] })
  })

  it('[AN19] says why nobody hears it, and when there is no room', async () => {
    const { page, room } = await together()
    const popup = await world.browser.openPopup(7)
    await popup.say({ type: 'command', command: { type: 'configure', settings: { chat: false } } })
    await world.clock.advance(100)
    expect(room()).toMatchObject({ silenced: 'chat-off' })
    await popup.say({ type: 'leave' })
    expect(room()).toEqual({ kind: 'outside' })
    await page.say({ type: 'clock-ping', sentMs: 5 })
    expect(page.heard.at(-1)).toEqual({ type: 'clock-pong', sentMs: 5, backgroundMs: world.clock.nowMs() })
  })

  it('[AN20] leaves aside what is no message', async () => {
    const { ben, page } = await together()
    await page.say({ type: 'played' })
    await page.say({ type: 'hum' })
    await world.clock.advance(10)
    expect(ben.of('notes')).toEqual([])
  })
})
