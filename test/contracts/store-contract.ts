/**
 * What every store promises, as a suite that each of them passes. Knows only the port, and how a test opens one:
 * on the same disk again after a clean stop, or after a crash.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { completePublic } from '../../src/core/room/complete'
import type { RoomEvent } from '../../src/core/room/event'
import { controlOf } from '../../src/core/room/permissions'
import { publicPart } from '../../src/core/room/room'
import { KEPT_EVENTS, type Store } from '../../src/server/store/store'

export type StoreUnderTest = {
  /** The first opening, and every one after a `close`. */
  open(): Store
  /** Opens what a crash would have left of the store that is open now. */
  openAfterCrash(): Store
  cleanUp(): Promise<void>
}

function created(id: string, epoch: string): RoomEvent {
  const room = completePublic({
    id,
    number: 7,
    code: 'k7m2qp',
    epoch,
    rev: 1,
    whenHostLeaves: 'pass',
    members: [],
    timeline: { current: { positionSec: 0, rate: 1, playing: false, atMs: 0 } },
    emptySinceMs: 0,
  })
  return { type: 'room-created', room }
}

function joined(memberId: string): RoomEvent {
  return {
    type: 'member-joined',
    member: {
      id: memberId,
      number: 1,
      role: 'host',
      presence: { kind: 'connected' },
      dialect: 'tutti',
      shown: { name: 'Ünï "quoted" 🎬' },
    },
    serverOnly: { identity: `identity of ${memberId}` },
  }
}

const control = (rev: number): RoomEvent => ({
  type: 'control-changed',
  control: rev % 2 === 0 ? 'host' : 'everyone',
})

