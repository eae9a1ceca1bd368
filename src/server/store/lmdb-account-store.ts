/** The store of accounts on lmdb, in one folder, for one process. An account that somebody was told of is on the disk. */
import { open, type RootDatabase } from 'lmdb'
import type { Account, AccountStore } from './account-store'
import { committed } from './committed'

const FORMAT = 1

export function openLmdbAccountStore(folder: string): AccountStore {
  const root: RootDatabase<unknown, string> = open({
    path: folder,
    encoding: 'json',
    maxDbs: 3,
    eventTurnBatching: false,
  })
  const accounts = root.openDB<Account, string>({ name: 'accounts', encoding: 'json' })
  const logins = root.openDB<readonly string[], string>({ name: 'logins', encoding: 'json' })
  const marks = root.openDB<number, string>({ name: 'marks', encoding: 'json' })
  let count = 0

  root.transactionSync(() => {
    const format = marks.get('format') ?? FORMAT
    if (format !== FORMAT) throw new Error(`The accounts in ${folder} were written by another version.`)
    void marks.put('format', FORMAT)
    count = accounts.getCount()
  })

  let isClosed = false
  const write = async <Result>(action: () => Result): Promise<Result> => {
    if (isClosed) throw new Error('The store is closed.')
    const result = await committed(root.transaction(action))
    await root.flushed
    return result
  }

  return {
    find: async (login) => accounts.get(login),
    async add(account) {
      const outcome = await write(() => {
        if (accounts.get(account.login) !== undefined) return 'taken'
        void accounts.put(account.login, account)
        void logins.put(account.identity, [...(logins.get(account.identity) ?? []), account.login])
        return 'ok'
      })
      if (outcome === 'ok') count += 1
      return outcome
    },
    async remove(identity) {
      const gone = await write(() => {
        const theirs = logins.get(identity) ?? []
        for (const login of theirs) void accounts.remove(login)
        void logins.remove(identity)
        return theirs.length
      })
      count -= gone
    },
    count: () => count,
    async close() {
      isClosed = true
      await root.flushed
      await root.close()
    },
  }
}
