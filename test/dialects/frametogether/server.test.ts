import { describe, expect, it } from 'vitest'
import { MAX_BYTES_TO_SERVER } from '../../../src/dialects/frametogether/frames'
import { createFrametogetherServer } from '../../../src/dialects/frametogether/server'
import { type AWire, aWire, does, type WireSocket } from '../a-wire'

const wire = (): Promise<AWire> => aWire(createFrametogetherServer())

/** A socket that made a room and sits in it as its host. */
async function aHost(at: AWire): Promise<{ host: WireSocket; code: string }> {
  const host = await at.open('/sync')
  await host.say({ type: 'Create' })
  const code = String(host.news()[0]?.['room_id'])
  await host.say({ type: 'Join', room_id: code })
  host.news()
  return { host, code }
}

async function aViewer(at: AWire, code: string): Promise<WireSocket> {
  const viewer = await at.open('/sync')
  await viewer.say({ type: 'Join', room_id: code })
  return viewer
}

const nameOf = (socket: WireSocket): unknown =>
  socket.heard.findLast(({ type }) => type === 'RoomJoined')?.['your_name']
const sync = (time: number, paused: boolean) => ({ type: 'Sync', time, paused })
const state = (time: number, paused: boolean) => ({ type: 'State', time, paused })

describe('rooms and people', () => {
  it('[FT2] Create answers with a code of six characters and makes nobody sit in it', async () => {
    const at = await wire()
    const socket = await at.open('/sync')
    await socket.say({ type: 'Create' })
    await socket.say({ type: 'Create' })
    const [one, two] = socket.news()
    expect(one).toEqual({ type: 'RoomCreated', room_id: expect.stringMatching(/^[a-z0-9]{6}$/) })
    expect(two?.['room_id']).not.toBe(one?.['room_id'])
    expect(at.host.room(String(one?.['room_id']))).toMatchObject({ members: [], whenHostLeaves: 'pass' })
  })

  it('[FT3] an empty room is there for whoever comes within 10 s, and after a lost connection too', async () => {
    const at = await wire()
    const socket = await at.open('/sync')
    await socket.say({ type: 'Create' })
    const code = String(socket.news()[0]?.['room_id'])
    await at.advance(10_000)
    await socket.say({ type: 'Join', room_id: code })
    expect(socket.news()).toMatchObject([{ type: 'RoomJoined', is_host: true }])
    await socket.hangUp()
    await at.advance(10_000)
    expect((await aViewer(at, code)).news()).toMatchObject([{ type: 'RoomJoined', room_id: code, is_host: true }])
  })

  it('[FT4] the first who joins is host; who comes later is not, and is told of the others', async () => {
    const at = await wire()
    const host = await at.open('/sync')
    await host.say({ type: 'Create' })
    const code = String(host.news()[0]?.['room_id'])
    await host.say({ type: 'Join', room_id: code })
    const name = expect.stringMatching(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
    expect(host.news()).toEqual([
      { type: 'RoomJoined', room_id: code, is_host: true, your_name: name, participants: [] },
    ])
    const viewer = await aViewer(at, code)
    expect(viewer.news()).toEqual([
      {
        type: 'RoomJoined',
        room_id: code,
        is_host: false,
        your_name: name,
        participants: [{ name: nameOf(host), is_host: true }],
      },
    ])
    expect(nameOf(viewer)).not.toBe(nameOf(host))
  })

  it('[FT5] joining the same room again answers again and adds nobody, however the code is typed', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const viewer = await aViewer(at, code)
    host.news()
    viewer.news()
    await viewer.say({ type: 'Join', room_id: ` ${code.toUpperCase()} ` })
    expect(viewer.news()).toMatchObject([{ type: 'RoomJoined', is_host: false, your_name: nameOf(viewer) }])
    expect(host.news()).toEqual([])
    expect(at.host.room(code)?.members).toHaveLength(2)
  })

  it('[FT6] joining another room leaves the first; asking for one that is not there leaves everything', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const viewer = await aViewer(at, code)
    await viewer.say({ type: 'Create' })
    const other = String(viewer.heard.at(-1)?.['room_id'])
    host.news()
    viewer.news()
    await viewer.say({ type: 'Join', room_id: 'zzzzzz' })
    expect(viewer.news()).toEqual([{ type: 'Error', message: 'Room not found' }])
    await viewer.say({ type: 'Join', room_id: other })
    expect(viewer.news()).toMatchObject([{ type: 'RoomJoined', room_id: other, is_host: true }])
    expect(host.news()).toMatchObject([{ type: 'UserLeft' }])
    expect(at.host.room(code)?.members).toHaveLength(1)
  })

  it('[FT7] a room that is not there is said in exactly these words, and the socket stays', async () => {
    const at = await wire()
    const socket = await at.open('/sync')
    await socket.say({ type: 'Join', room_id: 'abc123' })
    expect(socket.news()).toEqual([{ type: 'Error', message: 'Room not found' }])
    await socket.say({ type: 'Create' })
    expect(socket.news()).toMatchObject([{ type: 'RoomCreated' }])
    expect(socket.closedWith()).toBeUndefined()
  })

  it('[FT8] the others hear who comes and who goes, by Leave or by the socket; after Leave the socket is good for more', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const viewer = await aViewer(at, code)
    expect(host.news()).toEqual([{ type: 'UserJoined', user: { name: nameOf(viewer), is_host: false } }])
    await viewer.say({ type: 'Leave' })
    expect(host.news()).toEqual([{ type: 'UserLeft', user_name: nameOf(viewer) }])
    await viewer.say({ type: 'Join', room_id: code })
    expect(host.news()).toMatchObject([{ type: 'UserJoined' }])
    await viewer.hangUp()
    expect(host.news()).toMatchObject([{ type: 'UserLeft' }])
    expect(viewer.heard.filter(({ type }) => type === 'UserLeft' || type === 'UserJoined')).toEqual([])
  })

  it('[FT12] when the host goes, the one who is here longest hears to be host under the same name, and nobody else', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const [second, third] = [await aViewer(at, code), await aViewer(at, code)]
    const name = nameOf(second)
    second.news()
    third.news()
    await host.hangUp()
    await at.advance(1_000)
    expect(second.news()).toMatchObject([
      { type: 'UserLeft' },
      { type: 'RoomJoined', is_host: true, your_name: name, participants: [{ name: nameOf(third), is_host: false }] },
    ])
    expect(third.news()).toMatchObject([{ type: 'UserLeft' }])
    await second.say(state(9, false))
    expect(third.news()).toEqual([sync(9, false)])
  })

  it('[FT13] a heartbeat is heard in silence, and whoever is silent for 45 s stays', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    await at.advance(45_000)
    await host.say({ type: 'Heartbeat' })
    await at.advance(45_000)
    expect(host.news()).toEqual([])
    expect(at.host.room(code)?.members).toHaveLength(1)
    await at.advance(61_000)
    expect(host.closedWith()).toBe(1008)
    expect(at.host.room(code)?.members).toHaveLength(0)
  })
})

