/** The frames of the published documents: our client reads each, and what our server tells has the same fields. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { plugdjClient } from '../../../src/dialects/plugdj/client'
import { readToClient, readToServer } from '../../../src/dialects/plugdj/frames'
import { aClientMachine } from '../a-client-machine'
import { aRoom, fill, type Told } from './a-community'

const FOLDER = join(import.meta.dirname, '../../wire/fixtures/plugdj')
const linesOf = (name: string): string[] => readFileSync(join(FOLDER, name), 'utf8').trim().split('\n')
const PUBLISHED = linesOf('told.jsonl')
const STATE = JSON.parse(readFileSync(join(FOLDER, 'state.json'), 'utf8')) as Record<string, unknown>

const fieldsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).sort() : []

/** A client in the room of the published state. */
function inRoom() {
  const machine = aClientMachine(plugdjClient)
  machine.give({ kind: 'join', server: 'https://plug.example', wish: { door: { kind: 'code', code: 'tastycat' } } })
  const answer = (ask: string, body: string): void =>
    void machine.give({ kind: 'fetched', ask, response: { status: 200, headers: {}, body } })
  const ok = (ask: string, data: unknown): void =>
    answer(ask, JSON.stringify({ data, meta: {}, status: 'ok', time: 0.01 }))
  answer('page', '<script>var _st="2015-07-09 21:59:31.809993"</script>')
  ok('token', ['a token'])
  machine.give({ kind: 'opened' })
  machine.hear([{ a: 'ack', p: 1, s: 'tastycat' }])
  ok('me', [{ id: 42, username: 'bot', role: 5 }])
  ok('join', [])
  ok('state', [STATE])
  return machine
}

describe('the published frames', () => {
  it('[PD33] of clients are read at our server', () => {
    for (const line of linesOf('said.jsonl')) expect(readToServer(line), line).toMatchObject({ ok: true })
  })

  it('[PD33] of the server are read by our client, and none puts it out of its room', () => {
    const machine = inRoom()
    expect(machine.copy()).toMatchObject({
      code: 'tastycat',
      media: { durationSec: 212, content: { title: 'T', author: 'A' } },
      booth: { playing: '3364259', waiting: ['5026821'] },
    })
    const endings = new Set(['ban', 'killSession', 'plugMaintenance'])
    for (const line of PUBLISHED) {
      expect(readToClient(line), line).toMatchObject({ ok: true })
      const events = (JSON.parse(line) as Told[]).filter(({ a }) => !endings.has(a))
      machine.hear(events.map(({ a, p, s }) => ({ a, p, s: s === 'dashboard' ? s : 'tastycat' })))
    }
    expect(machine.copy()).toMatchObject({
      settings: { cycle: false, djsLocked: true, shown: { title: 'Test room', description: 'Text', welcome: 'Hi' } },
      booth: { waiting: expect.any(Array) },
    })
    expect(machine.copy()?.chat.map(({ content, deleted }) => deleted ?? content.text)).toContain("I'm here")
  })

  it('[PD33] have the fields that our server tells', async () => {
    const { hanna, account, slug, advance, room, code } = await aRoom('Cat', 2)
    const [ben, cleo] = [await account('Ben'), await account('Cleo')]
    for (const plugger of [ben, cleo]) {
      await plugger.join(slug)
      await fill(plugger, 1, 'theirs')
    }
    const all: Told[] = []
    hanna.news()
    await hanna.call('POST', 'booth')
    await ben.call('POST', 'booth')
    await advance(1_000)
    const historyID = room(code).media?.id
    await ben.call('POST', 'votes', { direction: 1, historyID })
    const [{ id: playlistID }] = (await ben.call('GET', 'playlists')).data as [{ id: number }]
    await ben.call('POST', 'grabs', { playlistID, historyID })
    await ben.chat('hello')
    const cid = (hanna.of('chat').at(-1) as { cid: string }).cid
    await hanna.call('DELETE', `chat/${cid}`)
    await ben.call('POST', 'friends', { id: hanna.id() })
    await hanna.call('POST', 'booth/add', { id: cleo.id() })
    await hanna.call('POST', 'booth/move', { userID: cleo.id(), position: 0 })
    await hanna.call('DELETE', `booth/remove/${ben.id()}`)
    await hanna.call('PUT', 'booth/cycle', { shouldCycle: false })
    await hanna.call('PUT', 'booth/lock', { isLocked: true, removeAllDJs: false })
    await hanna.call('POST', 'rooms/update', { name: 'Dog', description: 'D', welcome: 'W' })
    await hanna.call('POST', 'mutes', { userID: ben.id(), reason: 1, duration: 's' })
    await hanna.call('POST', 'staff/update', { userID: cleo.id(), roleID: 3000 })
    await hanna.call('POST', 'booth/skip/me')
    await advance(1_000)
    await hanna.call('POST', 'booth/skip', { userID: cleo.id(), historyID: room(code).media?.id })
    await hanna.call('POST', 'bans/add', { userID: ben.id(), reason: 1, duration: 'h' })
    await cleo.hangUp()
    await hanna.call('DELETE', 'booth')
    await advance(1_000)
    all.push(...hanna.news(), ...ben.news())
    const published = new Map<string, string[]>()
    for (const line of PUBLISHED) {
      for (const { a, p } of JSON.parse(line) as Told[]) {
        const fields = fieldsOf(p)
        if (fields.length >= (published.get(a)?.length ?? 0)) published.set(a, fields)
      }
    }
    const told = new Map(all.filter(({ a, p }) => a !== 'advance' || fieldsOf(p).length > 0).map(({ a, p }) => [a, p]))
    expect([...told.keys()].filter((name) => !published.has(name))).toEqual([])
    for (const [name, p] of told) {
      // It has both spellings of the documents.
      const fields = name === 'djListCycle' ? fieldsOf(p).filter((field) => field !== 'c') : fieldsOf(p)
      expect(fields, name).toEqual(published.get(name))
    }
    expect([...told.keys()].length).toBeGreaterThan(20)
    const { data } = await hanna.call('GET', 'rooms/state')
    const [state] = data as [Record<string, unknown>]
    for (const part of Object.keys(STATE)) expect(fieldsOf(state[part]), part).toEqual(fieldsOf(STATE[part]))
  })
})
