/** Rooms as a server stored them before they had roles, a queue and a chat: written by that server, read by this one. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decide } from '../../src/core/room/decide'
import { controlOf } from '../../src/core/room/permissions'
import type { Room } from '../../src/core/room/room'
import { DEFAULT_SETTINGS } from '../../src/core/room/settings'
import { readToClient, write } from '../../src/dialects/tutti/frames'
import { createFresh } from '../../src/server/fresh'
import { openLmdbStore } from '../../src/server/store/lmdb-store'
import type { Store } from '../../src/server/store/store'
import { createSeededRandom } from '../doubles/seeded-random'

type Rows = readonly { readonly key: string | [string, number]; readonly value: unknown }[]
const DUMP = JSON.parse(readFileSync(new URL('./fixtures/older-rooms.json', import.meta.url), 'utf8')) as Record<
  string,
  Rows
>

describe('rooms of an older server', () => {
  let folder: string
  let store: Store
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tutti-older-'))
    const root = open({ path: folder, encoding: 'json', maxDbs: 5 })
    for (const [name, rows] of Object.entries(DUMP)) {
      const table = root.openDB({ name, encoding: 'json' })
      for (const { key, value } of rows) await table.put(key, value)
    }
    await root.close()
    store = openLmdbStore({ folder, newEpoch: () => 'new-epoch' })
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  })

  const byEvents = async (): Promise<Room | undefined> => store.load((await store.resolve('vvtrfu')) ?? '')
  const bySnapshot = async (): Promise<Room | undefined> => store.load((await store.resolve('4pukhh')) ?? '')

  it('[S87] one that is told by its events has what they told, and what it lacks is as in a new room', async () => {
    const room = await byEvents()
    expect(room?.public).toMatchObject({
      rev: 8,
      settings: DEFAULT_SETTINGS,
      members: [
        { role: 'host', shown: { name: 'Anna' } },
        { role: 'member', shown: { name: 'Ben' } },
      ],
      media: { content: { title: 'The second film' }, up: [], down: [] },
      queue: { items: [] },
      chat: [],
    })
    expect(room && controlOf(room.public)).toBe('host')
    expect(Object.values(room?.serverOnly.identityByMember ?? {})).toHaveLength(2)
  })

  it('[S87] one that is told by a snapshot, too', async () => {
    const room = await bySnapshot()
    expect(room?.public).toMatchObject({ rev: 82, settings: DEFAULT_SETTINGS, history: [], booth: { waiting: [] } })
    expect(room?.public.timeline.current.positionSec).toBe(79)
    expect(room && controlOf(room.public)).toBe('host')
    expect(room?.serverOnly).toMatchObject({ inviteEpoch: 0, bans: [] })
  })

  it('[S87] they go on: commands are decided, and what was missed and the whole room can be told', async () => {
    for (const room of [await byEvents(), await bySnapshot()]) {
      if (!room) throw new Error('no room')
      const { id, epoch, rev, members } = room.public
      const fresh = createFresh(createSeededRandom(3), room.public)
      const by = { kind: 'member', memberId: members[0]?.id ?? '' } as const
      const context = { nowMs: Date.parse('2026-12-01'), by, pathsMs: [], verified: {}, fresh }
      const decision = decide(room, { type: 'configure', settings: { shown: { title: 'Film night' } } }, context)
      if (!decision.ok) throw new Error(decision.refusal.code)
      expect(await store.append(id, epoch, rev, decision.events)).toBe('ok')
      const after = await store.load(id)
      expect(after?.public.settings.shown.title).toBe('Film night')
      if (!after) throw new Error('no room')
      const told = readToClient(write({ type: 'entered', ask: '1', memberId: by.memberId, room: after.public }))
      expect(told).toMatchObject({ ok: true, value: { room: after.public } })
      const missed = (await store.eventsSince(id, epoch, rev - 2)) ?? []
      expect(missed).toHaveLength(2 + decision.events.length)
      for (const { epoch, rev, event } of missed) {
        expect(readToClient(write({ type: 'event', epoch, rev, event }))).toMatchObject({ ok: true })
      }
    }
  })
})
