/**
 * Accounts of this server, for wires that have them: whoever knows a login and its password is always the same person, on any device.
 * Sees to what a login may be, to how many accounts an address may make and how often it may guess. Knows no wires and no sessions.
 */
import { cleanName } from '../core/room/names'
import { type Refusal, refuse } from '../core/room/refusal'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { MayKeep, PasswordTries } from './limits'
import type { Passwords } from './passwords'
import type { AccountStore } from './store/account-store'

export type SignedIn = { readonly identity: string; readonly name: string }

export type Accounts = {
  signUp(
    wish: { readonly login: string; readonly name: string; readonly password: string },
    neighbourhood: string,
  ): Promise<Refusal | SignedIn>
  signIn(
    shown: { readonly login: string; readonly password: string },
    neighbourhood: string,
  ): Promise<Refusal | SignedIn>
  /** Somebody wants nothing to be kept of them. */
  forget(identity: string): Promise<void>
}

export type AccountsDeps = {
  readonly store: AccountStore
  readonly passwords: Passwords
  readonly clock: Clock
  readonly random: Random
  readonly tries: PasswordTries
  readonly maySignUp: MayKeep
  readonly maySignIn: MayKeep
  readonly maxAccounts: number
  /** May people make accounts of their own? */
  readonly isOpen: boolean
}

const LONGEST_LOGIN = 254
const SHORTEST_PASSWORD = 8
const LONGEST_PASSWORD = 200

export function createAccounts(deps: AccountsDeps): Accounts {
  const { store, passwords, clock, random, tries } = deps
  /** For whoever names a login that nobody has: they wait as long as others, and learn nothing by it. */
  let decoy: Promise<string | undefined> | undefined

  const matches = async (password: string, hash: string | undefined): Promise<boolean | undefined> => {
    if (hash !== undefined) return passwords.matches(password, hash)
    decoy ??= passwords.hash(random.uuid())
    const decoyHash = await decoy
    if (decoyHash === undefined) {
      decoy = undefined
      return undefined
    }
    return (await passwords.matches(password, decoyHash)) === undefined ? undefined : false
  }

  return {
    async signUp({ login: text, name: wish, password }, neighbourhood) {
      if (!deps.isOpen) return refuse('account-needed')
      const [login, name] = [foldLogin(text), cleanName(wish)]
      if (login === undefined) return refuse('bad-login')
      if (name === undefined) return refuse('bad-name')
      if (password.length < SHORTEST_PASSWORD || password.length > LONGEST_PASSWORD) return refuse('weak-password')
      if (!(await deps.maySignUp(neighbourhood))) return refuse('too-fast')
      if (store.count() >= deps.maxAccounts) return refuse('too-many-people')
      if ((await store.find(login)) !== undefined) return refuse('login-taken')
      const passwordHash = await passwords.hash(password)
      if (passwordHash === undefined) return refuse('too-fast')
      const identity = random.uuid()
      const added = await store.add({ login, name, passwordHash, identity, madeAtMs: clock.nowMs() })
      return added === 'taken' ? refuse('login-taken') : { identity, name }
    },

    async signIn({ login: text, password }, neighbourhood) {
      const login = foldLogin(text)
      if (login === undefined || password.length > LONGEST_PASSWORD) return refuse('wrong-login')
      const mayTry = (await deps.maySignIn(neighbourhood)) && (await tries.mayTry(neighbourhood, login))
      if (!mayTry) return refuse('too-many-tries')
      const account = await store.find(login)
      const isRight = await matches(password, account?.passwordHash)
      if (isRight === undefined) return refuse('too-fast')
      if (!isRight || !account) return refuse('wrong-login')
      await tries.wasRight(neighbourhood, login)
      return { identity: account.identity, name: account.name }
    },

    forget: (identity) => store.remove(identity),
  }
}

/** However it is typed it is the same login; nothing if it can't be one. */
function foldLogin(text: string): string | undefined {
  const login = text.normalize('NFKC').trim().toLowerCase()
  return login.length >= 1 && login.length <= LONGEST_LOGIN && !/[\p{C}\p{Z}]/u.test(login) ? login : undefined
}