export function describeStore(name: string, prepare: (newEpoch: () => string) => Promise<StoreUnderTest>): void {
  describe(`the store contract: ${name}`, () => {
    let under: StoreUnderTest
    let store: Store
    let epochs = 0

    beforeEach(async () => {
      epochs = 0
      under = await prepare(() => `new-epoch-${++epochs}`)
      store = under.open()
    })
    afterEach(async () => {
      await store.close()
      await under.cleanUp()
    })

    const fill = async (id: string, upToRev: number): Promise<void> => {
      await store.append(id, 'e1', 0, [created(id, 'e1'), joined('m1')])
      for (let rev = 3; rev <= upToRev; rev++) await store.append(id, 'e1', rev - 1, [control(rev)])
    }

    it('[S1] gives back what was appended, with what only the server knows', async () => {
      expect(await store.load('r1')).toBeUndefined()
      expect(await store.append('r1', 'e1', 0, [created('r1', 'e1'), joined('m1')])).toBe('ok')
      const room = await store.load('r1')
      expect(room?.public).toMatchObject({ rev: 2, epoch: 'e1', members: [{ id: 'm1' }] })
      expect(room?.public.members[0]?.shown.name).toBe('Ünï "quoted" 🎬')
      expect(room?.serverOnly.identityByMember).toEqual({ m1: 'identity of m1' })
      expect(await store.ids()).toEqual(['r1'])
    })

    it('[S2] refuses events behind another rev, in another epoch, or a second beginning, and keeps nothing of them', async () => {
      await fill('r1', 3)
      const before = await store.load('r1')
      expect(await store.append('r1', 'e1', 2, [control(1), control(2)])).toBe('conflict')
      expect(await store.append('r1', 'e1', 4, [control(1)])).toBe('conflict')
      expect(await store.append('r1', 'e2', 3, [control(1)])).toBe('conflict')
      expect(await store.append('r1', 'e1', 0, [created('r1', 'e1')])).toBe('conflict')
      expect(await store.append('r2', 'e1', 0, [joined('m1')])).toBe('conflict')
      expect(await store.load('r1')).toEqual(before)
      expect(await store.load('r2')).toBeUndefined()
    })

    it('[S2] of two that append behind the same rev one is told of the conflict', async () => {
      await fill('r1', 2)
      const both = await Promise.all([
        store.append('r1', 'e1', 2, [control(3)]),
        store.append('r1', 'e1', 2, [control(4)]),
      ])
      expect(both.sort()).toEqual(['conflict', 'ok'])
      expect((await store.load('r1'))?.public.rev).toBe(3)
    })

    it('[S3] tells what happened since, and says when it can not', async () => {
      await fill('r1', 5)
      expect(await store.eventsSince('r1', 'e1', 3)).toEqual([
        { epoch: 'e1', rev: 4, event: control(4) },
        { epoch: 'e1', rev: 5, event: control(5) },
      ])
      expect(await store.eventsSince('r1', 'e1', 5)).toEqual([])
      expect(await store.eventsSince('r1', 'e1', 6)).toBeUndefined()
      expect(await store.eventsSince('r1', 'other', 3)).toBeUndefined()
      expect(await store.eventsSince('r9', 'e1', 3)).toBeUndefined()
    })

    it('[S3] forgets old events, but not the room and not the last ones', async () => {
      const last = 3 * KEPT_EVENTS
      await fill('r1', last)
      const room = (await store.load('r1'))?.public
      expect(room).toMatchObject({ rev: last, members: [{ id: 'm1' }] })
      expect(room && controlOf(room)).toBe('host')
      expect(await store.eventsSince('r1', 'e1', last - KEPT_EVENTS)).toHaveLength(KEPT_EVENTS)
      expect(await store.eventsSince('r1', 'e1', 1)).toBeUndefined()
    })

    it('[S4] after a clean stop everything is as it was', async () => {
      await fill('r1', 70)
      await store.claim('K7m2qp', 'r1')
      const before = await store.load('r1')
      await store.close()
      store = under.open()
      expect(await store.load('r1')).toEqual(before)
      expect(await store.resolve('k7M2qp')).toBe('r1')
      expect(await store.eventsSince('r1', 'e1', 60)).toHaveLength(10)
    })

    it('[S5] after a crash every room is there in a new epoch, and stays in it', async () => {
      await fill('r1', 70)
      await fill('r2', 2)
      await store.claim('k7m2qp', 'r1')
      const before = await store.load('r1')
      store = under.openAfterCrash()
      const after = await store.load('r1')
      expect(after && publicPart(after)).toEqual({ ...before?.public, epoch: after?.public.epoch })
      expect(after?.public.epoch).toMatch(/^new-epoch-/)
      expect(after?.serverOnly).toEqual(before?.serverOnly)
      expect((await store.load('r2'))?.public.epoch).not.toBe(after?.public.epoch)
      expect(await store.resolve('k7m2qp')).toBe('r1')
      expect(await store.eventsSince('r1', 'e1', 69)).toBeUndefined()
      expect(await store.append('r1', 'e1', 70, [control(71)])).toBe('conflict')
      expect(await store.append('r1', after?.public.epoch ?? '', 70, [control(71)])).toBe('ok')
      await store.close()
      store = under.open()
      expect((await store.load('r1'))?.public).toMatchObject({ epoch: after?.public.epoch, rev: 71 })
    })

    it('[S6] a name has one holder, whatever its case', async () => {
      expect(await store.claim('Movies', 'r1')).toBe('ok')
      expect(await store.claim('mOVIES', 'r2')).toBe('taken')
      expect(await store.resolve('movies')).toBe('r1')
      expect(await store.names()).toEqual([{ alias: 'movies', id: 'r1' }])
      await store.release('MOVIES')
      expect(await store.resolve('Movies')).toBeUndefined()
      expect(await store.claim('Movies', 'r2')).toBe('ok')
    })

    it('[S6] of two that claim a name at the same time one has it; a room tells its own names only, as they are now', async () => {
      const both = await Promise.all([store.claim('movies', 'r1'), store.claim('MOVIES', 'r2')])
      expect(both.sort()).toEqual(['ok', 'taken'])
      const holder = (await store.resolve('movies')) ?? ''
      await store.claim('films', holder)
      await store.claim('other', 'r3')
      expect([...(await store.list(holder))].sort()).toEqual(['films', 'movies'])
      await store.release('movies')
      await store.claim('movies', 'r3')
      expect(await store.list(holder)).toEqual(['films'])
      await store.close()
      store = under.open()
      expect([...(await store.list('r3'))].sort()).toEqual(['movies', 'other'])
      expect(await store.list('nobody')).toEqual([])
    })

    it('[S7] a removed room leaves nothing behind', async () => {
      await fill('r1', 70)
      await fill('r2', 2)
      await store.claim('aaaaaa', 'r1')
      await store.claim('movies', 'r1')
      await store.claim('bbbbbb', 'r2')
      await store.remove('r1')
      expect(await store.load('r1')).toBeUndefined()
      expect(await store.eventsSince('r1', 'e1', 69)).toBeUndefined()
      expect(await store.ids()).toEqual(['r2'])
      expect(await store.names()).toEqual([{ alias: 'bbbbbb', id: 'r2' }])
      expect(await store.append('r1', 'e3', 0, [created('r1', 'e3')])).toBe('ok')
    })

    it('[S7] a name that a room gave up stays with whoever has it now, also after the next opening', async () => {
      await fill('r1', 2)
      await fill('r2', 2)
      await fill('r3', 2)
      await store.claim('movies', 'r1')
      await store.release('movies')
      await store.claim('Movies', 'r2')
      await store.remove('r1')
      expect(await store.names()).toEqual([{ alias: 'movies', id: 'r2' }])
      await store.claim('others', 'r3')
      await store.close()
      store = under.open()
      await store.remove('r2')
      expect(await store.names()).toEqual([{ alias: 'others', id: 'r3' }])
    })

    it('[S8] says whether it can write', async () => {
      await expect(store.probe()).resolves.toBeUndefined()
      const closed = store
      await closed.close()
      await expect(closed.probe()).rejects.toThrow('closed')
      store = under.open()
    })
  })
}
