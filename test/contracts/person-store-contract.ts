/** What every store of people promises, as a suite that each of them passes. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PersonEvent } from '../../src/core/person/event'
import { unbornPerson } from '../../src/core/person/unborn'
import type { PersonStore } from '../../src/server/store/person-store'

export type PersonStoreUnderTest = {
  /** The first opening, and every one after a `close`. */
  open(): PersonStore
  /** Opens what a crash would have left of the store that is open now. */
  openAfterCrash(): PersonStore
  cleanUp(): Promise<void>
}

const created = (id: string, number = 7): PersonEvent => ({
  type: 'person-created',
  person: { ...unbornPerson({ id, number, name: 'Ünï "quoted" 🎬' }).own, epoch: 'e1', rev: 1 },
})
const named = (name: string): PersonEvent => ({
  type: 'shown-changed',
  shown: { name, avatar: { drawing: 'owl', colour: 'teal' } },
})
const note = { epoch: 'e1', rev: 2, to: 'other' }
const owes = (): PersonEvent => ({
  type: 'noted',
  serverOnly: {
    owes: [
      {
        ...note,
        from: { id: 'a', number: 7, shown: { name: 'A', avatar: { drawing: 'owl', colour: 'teal' } } },
        atMs: 5,
        body: { type: 'asked', bond: 'b' },
      },
    ],
  },
})

export function describePersonStore(name: string, prepare: () => Promise<PersonStoreUnderTest>): void {
  describe(`the contract of the store of people: ${name}`, () => {
    let under: PersonStoreUnderTest
    let store: PersonStore

    beforeEach(async () => {
      under = await prepare()
      store = under.open()
    })
    afterEach(async () => {
      await store.close()
      await under.cleanUp()
    })

    it('[Y40] gives back what was appended, all or none, and says who is where the caller thinks', async () => {
      expect(await store.load('a')).toBeUndefined()
      expect(await store.append('a', 'e1', 0, [named('x')], 1)).toBe('conflict')
      expect(await store.append('a', 'e1', 0, [created('a'), named('Ada')], 1)).toBe('ok')
      expect(await store.append('a', 'e1', 0, [created('a')], 1)).toBe('conflict')
      expect(await store.append('a', 'e1', 1, [named('late')], 1)).toBe('conflict')
      expect(await store.append('a', 'e0', 2, [named('elsewhere')], 1)).toBe('conflict')
      expect((await store.load('a'))?.own).toMatchObject({ id: 'a', epoch: 'e1', rev: 2, shown: { name: 'Ada' } })
      expect(store.count()).toBe(1)
    })

    it('[Y41] gives a number to one person at a time', async () => {
      await store.append('a', 'e1', 0, [created('a', 7)], 1)
      expect(await store.append('b', 'e1', 0, [created('b', 7)], 1)).toBe('number-taken')
      expect(await store.load('b')).toBeUndefined()
      expect(await store.append('b', 'e1', 0, [created('b', 8)], 1)).toBe('ok')
      expect(await store.byNumber(7)).toBe('a')
      expect(await store.byNumber(9)).toBeUndefined()
      await store.remove('a')
      expect(await store.load('a')).toBeUndefined()
      expect(await store.byNumber(7)).toBeUndefined()
      expect(await store.append('c', 'e1', 0, [created('c', 7)], 1)).toBe('ok')
    })

    it('[Y12] knows who still has to tell something, also after a stop', async () => {
      await store.append('a', 'e1', 0, [created('a'), owes()], 1)
      await store.append('b', 'e1', 0, [created('b', 8)], 1)
      await store.close()
      store = under.open()
      expect(await store.owing()).toEqual(['a'])
      await store.append('a', 'e1', 2, [{ type: 'noted', serverOnly: { settled: note } }], 2)
      expect(await store.owing()).toEqual([])
    })

    it('[Y42] knows who was not here for long', async () => {
      await store.append('a', 'e1', 0, [created('a')], 10)
      await store.append('b', 'e1', 0, [created('b', 8)], 20)
      expect(await store.untouchedSince(15)).toEqual(['a'])
      await store.touch('a', 100_000_000)
      await store.touch('nobody', 100_000_000)
      expect(await store.untouchedSince(15)).toEqual([])
      expect(await store.load('nobody')).toBeUndefined()
    })

    it('[Y40] holds people through many events and a clean stop, in the same epoch', async () => {
      await store.append('a', 'e1', 0, [created('a')], 1)
      for (let rev = 1; rev < 200; rev++) await store.append('a', 'e1', rev, [named(`name ${rev}`)], 1)
      await store.close()
      store = under.open()
      expect((await store.load('a'))?.own).toMatchObject({ epoch: 'e1', rev: 200, shown: { name: 'name 199' } })
      expect(await store.append('a', 'e1', 200, [named('more')], 1)).toBe('ok')
    })

    it('[Y43] gives everybody another epoch after a crash, and goes on', async () => {
      await store.append('a', 'e1', 0, [created('a'), named('Ada')], 1)
      store = under.openAfterCrash()
      const { epoch, rev } = (await store.load('a'))?.own ?? { epoch: '', rev: 0 }
      expect({ epoch: epoch === 'e1', rev }).toEqual({ epoch: false, rev: 2 })
      expect(await store.append('a', 'e1', 2, [named('old')], 1)).toBe('conflict')
      expect(await store.append('a', epoch, 2, [named('new')], 1)).toBe('ok')
      expect((await store.load('a'))?.own).toMatchObject({ epoch, rev: 3, shown: { name: 'new' } })
    })

    it('[Y40] says so when it is closed', async () => {
      await store.close()
      await expect(store.append('a', 'e1', 0, [created('a')], 1)).rejects.toThrow('closed')
      await expect(store.load('a')).rejects.toThrow('closed')
      store = under.open()
    })
  })
}
