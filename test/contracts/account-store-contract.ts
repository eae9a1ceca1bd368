/** What every store of accounts promises. Knows only the port, and how a test opens one on the same disk again. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account, AccountStore } from '../../src/server/store/account-store'

export type AccountStoreUnderTest = { open(): AccountStore; cleanUp(): Promise<void> }

const account = (login: string, identity: string): Account => ({
  login,
  name: 'Ünï 🎬',
  passwordHash: `hash of ${login}`,
  identity,
  madeAtMs: 5,
})

export function describeAccountStore(name: string, prepare: () => Promise<AccountStoreUnderTest>): void {
  describe(`the contract of account stores: ${name}`, () => {
    let under: AccountStoreUnderTest
    let store: AccountStore
    beforeEach(async () => {
      under = await prepare()
      store = under.open()
    })
    afterEach(async () => {
      await store.close()
      await under.cleanUp()
    })

    it('[AC1] gives back what was added, also after the next opening', async () => {
      expect(await store.find('anna')).toBeUndefined()
      expect(await store.add(account('anna', 'a'))).toBe('ok')
      expect(await store.find('anna')).toEqual(account('anna', 'a'))
      expect(store.count()).toBe(1)
      await store.close()
      store = under.open()
      expect(await store.find('anna')).toEqual(account('anna', 'a'))
      expect(store.count()).toBe(1)
    })

    it('[AC1] a login is one account: of two that take it at the same time one has it', async () => {
      const both = await Promise.all([store.add(account('anna', 'a')), store.add(account('anna', 'b'))])
      expect(both.sort()).toEqual(['ok', 'taken'])
      expect(store.count()).toBe(1)
    })

    it('[AC6] forgets all that somebody has, and nothing of others; the login is free again', async () => {
      await store.add(account('anna', 'a'))
      await store.add(account('anna too', 'a'))
      await store.add(account('ben', 'b'))
      await store.remove('a')
      await store.remove('nobody')
      expect(store.count()).toBe(1)
      expect(await store.find('anna')).toBeUndefined()
      expect(await store.find('ben')).toEqual(account('ben', 'b'))
      expect(await store.add(account('anna', 'c'))).toBe('ok')
    })

    it('[AC1] says so when it can not write', async () => {
      await store.close()
      await expect(store.add(account('anna', 'a'))).rejects.toThrow('closed')
      store = under.open()
    })
  })
}
