/** The store of accounts in memory; the disk outlives it, as it does the real one. */
import type { Account, AccountStore } from '../../src/server/store/account-store'

export type MemoryAccountsDisk = Map<string, Account>

export function openMemoryAccountStore(disk: MemoryAccountsDisk): AccountStore {
  let isClosed = false
  const opened = (): MemoryAccountsDisk => {
    if (isClosed) throw new Error('The store is closed.')
    return disk
  }
  return {
    find: async (login) => disk.get(login),
    async add(account) {
      if (opened().has(account.login)) return 'taken'
      disk.set(account.login, account)
      return 'ok'
    },
    async remove(identity) {
      for (const [login, account] of opened()) if (account.identity === identity) disk.delete(login)
    },
    count: () => disk.size,
    async close() {
      isClosed = true
    },
  }
}