describe('limits', () => {
  it('[FT16] an address has so many messages a second, over all its sockets; beyond that an Error, and the socket stays', async () => {
    const at = await aWire(createFrametogetherServer({ ratePerSec: 3 }))
    const [one, two] = [await at.open('/sync', 'here'), await at.open('/sync', 'here')]
    const elsewhere = await at.open('/sync', 'elsewhere')
    await one.say({ type: 'Heartbeat' })
    await two.say({ type: 'Heartbeat' })
    await one.say({ type: 'Heartbeat' })
    await two.say({ type: 'Create' })
    await elsewhere.say({ type: 'Create' })
    expect([one.news(), two.news(), elsewhere.news()]).toMatchObject([
      [],
      [{ type: 'Error' }],
      [{ type: 'RoomCreated' }],
    ])
    await at.advance(1_000)
    await two.say({ type: 'Create' })
    expect(two.news()).toMatchObject([{ type: 'RoomCreated' }])
  })

  it('[FT16] there are so many rooms of this wire, whatever others make; one that ends makes place', async () => {
    const at = await aWire(createFrametogetherServer({ maxRooms: 1 }))
    await at.tutti()
    const socket = await at.open('/sync')
    await socket.say({ type: 'Create' })
    await socket.say({ type: 'Create' })
    expect(socket.news()).toMatchObject([{ type: 'RoomCreated' }, { type: 'Error' }])
    await at.tutti()
    expect(at.host.codes()).toHaveLength(3)
    await at.advance(601_000)
    const later = await at.open('/sync')
    await later.say({ type: 'Create' })
    expect(later.news()).toMatchObject([{ type: 'RoomCreated' }])
  })
})

