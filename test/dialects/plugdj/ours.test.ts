/** Our client of this wire at our server of it, with accounts; and the server's machine by itself where no client can lead it. */
import { describe, expect, it } from 'vitest'
import { refuse } from '../../../src/core/room/refusal'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { plugdjClient } from '../../../src/dialects/plugdj/client'
import { plugdjServer } from '../../../src/dialects/plugdj/server'
import type { ServerInput, ServerOutput } from '../../../src/dialects/server-dialect'
import { type APair, aPair } from '../../contracts/a-pair'
import { aRoom, fill } from './a-community'

async function aVisit() {
  const community = await aRoom('Tasty Cat', 2)
  const { host, clock, account, slug, code, room } = community
  const anna = await account('Anna')
  await fill(anna, 2, 'annas')
  const ours = aPair({ server: plugdjServer, client: plugdjClient, patienceMs: 2_000 }, host, clock)
  await ours.enter({
    door: { kind: 'code', code: slug },
    account: { login: 'anna@example.org', password: 'long enough' },
  })
  const at = (pair: APair): number =>
    positionAt(lineAt(pair.copy()?.timeline ?? room(code).timeline, clock.nowMs()), clock.nowMs())
  return { ...community, ours, at, truth: () => positionAt(lineAt(room(code).timeline, clock.nowMs()), clock.nowMs()) }
}

describe('ours and ours', () => {
  it('[PD31] takes turns, hears what is played where it is, votes and skips', async () => {
    const { ours, hanna, at, truth, room, code, advance } = await aVisit()
    expect(ours.copy()?.members.map(({ shown, role }) => [shown.name, role])).toEqual([
      ['Hanna', 'host'],
      ['Anna', 'member'],
    ])
    expect(await ours.ask({ type: 'join-booth' })).toBe('done')
    await advance(3_000)
    await ours.hear()
    expect(ours.copy()?.media?.content.address).toBe(room(code).media?.content.address)
    expect(at(ours)).toBeCloseTo(truth(), 1)
    expect(ours.copy()?.booth.playing).toBe(ours.memberId())
    await hanna.call('POST', 'booth')
    await ours.hear()
    expect(await ours.ask({ type: 'vote', itemId: ours.copy()?.media?.id ?? '', vote: 1 })).toBe('done')
    expect(room(code).media?.up).toHaveLength(1)
    expect(await ours.ask({ type: 'skip' })).toBe('done')
    await advance(3_000)
    await ours.hear()
    expect(ours.copy()?.media?.content.address).toContain('video_00000')
    expect(ours.copy()?.history).toHaveLength(1)
    expect(at(ours)).toBeCloseTo(truth(), 1)
  })

  it('[PD17, PD43] a seek of another wire is followed', async () => {
    const { ours, at, truth, room, code, host, advance } = await aVisit()
    await ours.ask({ type: 'join-booth' })
    await advance(3_000)
    const { id, members } = room(code)
    await host.server.rooms.command(id, members[0]?.id ?? '', { type: 'seek', positionSec: 120 })
    await advance(3_000)
    await ours.hear()
    expect(at(ours)).toBeGreaterThan(120)
    expect(at(ours)).toBeCloseTo(truth(), 1)
  })

  it('[PD23, PD48] a ban is told as one', async () => {
    const { ours, hanna, room, code } = await aVisit()
    const [, anna] = room(code).members
    await hanna.call('POST', 'bans/add', { userID: anna?.number, reason: 1, duration: 'h' })
    await ours.hear()
    expect(ours.outputs).toContainEqual(expect.objectContaining({ kind: 'unseated', refusal: refuse('banned') }))
  })
})

describe('the machine', () => {
  const run = (inputs: readonly ServerInput[]): ServerOutput[] => {
    let session = plugdjServer.fresh
    const outputs: ServerOutput[] = []
    for (const input of inputs) {
      const stepped = plugdjServer.step(session, input, 1_000)
      session = stepped.session
      outputs.push(...stepped.outputs)
    }
    return outputs
  }
  const opened = { path: '/socket', query: {}, headers: {}, address: 'here' }
  const live: readonly ServerInput[] = [
    { kind: 'attached', opened, key: 'token' },
    { kind: 'identified', ask: '1', identity: 'somebody', token: 'token', isNew: false },
    { kind: 'refused', ask: '2', refusal: refuse('not-allowed') },
  ]
  const request = (ask: string, path: string): ServerInput => ({
    kind: 'request',
    ask,
    request: { method: 'GET', path, query: {}, headers: { cookie: 'session=token' }, body: '' },
  })

  it('[PD15] tells on the socket that there were too many requests', () => {
    const outputs = run([
      ...live,
      request('r1', '/_/rooms'),
      { kind: 'refused', ask: '3', refusal: refuse('too-fast') },
    ])
    expect(outputs).toContainEqual({ kind: 'send', frame: '[{"a":"floodAPI","p":{},"s":"dashboard"}]' })
    expect(outputs).toContainEqual(expect.objectContaining({ kind: 'respond', ask: 'r1' }))
  })

  it('[PD6] answers each request exactly once, also those that waited to know who asks', () => {
    const asks = ['r1', 'r2', 'r3']
    const waiting = asks.map((ask) => request(ask, '/_/users/me'))
    const outputs = run([
      ...waiting,
      { kind: 'identified', ask: '1', identity: 'somebody', token: 'token', isNew: false },
      { kind: 'refused', ask: '2', refusal: refuse('server-error') },
    ])
    const answered = outputs.flatMap((output) => (output.kind === 'respond' ? [output.ask] : []))
    expect(answered).toEqual(asks)
    expect(outputs.filter(({ kind }) => kind === 'identify')).toHaveLength(1)
  })

  it('[PD6] who asks too much before it is known who they are is told so', () => {
    const many = Array.from({ length: 25 }, (_, index) => request(`r${index}`, '/_/users/me'))
    const flooded = run(many).flatMap((output) => (output.kind === 'respond' ? [output.response.status] : []))
    expect(flooded).toEqual([429, 429, 429, 429, 429])
  })

  it('[PD4] whoever signs in gets the cookie of the account', () => {
    const outputs = run([
      ...live,
      { ...request('r1', '/_/auth/login'), request: loginRequest } as ServerInput,
      { kind: 'identified', ask: '3', identity: 'anna', token: 'other', isNew: false, account: { name: 'Anna' } },
    ])
    expect(outputs).toContainEqual(
      expect.objectContaining({
        response: expect.objectContaining({
          headers: expect.objectContaining({ 'set-cookie': expect.stringContaining('session=other;') }),
        }),
      }),
    )
  })
})

const loginRequest = {
  method: 'POST',
  path: '/_/auth/login',
  query: {},
  headers: { cookie: 'session=token' },
  body: JSON.stringify({ csrf: 'token', email: 'anna', password: 'x' }),
}
