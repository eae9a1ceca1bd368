import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIdentities, loadSecret } from '../../src/server/identity'
import { createManualClock } from '../doubles/manual-clock'
import { createSeededRandom } from '../doubles/seeded-random'

const DAY_MS = 24 * 3600 * 1000
const clock = createManualClock(1_800_000_000_000)
const secret = new Uint8Array(32).fill(7)
const identities = createIdentities({ secret, clock, random: createSeededRandom(1) })

describe('identities', () => {
  it('[A1] without a token somebody is new, and known again by the token that was given', async () => {
    const first = await identities.identify(undefined)
    expect(first.isNew).toBe(true)
    expect(await identities.identify(first.token)).toEqual({ ...first, isNew: false })
    expect((await identities.identify(undefined)).identity).not.toBe(first.identity)
  })

  it('[A1] a token counts across restarts with the same key, for a year', async () => {
    const first = await identities.identify(undefined)
    const later = createManualClock(clock.nowMs() + 364 * DAY_MS)
    const again = createIdentities({ secret, clock: later, random: createSeededRandom(2) })
    expect((await again.identify(first.token)).identity).toBe(first.identity)
    await later.advance(2 * DAY_MS)
    expect(await again.identify(first.token)).toMatchObject({ isNew: true })
  })

  it('[AC8] whoever has signed in is known by the token for a year, vouched for by the account', async () => {
    const signed = await identities.ofAccount('0b2c9a1e-0000-4000-8000-000000000001', 'Anna')
    const known = {
      identity: '0b2c9a1e-0000-4000-8000-000000000001',
      isNew: false,
      account: { name: 'Anna' },
      vouched: { name: 'Anna', roles: [] },
    }
    expect(await identities.identify(signed.token)).toEqual({ ...known, token: signed.token })
  })

  it('[AC8] where an operator’s own accounts say who is known, one of ours vouches for nobody', async () => {
    const elsewhere = { verify: async () => undefined, fingerprint: 'theirs' }
    const there = createIdentities({ secret, clock, random: createSeededRandom(3), elsewhere })
    const { token } = await there.ofAccount('0b2c9a1e-0000-4000-8000-000000000001', 'Anna')
    const again = await there.identify(token)
    expect(again).toMatchObject({ account: { name: 'Anna' } })
    expect(again).not.toHaveProperty('vouched')
  })

  it('[A2] a token that is not ours makes somebody new, never somebody else', async () => {
    const { identity, token } = await identities.identify(undefined)
    const [head = '', body = '', signature = ''] = token.split('.')
    const none = Buffer.from('{"alg":"none"}').toString('base64url')
    const sign = (payload: Record<string, string>, key: Uint8Array): Promise<string> =>
      new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).setIssuer('tutti').setExpirationTime('9999y').sign(key)
    const hostile = [
      '',
      'nonsense',
      `${none}.${body}.`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      await sign({ sub: identity }, new Uint8Array(32).fill(8)),
      await sign({}, secret),
      await sign({ sub: '__proto__' }, secret),
    ]
    for (const forged of hostile) {
      const answer = await identities.identify(forged)
      expect(answer).toMatchObject({ isNew: true })
      expect(answer.identity).not.toBe(identity)
    }
  })
})

describe('the key that signs', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tutti-key-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('[A3] is made once, readable by its owner only, and found again', async () => {
    const path = join(folder, 'identity.key')
    const made = loadSecret(path)
    expect(made).toHaveLength(32)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    await chmod(path, 0o644)
    expect(loadSecret(path)).toEqual(made)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
  })

  it('[A3] is not made up anew in silence when it is damaged', async () => {
    const path = join(folder, 'identity.key')
    await writeFile(path, 'short')
    expect(() => loadSecret(path)).toThrow('damaged')
    expect(await readFile(path, 'utf8')).toBe('short')
  })
})
