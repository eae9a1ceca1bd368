/** Our client at a server that was written from the protocol alone, and behaves as the living one did. */
import { describe, expect, it } from 'vitest'
import { createRoomClient, type RoomClientState } from '../../../src/client/room-client'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { plugdjClient } from '../../../src/dialects/plugdj/client'
import type { Fetch } from '../../../src/platform/fetch'
import { createSeededRandom } from '../../doubles/seeded-random'
import { createPlugdjClient } from '../../foreign/plugdj/client'
import { createPlugdj, type PlugdjQuirks } from '../../foreign/plugdj/server'
import { createScene } from '../../foreign/scene'

const SONG = { cid: 'dQw4w9WgXcQ', title: 'Song & dance', author: 'Band', duration: 120, format: 1 }
const ADA = { login: 'ada@example.org', password: 'secret' }

function stage(quirks: PlugdjQuirks = {}) {
  const scene = createScene()
  const server = createPlugdj({ time: scene.clock, quirks })
  for (const name of ['Ada', 'Bob']) server.makePerson(name)
  for (const slug of ['tastycat', 'other']) server.makeCommunity(slug)
  const asked: string[] = []

  const visit = ({
    account = ADA,
    code = 'tastycat',
    token,
  }: {
    account?: typeof ADA | null
    code?: string
    token?: string
  } = {}) => {
    const jar = new Map<string, string>()
    const states: RoomClientState[] = []
    const tokens: string[] = []
    const bounds: number[] = []
    const fetch: Fetch = async ({ method, url, headers, body }) => {
      asked.push(`${method} ${new URL(url).pathname}`)
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const response = await server.ask({ method, url, headers: { ...headers, cookie }, ...(body !== '' && { body }) })
      const [, name, value] = /^([^=;]+)=([^;]*)/.exec(response.headers['set-cookie'] ?? '') ?? []
      if (name !== undefined && value !== undefined) jar.set(name, value)
      return response
    }
    const client = createRoomClient({
      openSocket: (url, handlers, headers) => server.dial(url, handlers, headers as Record<string, string>),
      fetch,
      clock: scene.clock,
      timers: scene.clock,
      random: createSeededRandom(1),
      dialectOf: () => plugdjClient,
      onChange: (state) => void states.push(state),
      onReports: () => {},
      onSignal: () => {},
      onClock: () => {},
      onToken: (_, __, kept) => void tokens.push(kept),
      onSeat: () => {},
      onFrame: () => {},
    })
    client.enter({
      dialect: 'plugdj',
      server: 'http://server',
      door: { kind: 'code', code },
      ...(account && { account }),
      ...(token !== undefined && { token }),
    })
    const room = () => {
      const state = client.state()
      if (state.kind !== 'in-room') throw new Error(`not in the room: ${JSON.stringify(state)}`)
      return state.room
    }
    return {
      client,
      states,
      tokens,
      bounds,
      jar,
      room,
      self: () => {
        const state = client.state()
        return state.kind === 'in-room' ? state.memberId : undefined
      },
      where: () => positionAt(lineAt(room().timeline, scene.clock.nowMs()), scene.clock.nowMs()),
      names: () => room().members.map(({ shown, role }) => [shown.name, role]),
      lines: () => room().chat.map(({ content, kind }) => [kind, content.text]),
      async asks(command: Parameters<typeof client.command>[0], withinMs = 1_000) {
        const answer = client.command(command)
        await scene.run(withinMs)
        return (await answer)?.code ?? 'done'
      },
    }
  }
  const bob = async (room = 'tastycat') => {
    const client = createPlugdjClient({
      server: 'http://server',
      time: scene.clock,
      dial: server.dial,
      ask: server.ask,
      login: { email: 'bob@example.org', password: 'secret' },
    })
    await client.join(room)
    await scene.until(client.isIn)
    return client
  }
  const enter = async (wish: Parameters<typeof visit>[0] = {}) => {
    const one = visit(wish)
    await scene.run(1_000)
    return one
  }
  return { ...scene, server, quirks, visit, enter, bob, asked }
}