describe('where the room is', () => {
  it("[FT9] the host's State goes to every viewer in the same words, also where it says nothing new, and never back", async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const viewers = [await aViewer(at, code), await aViewer(at, code)]
    for (const viewer of viewers) viewer.news()
    host.news()
    for (const said of [state(120.5, false), state(120.5001, false), state(121, true)]) {
      await host.say(said)
      for (const viewer of viewers) expect(viewer.news()).toEqual([{ ...said, type: 'Sync' }])
    }
    expect(host.news()).toEqual([])
    expect(at.host.room(code)?.timeline.current).toMatchObject({ positionSec: 121, playing: false })
  })

  it('[FT10] State of a viewer changes nothing and is told to nobody', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const viewer = await aViewer(at, code)
    await host.say(state(10, true))
    viewer.news()
    host.news()
    await viewer.say(state(500, false))
    expect([...viewer.news(), ...host.news()]).toEqual([])
    expect(at.host.room(code)?.timeline.current).toMatchObject({ positionSec: 10, playing: false })
  })

  it('[FT11] who comes into a room that is somewhere is told where it is by now, after the welcome', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    expect((await aViewer(at, code)).news()).toHaveLength(1)
    await host.say(state(60, false))
    await at.advance(2_500)
    expect((await aViewer(at, code)).news()).toMatchObject([{ type: 'RoomJoined' }, sync(62.5, false)])
    await host.say(state(70, true))
    await at.advance(2_500)
    expect((await aViewer(at, code)).news().at(-1)).toEqual(sync(70, true))
  })

  it('[FT15] what can not be read is answered with an Error and changes nothing', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    await host.say(state(5, true))
    const before = at.host.room(code)
    const bad = [
      'no json',
      '[]',
      'null',
      '{"type":"Dance"}',
      '{"type":"Join"}',
      '{"type":"Join","room_id":7}',
      '{"type":"State","time":-1,"paused":false}',
      '{"type":"State","time":1e999,"paused":false}',
      '{"type":"State","time":"3","paused":false}',
      '{"type":"State","time":3,"paused":0}',
      `{"type":"Join","room_id":"${'x'.repeat(MAX_BYTES_TO_SERVER)}"}`,
    ]
    for (const frame of bad) {
      await host.say(frame)
      await at.advance(100)
    }
    expect(host.news().map(({ type }) => type)).toEqual(bad.map(() => 'Error'))
    expect(at.host.room(code)).toEqual(before)
    expect(at.host.errors()).toEqual([])
  })

  it('[FT22] a viewer is told again every 5 s where the room is, each second where it plays at another rate', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(1_000)
    const viewer = await aViewer(at, code)
    viewer.news()
    await at.advance(5_000)
    expect(viewer.news()).toHaveLength(1)
    await does(ours, { type: 'set-rate', rate: 2 })
    await at.advance(1_000)
    viewer.news()
    await at.advance(3_000)
    expect(viewer.news()).toHaveLength(3)
  })
})

