/**
 * Who somebody is over time: a signed token whose subject is a uuid. Anonymous; it says nothing but "the same as before".
 * Knows no rooms. Whoever holds the key could sit in anybody's seat, so the key lies in the data folder, readable by its owner only.
 */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../platform/clock'
import type { Random } from '../platform/random'

export type Identified = { readonly identity: string; readonly token: string; readonly isNew: boolean }

/** Without a token, or with one that can't be verified: somebody new. */
export type Identities = { identify(token: string | undefined): Promise<Identified> }

export type IdentityDeps = { readonly secret: Uint8Array; readonly clock: Clock; readonly random: Random }

const ISSUER = 'tutti'
const LIFE_SEC = 365 * 24 * 3600
const SECRET_BYTES = 32
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function createIdentities({ secret, clock, random }: IdentityDeps): Identities {
  const nowSec = (): number => Math.floor(clock.nowMs() / 1000)

  const verify = async (token: string): Promise<string | undefined> => {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock.nowMs()),
      })
      return payload.sub !== undefined && UUID.test(payload.sub) ? payload.sub : undefined
    } catch {
      return undefined
    }
  }

  return {
    async identify(token) {
      const known = token === undefined ? undefined : await verify(token)
      if (token !== undefined && known !== undefined) return { identity: known, token, isNew: false }
      const identity = random.uuid()
      const signed = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(identity)
        .setIssuedAt(nowSec())
        .setExpirationTime(nowSec() + LIFE_SEC)
        .sign(secret)
      return { identity, token: signed, isNew: true }
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
