/**
 * Who somebody is over time: a signed token whose subject is a uuid. Anonymous; it says nothing but "the same as before",
 * unless a token signed elsewhere vouched for who holds it. Knows no rooms. Whoever holds the key could sit in anybody's seat, so the key lies in the data folder, readable by its owner only.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { type JWTPayload, jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'
import type { Elsewhere, Vouched } from './elsewhere'

export type Identified = {
  readonly identity: string
  /** To be kept and shown again, here or on another device. */
  readonly token: string
  readonly isNew: boolean
  /** Somebody the operator trusts says who this is. */
  readonly vouched?: Vouched
  /** An account of this server stands behind it. */
  readonly account?: { readonly name: string }
}

export type Identities = {
  /** Without a token, or with one that can't be verified: somebody new. */
  identify(token: string | undefined): Promise<Identified>
  /** Whoever has signed in to this account, with a token that says so. */
  ofAccount(identity: string, name: string): Promise<Identified>
}

export type IdentityDeps = {
  readonly secret: Uint8Array
  readonly clock: Clock
  readonly random: Random
  readonly elsewhere?: Elsewhere
}

type Known = Pick<Identified, 'identity' | 'vouched' | 'account'>

const ISSUER = 'tutti'
const LIFE_SEC = 365 * 24 * 3600
/** A token signed elsewhere may end within the hour; whoever came with it keeps the seat for the evening. */
const VOUCHED_LIFE_SEC = 12 * 3600
/** Who vouches where an account of ours does; no fingerprint is so short. */
const BY_ACCOUNT = 'account'
const SECRET_BYTES = 32
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const claims = z.object({
  sub: z.string().regex(UUID),
  /** Who vouched, if somebody did. */
  by: z.string().optional(),
  name: z.string().optional(),
  roles: z.array(z.string()).default([]),
})

export function createIdentities({ secret, clock, random, elsewhere }: IdentityDeps): Identities {
  const nowSec = (): number => Math.floor(clock.nowMs() / 1000)

  const verify = async (token: string): Promise<Known | undefined> => {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock.nowMs()),
      })
      const { sub: identity, by, name, roles } = claims.parse(payload)
      if (by === undefined) return { identity }
      if (by === BY_ACCOUNT) return known(identity, name ?? '')
      return by === elsewhere?.fingerprint
        ? { identity, vouched: { ...(name === undefined ? {} : { name }), roles } }
        : undefined
    } catch {
      return undefined
    }
  }

  /** Where an operator's own accounts say who is known, ours say only who somebody is. */
  const known = (identity: string, name: string): Known => ({
    identity,
    account: { name },
    ...(elsewhere ? {} : { vouched: { name, roles: [] } }),
  })

  const signed = (identity: string, about: JWTPayload, lifeSec: number): Promise<string> =>
    new SignJWT(about)
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(identity)
      .setIssuedAt(nowSec())
      .setExpirationTime(nowSec() + lifeSec)
      .sign(secret)

  const sign = (identity: string, vouched: Vouched | undefined): Promise<string> =>
    vouched && elsewhere
      ? signed(identity, { by: elsewhere.fingerprint, ...vouched }, VOUCHED_LIFE_SEC)
      : signed(identity, {}, LIFE_SEC)

  return {
    async identify(token) {
      const known = token === undefined ? undefined : await verify(token)
      if (token !== undefined && known) return { ...known, token, isNew: false }
      const theirs = token === undefined ? undefined : await elsewhere?.verify(token)
      if (theirs) return { ...theirs, token: await sign(theirs.identity, theirs.vouched), isNew: false }
      const identity = random.uuid()
      return { identity, token: await sign(identity, undefined), isNew: true }
    },
    async ofAccount(identity, name) {
      return {
        ...known(identity, name),
        token: await signed(identity, { by: BY_ACCOUNT, name }, LIFE_SEC),
        isNew: false,
      }
    },
  }
}

/** The key in this file; made on the first start. */
export function loadSecret(path: string): Uint8Array {
  try {
    writeFileSync(path, crypto.getRandomValues(new Uint8Array(SECRET_BYTES)), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    chmodSync(path, 0o600)
  }
  const secret = new Uint8Array(readFileSync(path))
  if (secret.length !== SECRET_BYTES)
    throw new Error(`The key in ${path} is damaged. Remove it; everybody is new then.`)
  return secret
}
