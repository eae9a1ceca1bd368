import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Elsewhere, openElsewhere } from '../../src/server/elsewhere'
import { createIdentities } from '../../src/server/identity'
import { type AuthSettings, WrongSetting } from '../../src/server/settings'
import { createManualClock } from '../doubles/manual-clock'
import { createSeededRandom } from '../doubles/seeded-random'

const HOUR_MS = 3600 * 1000
const clock = createManualClock(1_800_000_000_000)
const nowSec = clock.nowMs() / 1000
const SECRET = 'a secret that is shared with the accounts'
const bySecret: AuthSettings = { key: { kind: 'secret', secret: SECRET }, guests: false }
const bytes = (secret: string): Uint8Array => new TextEncoder().encode(secret)

const signed = (payload: Record<string, unknown>, secret = SECRET): Promise<string> =>
  new SignJWT({ exp: nowSec + 600, ...payload }).setProtectedHeader({ alg: 'HS256' }).sign(bytes(secret))
const peopleWith = (elsewhere: Elsewhere, seed = 1) =>
  createIdentities({ secret: new Uint8Array(32).fill(7), clock, random: createSeededRandom(seed), elsewhere })

describe('tokens signed elsewhere', () => {
  it('[A8] say who somebody is, with a name and roles as different systems spell them', async () => {
    const elsewhere = await openElsewhere(bySecret, clock)
    const ada = await elsewhere.verify(await signed({ sub: 'ada', name: 'Ada', roles: ['Moderator', ' admin '] }))
    expect(ada?.vouched).toEqual({ name: 'Ada', roles: ['moderator', 'admin'] })
    expect(ada?.identity).not.toContain('ada')
    const again = await elsewhere.verify(await signed({ sub: 'ada', username: 'Ada L', role: 'user, Moderator' }))
    expect(again).toEqual({ identity: ada?.identity, vouched: { name: 'Ada L', roles: ['user', 'moderator'] } })
    expect((await elsewhere.verify(await signed({ sub: 'ben' })))?.vouched).toEqual({ roles: [] })
  })

  it('[A8] many roles, long ones and what is none cost nobody the way in, and fit into a token of ours', async () => {
    const roles = [
      'x'.repeat(500),
      7,
      null,
      'moderator',
      ...Array.from({ length: 500 }, (_, n) => `a role of theirs, ${n}`),
    ]
    const name = '観'.repeat(200)
    const people = peopleWith(await openElsewhere(bySecret, clock))
    const ada = await people.identify(await signed({ sub: 'ada', name, roles }))
    expect(ada.vouched?.roles).toHaveLength(40)
    expect(ada.vouched?.roles).toContain('moderator')
    expect(ada.token.length).toBeLessThan(4096)
    expect(await people.identify(ada.token)).toEqual(ada)
  })

  it('[A8] accounts of two issuers are two people, and neither is one whom we named', async () => {
    const elsewhere = await openElsewhere(bySecret, clock)
    const identityOf = async (payload: JWTPayload) => (await elsewhere.verify(await signed(payload)))?.identity
    const [ours, one, two] = [createSeededRandom(1).uuid(), await identityOf({ sub: 'ada', iss: 'one' }), 'two']
    expect(one).not.toBe(await identityOf({ sub: 'ada', iss: two }))
    expect(await identityOf({ sub: ours })).not.toBe(ours)
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it.each<[string, Record<string, unknown>, Partial<AuthSettings>, string?]>([
    ['that is signed with another secret', { sub: 'ada' }, {}, 'another secret that nobody shared with us'],
    ['that is too old', { sub: 'ada', exp: nowSec - 60 }, {}],
    ['that never ends', { sub: 'ada', exp: undefined }, {}],
    ['that names nobody', {}, {}],
    ['for another service', { sub: 'ada', aud: 'mail' }, { audience: 'tutti' }],
    ['of another issuer', { sub: 'ada', iss: 'mallory' }, { issuer: 'accounts' }],
    ['without an issuer where one is wanted', { sub: 'ada' }, { issuer: 'accounts' }],
    ['with claims that are absurd', { sub: 'ada', name: 'x'.repeat(10_000) }, {}],
  ])('[A9] one %s vouches for nobody', async (_, payload, wishes, secret) => {
    const elsewhere = await openElsewhere({ ...bySecret, ...wishes }, clock)
    const token = await signed(payload, secret)
    expect(await elsewhere.verify(token)).toBeUndefined()
    const identified = await peopleWith(elsewhere).identify(token)
    expect(identified).toMatchObject({ isNew: true })
    expect(identified).not.toHaveProperty('vouched')
  })

  it('[A9] whoever came with one gets one of ours that says the same, for 12 hours', async () => {
    const people = peopleWith(await openElsewhere(bySecret, clock))
    const first = await people.identify(await signed({ sub: 'ada', name: 'Ada', roles: ['moderator'] }))
    expect(await people.identify(first.token)).toEqual({ ...first, isNew: false })
    expect(first.vouched).toEqual({ name: 'Ada', roles: ['moderator'] })
    const later = createManualClock(clock.nowMs() + 12 * HOUR_MS)
    const tomorrow = createIdentities({
      secret: new Uint8Array(32).fill(7),
      clock: later,
      random: createSeededRandom(2),
      elsewhere: await openElsewhere(bySecret, later),
    })
    expect(await tomorrow.identify(first.token)).toMatchObject({ isNew: true })
  })

  it('[A9] what was vouched for before the operator changed the secret counts no more', async () => {
    const before = await peopleWith(await openElsewhere(bySecret, clock)).identify(await signed({ sub: 'ada' }))
    const other: AuthSettings = {
      ...bySecret,
      key: { kind: 'secret', secret: 'the next secret, after the first leaked' },
    }
    const after = await peopleWith(await openElsewhere(other, clock), 2).identify(before.token)
    expect(after).toMatchObject({ isNew: true })
    expect(after.identity).not.toBe(before.identity)
  })

  describe('with keys in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tutti-keys-'))
    let keys: Awaited<ReturnType<typeof generateKeyPair>>
    beforeAll(async () => {
      keys = await generateKeyPair('Ed25519', { extractable: true })
    })
    afterAll(() => rmSync(folder, { recursive: true }))

    const settings = (content: string): AuthSettings => {
      const path = join(folder, 'keys')
      writeFileSync(path, content)
      return { key: { kind: 'file', path }, guests: false }
    }
    const signedBy = (alg: string, kid?: string) =>
      new SignJWT({ sub: 'ada', exp: nowSec + 600 })
        .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
        .sign(keys.privateKey)

    it('[A8] a public key in PEM, and either name of its signature', async () => {
      const elsewhere = await openElsewhere(settings(await exportSPKI(keys.publicKey)), clock)
      expect(await elsewhere.verify(await signedBy('EdDSA'))).toBeDefined()
      expect(await elsewhere.verify(await signedBy('Ed25519'))).toBeDefined()
    })

    it('[A8] a set of keys, found by their name', async () => {
      const other = await generateKeyPair('Ed25519', { extractable: true })
      const set = [
        { ...(await exportJWK(other.publicKey)), kid: 'old' },
        { ...(await exportJWK(keys.publicKey)), kid: 'new' },
      ]
      const elsewhere = await openElsewhere(settings(JSON.stringify({ keys: set })), clock)
      expect(await elsewhere.verify(await signedBy('EdDSA', 'new'))).toBeDefined()
      expect(await elsewhere.verify(await signedBy('EdDSA', 'old'))).toBeUndefined()
    })

    it('[A9] the public key is no secret: what is signed with its text vouches for nobody', async () => {
      const pem = await exportSPKI(keys.publicKey)
      const elsewhere = await openElsewhere(settings(pem), clock)
      expect(await elsewhere.verify(await signed({ sub: 'ada' }, pem))).toBeUndefined()
    })

    it.each([
      ['nonsense', async () => 'nonsense'],
      ['a private key', () => exportPKCS8(keys.privateKey)],
      ['a set with a private key', async () => JSON.stringify({ keys: [await exportJWK(keys.privateKey)] })],
      ['an empty set', async () => '{"keys":[]}'],
    ])('[S21] %s in it is one sentence', async (_, content) => {
      const opened = openElsewhere(settings(await content()), clock)
      await expect(opened).rejects.toThrow(WrongSetting)
      await expect(opened).rejects.toThrow(/^The file \S+ in AUTH_KEYS holds no Ed25519 public key: .+\.$/)
    })

    it('[S21] a file that is not there is one sentence', async () => {
      const missing: AuthSettings = { key: { kind: 'file', path: join(folder, 'missing') }, guests: false }
      await expect(openElsewhere(missing, clock)).rejects.toThrow(/^The file \S+ in AUTH_KEYS can not be read: .+\.$/)
    })
  })
})
