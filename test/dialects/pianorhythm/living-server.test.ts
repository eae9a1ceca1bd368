import { describe, expect, it } from 'vitest'
import { pianorhythmClient } from '../../../src/dialects/pianorhythm/client'
import { CREATE } from '../../core/room/a-room'
import { createPianoRhythmClient } from '../../foreign/pianorhythm/client'
import { createPianoRhythm, type PianoRhythmQuirks } from '../../foreign/pianorhythm/server'
import { createScene } from '../../foreign/scene'
import { foreignVisit, type Wish } from '../foreign-visit'
import { OUR_NUMBERS } from './our-numbers'

/** The server takes our numbers where the page has none, unless it is to have its own. */
function stage(quirks: PianoRhythmQuirks = {}, numbers: typeof OUR_NUMBERS = OUR_NUMBERS) {
  const scene = createScene()
  const about = { numbers }
  const server = createPianoRhythm({ time: scene.clock, quirks, ...about })
  const living = async (room: string) => {
    const url = 'ws://server:8080/api/websocket'
    const client = createPianoRhythmClient({ url, time: scene.clock, dial: server.dial, ...about })
    client.create(room)
    client.connect()
    await scene.run(6_000)
    return client
  }
  const visit = (wish: Wish) => foreignVisit(scene, server, pianorhythmClient, wish)
  return { ...scene, server, living, visit }
}

const HALL: Wish = { door: { kind: 'code', code: 'Hall' } }
const names = ({ members }: { members: readonly { shown: { name: string } }[] }) =>
  members.map(({ shown }) => shown.name)

describe('our client at a server written from the page', () => {
  it.each<[string, PianoRhythmQuirks]>([
    ['plain', {}],
    ['late', { lateMs: [20, 300] }],
    ['that says things twice', { duplicated: 0.3 }],
    ['that takes heartbeats without an answer', { noHeartbeatAck: true }],
    ['that says broken things in between', { brokenEvery: 3 }],
  ])('[PR42, PR45, PR48, PR49] sits in a room of one that is %s', async (_, quirks) => {
    const { run, server, living, visit } = stage(quirks)
    const ann = await living('Hall')
    const me = visit(HALL)
    await run(7_000)
    expect(me.room()).toMatchObject({ code: 'Hall' })
    expect(me.room().members).toHaveLength(2)
    ann.chat('hello')
    await run(1_000)
    expect(me.room().chat.at(-1)?.content.text).toBe('hello')
    expect(await me.asks({ type: 'say', text: 'hi there' }, 1_000)).toBe('done')
    expect(ann.lines().at(-1)?.text).toBe('hi there')
    await run(120_000)
    expect(me.room().members).toHaveLength(2)
    ann.stop()
    await run(1_000)
    expect(me.room().members).toHaveLength(1)
    expect(server.harms).toEqual([])
  })

  it('[PR42] makes a room there, and takes it up again after a loss', async () => {
    const { run, server, visit } = stage()
    const me = visit({ door: { kind: 'new', create: { ...CREATE, settings: { shown: { title: 'Hall' } } } } })
    await run(2_000)
    expect(names(me.room())).toEqual([expect.stringMatching(/^guest-/)])
    const other = visit(HALL)
    await run(2_000)
    expect(other.room().members).toHaveLength(2)
    server.kick(names(me.room())[0] ?? '')
    await run(10_000)
    expect(me.states.some(({ kind }) => kind === 'lost')).toBe(true)
    expect([me.room().members.length, other.room().members.length]).toEqual([2, 2])
    expect(server.harms).toEqual([])
  })

  it('[PR44] a door that stays closed says why; by text, by nothing', async () => {
    const { run, server, visit } = stage()
    server.makeRoom('Locked', { password: 'chopin' })
    const nowhere = visit(HALL)
    const locked = visit({ door: { kind: 'code', code: 'Locked', password: 'liszt' } })
    const inside = visit({ door: { kind: 'code', code: 'Locked', password: 'chopin' } })
    await run(3_000)
    expect([nowhere.whySent(), locked.whySent()]).toEqual(['no-such-room', 'wrong-password'])
    expect(inside.room().code).toBe('Locked')
    const silent = stage({ mute: true })
    const lost = silent.visit(HALL)
    await silent.run(11_000)
    expect(lost.whySent()).toBe('no-answer')
    expect([...server.harms, ...silent.server.harms]).toEqual([])
  })

  it('[PR51] odd types leave one in the room under the name that was asked for', async () => {
    const { run, server, living, visit } = stage({ oddTypes: true })
    await living('Hall')
    const me = visit(HALL)
    await run(3_000)
    expect(me.room()).toMatchObject({ code: 'Hall', members: [{ id: expect.any(String) }] })
    await run(100_000)
    expect(server.harms).toEqual([])
  })

  it('[PR52, PR53] plays with people there, and is heard', async () => {
    const { run, server, living, visit } = stage({ lateMs: [10, 60] })
    const ann = await living('Hall')
    const me = visit(HALL)
    await run(2_000)
    const played = {
      notes: [{ kind: 'on', channel: 0, key: 60, velocity: 90, atMs: 1 }],
      held: { keys: [{ channel: 0, key: 60 }], pedals: [] },
    } as const
    me.client.play(played)
    await run(1_000)
    expect(ann.notes()).toMatchObject([{ data: [0x90, 60, 90] }])
    me.client.play({ notes: [], held: { keys: [], pedals: [] } })
    await run(1_000)
    expect(ann.held()).toEqual([])
    expect(server.harms).toEqual([])
  })

  it('[PR44] where a server has other numbers than ours, there is no way in, and no harm', async () => {
    const { run, server, visit } = stage({}, {})
    server.makeRoom('Hall')
    const me = visit(HALL)
    await run(20_000)
    expect(me.client.state().kind).not.toBe('in-room')
    expect(server.harms).toEqual([])
  })

  it('[PR42, PR45] one that greets nobody is entered after 5 s; oneself is beside those whom it names', async () => {
    const { run, server, visit } = stage({ noWelcome: true })
    server.makeRoom('Hall')
    const me = visit(HALL)
    await run(7_000)
    expect(me.self()).toBe('self')
    expect(names(me.room())).toEqual([expect.stringMatching(/^guest-/), 'You'])
    expect(await me.asks({ type: 'say', text: 'hi there' }, 6_000)).toBe('no-answer')
    expect(me.room().chat.at(-1)?.content.text).toBe('hi there')
    expect(server.harms).toEqual([])
  })
})