describe('the way in', () => {
  it('[PD41] an account: cookie, login, token, socket, and only then the room', async () => {
    const { enter, asked, server } = stage()
    const ada = await enter()
    expect(ada.names()).toEqual([['Ada', 'member']])
    expect(asked).toEqual([
      'GET /_/mobile/init',
      'POST /_/auth/login',
      'GET /_/auth/token',
      'GET /_/users/me',
      'POST /_/rooms/join',
      'GET /_/rooms/state',
    ])
    expect(server.frames().map((frame) => (JSON.parse(String(frame)) as { a: string }).a)).toEqual(['auth'])
    expect(ada.tokens).toEqual(['account'])
    expect(server.harms).toEqual([])
  })

  it('[PD41] a guest asks the page of guests first, and is in', async () => {
    const { enter, asked, server } = stage()
    const guest = await enter({ account: null })
    expect(asked.slice(0, 2)).toEqual(['GET /plug-socket-test', 'GET /_/auth/token'])
    expect(guest.room().members).toHaveLength(1)
    expect(guest.tokens).toEqual(['guest'])
    expect(server.harms).toEqual([])
  })

  it('[PD41] a wrong password, and a room that is not there, are told as that', async () => {
    const { enter, server } = stage()
    const wrong = await enter({ account: { ...ADA, password: 'nonsense' } })
    expect(wrong.client.state()).toMatchObject({ kind: 'outside', why: { code: 'wrong-login' } })
    const lost = await enter({ code: 'nowhere' })
    expect(lost.client.state()).toMatchObject({ kind: 'outside', why: { code: 'no-such-room' } })
    expect(server.harms).toEqual([])
  })

  it('[PD41] where nobody answers it is refused after a while, without another try at the password', async () => {
    const { visit, run, quirks, asked } = stage()
    quirks.mute = true
    const ada = visit()
    await run(12_000)
    expect(ada.client.state().kind).not.toBe('in-room')
    expect(asked.filter((each) => each.endsWith('login')).length).toBeLessThanOrEqual(1)
  })

  it('[PD42] a server that says its ack as a number is understood, and so is one that looks at the origin', async () => {
    const { enter } = stage({ numericAck: true, onlyOrigin: 'https://plug.dj' })
    expect((await enter()).names()).toEqual([['Ada', 'member']])
  })
})

