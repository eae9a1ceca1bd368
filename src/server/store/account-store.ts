/**
 * Where accounts of this server outlive the process: a login, the hash of a password, and whose it is. Few are made and none is changed.
 * The port only; what it promises is test/contracts/account-store-contract.ts. Logins come folded.
 */

export type Account = {
  readonly login: string
  readonly name: string
  readonly passwordHash: string
  readonly identity: string
  readonly madeAtMs: number
}

export type AccountStore = {
  find(login: string): Promise<Account | undefined>
  /** On the disk when it is answered. `taken`: somebody has this login. */
  add(account: Account): Promise<'ok' | 'taken'>
  /** Forgets the accounts of somebody; their logins are free again. */
  remove(identity: string): Promise<void>
  count(): number
  close(): Promise<void>
}
