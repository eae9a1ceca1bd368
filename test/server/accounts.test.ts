import { describe, expect, it } from 'vitest'
import { type Accounts, type AccountsDeps, createAccounts } from '../../src/server/accounts'
import { createMaySignIn, createMaySignUp, createPasswordTries, LIMITS } from '../../src/server/limits'
import { createPasswords } from '../../src/server/passwords'
import { createManualClock } from '../doubles/manual-clock'
import { openMemoryAccountStore } from '../doubles/memory-account-store'
import { createSeededRandom } from '../doubles/seeded-random'

const HERE = '192.0.2.1'

function someAccounts(wishes: Partial<AccountsDeps> = {}): Accounts {
  return createAccounts({
    store: openMemoryAccountStore(new Map()),
    // Real ones, as cheap as they can be.
    passwords: createPasswords({ N: 2, r: 8, p: 1 }),
    clock: createManualClock(),
    random: createSeededRandom(3),
    tries: createPasswordTries(LIMITS),
    maySignUp: createMaySignUp(LIMITS),
    maySignIn: createMaySignIn(LIMITS),
    maxAccounts: 100,
    isOpen: true,
    ...wishes,
  })
}

const ANNA = { login: 'anna@example.org', name: 'Anna', password: 'correct horse' }

describe('accounts', () => {
  it('[AC2] whoever knows login and password is the same person again, however the login is typed', async () => {
    const accounts = someAccounts()
    const made = await accounts.signUp(ANNA, HERE)
    expect(made).toMatchObject({ name: 'Anna', identity: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    for (const login of ['anna@example.org', ' ANNA@Example.org ', 'ａnna@example.org']) {
      expect(await accounts.signIn({ login, password: ANNA.password }, HERE)).toEqual(made)
    }
  })

  it('[AC2] a wrong password and a login that nobody has are refused in the same words', async () => {
    const accounts = someAccounts()
    await accounts.signUp(ANNA, HERE)
    const wrong = await accounts.signIn({ login: ANNA.login, password: 'wrong horse' }, HERE)
    expect(wrong).toMatchObject({ code: 'wrong-login' })
    expect(await accounts.signIn({ login: 'nobody', password: ANNA.password }, HERE)).toEqual(wrong)
    expect(await accounts.signIn({ login: '', password: ANNA.password }, HERE)).toEqual(wrong)
  })

  it('[AC3] a login is somebody’s once; two who take it at the same time get one answer each', async () => {
    const accounts = someAccounts()
    const both = await Promise.all([
      accounts.signUp(ANNA, HERE),
      accounts.signUp({ ...ANNA, login: 'Anna@example.org' }, HERE),
    ])
    expect(both.filter((each) => 'identity' in each)).toHaveLength(1)
    expect(both).toContainEqual(expect.objectContaining({ code: 'login-taken' }))
  })

  it.each([
    ['no login', { login: '  ' }, 'bad-login'],
    ['a login with a space', { login: 'anna b' }, 'bad-login'],
    ['a login far too long', { login: 'a'.repeat(255) }, 'bad-login'],
    ['no name', { name: '\u200b' }, 'bad-name'],
    ['a short password', { password: 'horse' }, 'weak-password'],
    ['a password without end', { password: 'h'.repeat(201) }, 'weak-password'],
  ])('[AC3] %s makes no account', async (_, wish, code) => {
    expect(await someAccounts().signUp({ ...ANNA, ...wish }, HERE)).toMatchObject({ code })
  })

  it('[AC4] one address makes so many accounts a day, and there are so many in all', async () => {
    const accounts = someAccounts({ maxAccounts: 21 })
    const make = (n: number, from: string) => accounts.signUp({ ...ANNA, login: `anna${n}` }, from)
    for (let n = 0; n < LIMITS.signUpsPerDay; n += 1) expect(await make(n, HERE)).toHaveProperty('identity')
    expect(await make(98, HERE)).toMatchObject({ code: 'too-fast' })
    expect(await make(99, '192.0.2.2')).toHaveProperty('identity')
    expect(await make(100, '192.0.2.2')).toMatchObject({ code: 'too-many-people' })
  })

  it('[AC5] guesses are counted for a login and for an address; the right password is no guess', async () => {
    const accounts = someAccounts()
    await accounts.signUp(ANNA, HERE)
    const guess = (password: string, login = ANNA.login) => accounts.signIn({ login, password }, HERE)
    for (let n = 0; n < LIMITS.triesPerMinute; n += 1) {
      expect(await guess(ANNA.password)).toHaveProperty('identity')
      expect(await guess('wrong horse')).toMatchObject({ code: 'wrong-login' })
    }
    expect(await guess(ANNA.password)).toMatchObject({ code: 'too-many-tries' })
    for (let n = 0; n < LIMITS.signInsPerMinute; n += 1) await guess('wrong horse', `somebody${n}`)
    expect(await guess('wrong horse', 'another')).toMatchObject({ code: 'too-many-tries' })
    expect(await accounts.signIn(ANNA, '192.0.2.2')).toHaveProperty('identity')
  })

  it('[AC6] whoever wants nothing kept has no account any more', async () => {
    const accounts = someAccounts()
    const made = await accounts.signUp(ANNA, HERE)
    await accounts.forget('identity' in made ? made.identity : '')
    expect(await accounts.signIn(ANNA, HERE)).toMatchObject({ code: 'wrong-login' })
    expect(await accounts.signUp(ANNA, HERE)).not.toMatchObject(made)
  })

  it('[AC7] where an operator’s own accounts are needed nobody makes one here', async () => {
    expect(await someAccounts({ isOpen: false }).signUp(ANNA, HERE)).toMatchObject({ code: 'account-needed' })
  })
})