describe('in the room', () => {
  it('[PD43] is where the item is by the server’s clock, and takes what is over for over', async () => {
    const { enter, server, run } = stage()
    server.play('tastycat', SONG, 30)
    const ada = await enter()
    expect(ada.room().media).toMatchObject({
      durationSec: 120,
      content: { address: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ', title: 'Song & dance', author: 'Band' },
    })
    expect(ada.where()).toBeCloseTo(31, 1)
    await run(20_000)
    expect(ada.where()).toBeCloseTo(51, 1)
    server.play('other', SONG, 500)
    const there = await enter({ code: 'other' })
    expect(lineAt(there.room().timeline, 0).playing).toBe(false)
  })

  it.each(['usual', 'bare', 'utc'] as const)('[PD49] reads times as they are written: %s', async (timestamps) => {
    const { enter, server } = stage({ timestamps })
    server.play('tastycat', SONG, 30)
    const ada = await enter()
    expect(Math.abs(ada.where() - 31)).toBeLessThanOrEqual(timestamps === 'bare' ? 1 : 0.1)
  })

  it.each(['empty', 'null', 'nulls'] as const)(
    '[PD44] the end of playback is heard, told as %s',
    async (endOfPlayback) => {
      const { enter, server, run } = stage({ endOfPlayback })
      server.play('tastycat', SONG, 30)
      const ada = await enter()
      server.endPlayback('tastycat')
      await run(100)
      expect(ada.room().media).toBeUndefined()
      expect(lineAt(ada.room().timeline, 0).playing).toBe(false)
      expect(ada.room().history).toMatchObject([{ content: { title: 'Song & dance' } }])
    },
  )

  it('[PD42, PD49] hears people, turns and votes, however oddly they are told', async () => {
    const { enter, bob: comes, run, server } = stage({ oddTypes: true, batched: true })
    const ada = await enter()
    const bob = await comes()
    await run(100)
    expect(ada.names()).toEqual([
      ['Ada', 'member'],
      ['Bob', 'member'],
    ])
    await bob.makePlaylist('mine', [SONG, { ...SONG, cid: '9bZkp7q19f0' }])
    await bob.joinWaitList()
    await run(2_000)
    expect(ada.room().media?.content.address).toContain('dQw4w9WgXcQ')
    // That library cuts its times at the second.
    expect(Math.abs(ada.where() - (bob.position() ?? -1))).toBeLessThan(1)
    const votes = ada.room().media?.id ?? ''
    expect(await ada.asks({ type: 'vote', itemId: votes, vote: 1 })).toBe('done')
    expect(ada.room().media?.up).toEqual([ada.self()])
    bob.chat('hello <you> & "me"')
    await run(100)
    expect(ada.lines()).toEqual([['text', 'hello <you> & "me"']])
    bob.leave()
    await run(100)
    expect(ada.names()).toEqual([['Ada', 'member']])
    expect(server.harms).toEqual([])
  })

  it('[PD42] what is of another room is not heard', async () => {
    const { enter, server, run } = stage()
    const ada = await enter()
    server.say('other', 'advance', {
      c: 1,
      d: [],
      h: 'x',
      m: { ...SONG, image: '', id: 1 },
      p: 1,
      t: '2023-11-14 22:13:20.000000',
    })
    server.say('tastycat', 'nobodyKnowsThis', { x: 1 })
    await run(100)
    expect(ada.room().media).toBeUndefined()
  })

  it('[PD45] nothing of pause and seek is sent; who may not is refused here', async () => {
    const { enter, server } = stage()
    server.play('tastycat', SONG, 30)
    const ada = await enter()
    const before = server.received.length
    for (const command of [
      { type: 'pause', positionSec: 5 },
      { type: 'seek', positionSec: 5 },
      { type: 'play', positionSec: 5 },
      { type: 'set-rate', rate: 2 },
      { type: 'skip' },
      { type: 'set-role', memberId: '1', role: 'moderator' },
    ] as const) {
      expect(await ada.asks(command), command.type).toBe('not-allowed')
    }
    expect(server.received.length).toBe(before)
  })

  it('[PD45] takes turns with the playlist that is there, and skips its own', async () => {
    const { enter, bob: comes, server, run } = stage()
    const ada = await enter()
    expect(await ada.asks({ type: 'join-booth' })).toBe('no-such-playlist')
    const bob = await comes()
    await bob.makePlaylist('mine', [SONG])
    await bob.joinWaitList()
    await run(500)
    expect(ada.room().booth.playing).toBe(ada.room().members.find(({ shown }) => shown.name === 'Bob')?.id)
    expect(await ada.asks({ type: 'skip' })).toBe('not-allowed')
    expect(await ada.asks({ type: 'leave-booth' })).toBe('done')
    expect(server.harms).toEqual([])
  })

  it('[PD45] brings what is to be played into its playlist, and takes turns with it', async () => {
    const { enter, server, run, asked } = stage()
    const ada = await enter()
    const wish = (id: string) => ({
      durationSec: 100,
      content: { address: `https://www.youtube.com/watch?v=${id}`, title: `Film ${id}`, author: 'Somebody' },
    })
    const before = asked.length
    expect(await ada.asks({ type: 'join-booth', items: [wish('dQw4w9WgXcQ')] })).toBe('done')
    expect(asked.slice(before).map((each) => each.replace(/\d+/, 'N'))).toEqual([
      'GET /_/playlists',
      'POST /_/playlists',
      'PUT /_/playlists/N/activate',
      'POST /_/booth',
    ])
    await run(500)
    expect(ada.room().media).toMatchObject({ durationSec: 100, content: { title: 'Film dQw4w9WgXcQ' } })
    expect(ada.room().booth.playing).toBe(ada.self())
    expect(await ada.asks({ type: 'queue-add', items: [wish('9bZkp7q19f0')] })).toBe('done')
    expect(asked.at(-1)).toMatch(/^POST .*insert$/)
    const elsewhere = { content: { address: 'https://films.example/1.mp4', title: 'A film' } }
    expect(await ada.asks({ type: 'queue-add', items: [elsewhere] })).toBe('not-allowed')
    expect(await ada.asks({ type: 'skip' })).toBe('done')
    expect(server.harms).toEqual([])
  })

  it('[PD46] long lines go in parts, a second apart, and are done when the last is back', async () => {
    const { enter, server, run } = stage()
    const ada = await enter()
    const long = `${'word & '.repeat(60)}end\nand more`
    const answer = ada.client.command({ type: 'say', text: long })
    await run(500)
    const said = () => server.frames().filter((frame) => String(frame).includes('"chat"')).length
    expect(said()).toBe(1)
    await run(5_000)
    expect(await answer).toBeUndefined()
    expect(said()).toBeGreaterThan(2)
    expect(
      ada
        .lines()
        .map(([, text]) => text)
        .join(' ')
        .replaceAll(/\s+/g, ''),
    ).toBe(long.replaceAll(/\s+/g, ''))
    expect(await ada.asks({ type: 'say', text: 'waves', emote: true })).toBe('done')
    expect(ada.lines().at(-1)).toEqual(['emote', 'waves'])
    expect(server.harms).toEqual([])
  })

  it('[PD46, PD48] a line that never comes back is refused, and a flood keeps quiet', async () => {
    const { enter, quirks, server } = stage()
    const ada = await enter()
    quirks.floodChat = true
    expect(await ada.asks({ type: 'say', text: 'hello?' }, 8_000)).toBe('no-answer')
    const before = server.frames().length
    expect(await ada.asks({ type: 'say', text: 'hello!' })).toBe('too-fast')
    expect(server.frames()).toHaveLength(before)
    quirks.floodChat = false
    expect(await ada.asks({ type: 'say', text: 'hello again' }, 31_000)).toBe('too-fast')
    expect(await ada.asks({ type: 'say', text: 'hello again' })).toBe('done')
  })

  it('[PD47] ten requests a minute, and no more', async () => {
    const { enter, server, asked, run } = stage({ callsPerMinute: 16 })
    const ada = await enter()
    const before = asked.length
    const answers: string[] = []
    for (let n = 0; n < 14; n += 1) answers.push(await ada.asks({ type: 'leave-booth' }, 100))
    expect(answers).toEqual([...Array(10).fill('done'), ...Array(4).fill('too-fast')])
    expect(asked.length - before).toBe(10)
    await run(60_000)
    expect(await ada.asks({ type: 'leave-booth' })).toBe('done')
    expect(server.harms).toEqual([])
  })

  it('[PD48] a ban and a killed session end the visit; nobody comes back by themselves', async () => {
    for (const end of ['ban', 'killSession'] as const) {
      const { enter, server, run, asked } = stage()
      const ada = await enter()
      server[end]('Ada')
      await run(1_000)
      const before = asked.length
      await run(120_000)
      expect(ada.client.state()).toMatchObject({
        kind: 'outside',
        why: { code: end === 'ban' ? 'banned' : 'not-in-room' },
      })
      expect(asked).toHaveLength(before)
    }
  })

  it('[PD48] maintenance: it is left alone for a minute, and then tried again', async () => {
    const { enter, server, run, asked } = stage()
    const ada = await enter()
    server.maintenance()
    server.closeAll(1000)
    const before = asked.length
    await run(40_000)
    expect(asked).toHaveLength(before)
    await run(60_000)
    expect(ada.client.state().kind).toBe('in-room')
  })

  it('[PD42] a line that falls silent is a line that is lost', async () => {
    const { enter, quirks, server, run } = stage()
    const ada = await enter()
    expect(server.guests.size).toBe(1)
    await run(40_000)
    expect(ada.states.filter(({ kind }) => kind === 'in-room').length).toBeGreaterThan(0)
    const sockets = () => server.received.filter(({ kind }) => kind === 'open').length
    expect(sockets()).toBe(1)
    quirks.noHeartbeat = true
    await run(45_000)
    expect(sockets()).toBeGreaterThan(1)
  })
})