describe('in one room with others', () => {
  it('[FT20] what counts from an instant ahead is told at that instant, less half the way there and back', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const viewer = await aViewer(at, ours.copy()?.code ?? '')
    viewer.roundTrip(100)
    viewer.news()
    await does(ours, { type: 'play', positionSec: 30 })
    expect(viewer.news()).toEqual([])
    const startsInMs = (ours.copy()?.timeline.next?.atMs ?? 0) - at.clock.nowMs()
    await at.advance(startsInMs - 51)
    expect(viewer.news()).toEqual([])
    await at.advance(1)
    expect(viewer.news()).toEqual([sync(30, false)])
    await does(ours, { type: 'seek', positionSec: 90 })
    await does(ours, { type: 'pause', positionSec: 91 })
    await at.advance(2_000)
    expect(viewer.news()).toEqual([sync(91, true)])
  })

  it('[FT21] a host on this wire is moved by others as a viewer for a moment, and leads on', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const ours = await at.tutti({ code })
    await host.say(state(10, false))
    await host.say({ type: 'Heartbeat' })
    host.news()
    // The role of the host is not needed where everybody may control.
    const owner = at.host.room(code)?.members[0]
    expect(owner?.dialect).toBe('frametogether')
    await at.host.server.rooms.command(at.host.room(code)?.id ?? '', owner?.id ?? '', {
      type: 'set-control',
      control: 'everyone',
    })
    await does(ours, { type: 'seek', positionSec: 300 })
    // What it reports until it can have followed tells of before.
    await host.say(state(10.5, false))
    await at.advance(1_000)
    expect(host.news()).toMatchObject([
      { type: 'RoomJoined', is_host: false },
      { type: 'Sync', paused: false },
      { type: 'RoomJoined', is_host: true },
    ])
    await host.say(state(11, false))
    const now = at.host.room(code)
    expect(now?.timeline.next ?? now?.timeline.current).toMatchObject({ positionSec: 300 })
    await host.say(state(300.6, false))
    await at.advance(2_000)
    await host.say(state(500, false))
    expect(at.host.room(code)?.timeline.current).toMatchObject({ positionSec: 500, playing: true })
  })

  it('[FT21] a host that stays where it is all the same has the last word, once it could have followed', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    const viewer = await aViewer(at, code)
    const memberId = at.host.room(code)?.members[1]?.id ?? ''
    await does(ours, { type: 'set-role', memberId, role: 'host' })
    expect(viewer.news().at(-1)).toMatchObject({ type: 'RoomJoined', is_host: true })
    await viewer.say(state(40, true))
    await does(ours, { type: 'play', positionSec: 40 })
    await at.advance(400)
    await viewer.say(state(40, true))
    await at.advance(2_500)
    expect(ours.copy()?.timeline.current).toMatchObject({ playing: false, positionSec: 40 })
  })

  it('[FT23] who is away is gone and comes back as new; another name is another person', async () => {
    const at = await wire()
    const { host, code } = await aHost(at)
    const ours = await at.tutti({ code, name: 'Ada' })
    expect(host.news()).toEqual([{ type: 'UserJoined', user: { name: 'Ada', is_host: false } }])
    await does(ours, { type: 'rename', name: 'Eve' })
    expect(host.news()).toEqual([
      { type: 'UserLeft', user_name: 'Ada' },
      { type: 'UserJoined', user: { name: 'Eve', is_host: false } },
    ])
    await ours.lose()
    expect(host.news()).toEqual([{ type: 'UserLeft', user_name: 'Eve' }])
    await at.advance(61_000 - 15_000)
    await host.say({ type: 'Heartbeat' })
    await at.advance(15_000)
    expect(host.news()).toEqual([])
  })

  it('[FT24] when the queue moves on, viewers are led to the beginning; what this wire has no word for is not told', async () => {
    const at = await wire()
    const ours = await at.tutti()
    const code = ours.copy()?.code ?? ''
    const film = (title: string) => ({ durationSec: 10, content: { address: `https://films.example/${title}`, title } })
    await does(ours, { type: 'queue-add', items: [film('one'), film('two')] })
    await does(ours, { type: 'play', positionSec: 0 })
    await at.advance(1_000)
    const viewer = await aViewer(at, code)
    viewer.news()
    await does(ours, { type: 'say', text: 'Hello' })
    expect(viewer.news()).toEqual([])
    await at.advance(10_000)
    const told = viewer.news().map(({ time }) => Number(time))
    expect(Math.max(...told)).toBeLessThan(10.5)
    expect(told.at(-1)).toBeLessThan(6)
  })

  it('[FT25] why a door stays closed or a seat is lost is said in a sentence, and the socket stays', async () => {
    const at = await wire()
    const ours = await at.tutti({ create: { password: 'sesame' } })
    const code = ours.copy()?.code ?? ''
    const viewer = await aViewer(at, code)
    expect(viewer.news()).toEqual([{ type: 'Error', message: expect.stringContaining('password') }])
    await does(ours, { type: 'set-password' })
    await viewer.say({ type: 'Join', room_id: code })
    viewer.news()
    const memberId = at.host.room(code)?.members[1]?.id ?? ''
    await does(ours, { type: 'kick', memberId })
    expect(viewer.news()).toEqual([{ type: 'Error', message: 'You were sent out of this room.' }])
    await viewer.say({ type: 'Create' })
    expect(viewer.news()).toMatchObject([{ type: 'RoomCreated' }])
  })

  it('[FT26] what comes while a socket is on its way waits its turn, up to a bound', async () => {
    const at = await wire()
    const { code } = await aHost(at)
    const socket = await at.open('/sync')
    const joins = socket.say({ type: 'Join', room_id: code })
    const again = socket.say({ type: 'Join', room_id: code })
    const leaves = socket.say({ type: 'Leave' })
    await Promise.all([joins, again, leaves])
    expect(socket.news().map(({ type }) => type)).toEqual(['RoomJoined', 'RoomJoined'])
    expect(at.host.room(code)?.members).toHaveLength(1)
  })
})
