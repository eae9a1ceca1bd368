/**
 * Tokens signed elsewhere: an operator's own accounts vouch for people here. HS256 with a shared secret, or EdDSA with public keys.
 * What comes out is who somebody is and what is said of them; that it is true is all that is known here. Knows no rooms.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createLocalJWKSet, importSPKI, type JWTVerifyGetKey, jwtVerify } from 'jose'
import * as z from 'zod'
import type { Clock } from '../platform/clock'
import { reasonOf } from './log'
import { type AuthSettings, WrongSetting } from './settings'

/** What a token signed elsewhere says of who holds it. */
export type Vouched = { readonly name?: string; readonly roles: readonly string[] }

export type Elsewhere = {
  /** Nothing if the token is not theirs, or not for us, or too old. */
  verify(token: string): Promise<{ readonly identity: string; readonly vouched: Vouched } | undefined>
  /** Another one when the operator trusts somebody else: what was vouched for before counts no more. */
  readonly fingerprint: string
}

/** Two machines' clocks differ a little. */
const TOLERANCE_SEC = 30
const MAX_TEXT = 200
/** Accounts may have many roles, and long ones that mean nothing here; ours have to fit into a token. */
const MAX_ROLES = 40
const MAX_ROLE = 40

const text = z.string().max(MAX_TEXT)
const roles = z.union([z.array(z.unknown()), z.string().transform((list) => list.split(','))])
const claims = z.object({
  sub: z.string().min(1).max(MAX_TEXT),
  iss: text.optional(),
  // The first that is there, as the accounts of different systems spell it.
  name: text.optional(),
  username: text.optional(),
  preferred_username: text.optional(),
  role: roles.optional(),
  roles: roles.optional(),
})

export async function openElsewhere(settings: AuthSettings, clock: Clock): Promise<Elsewhere> {
  const { key, material, algorithms } = await keyOf(settings)
  const { issuer, audience } = settings
  return {
    fingerprint: createHash('sha256')
      .update(JSON.stringify([material, issuer, audience]))
      .digest('base64url')
      .slice(0, 16),
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms,
          requiredClaims: ['sub', 'exp'],
          clockTolerance: TOLERANCE_SEC,
          currentDate: new Date(clock.nowMs()),
          ...(issuer === undefined ? {} : { issuer }),
          ...(audience === undefined ? {} : { audience }),
        })
        const said = claims.parse(payload)
        const name = said.name ?? said.username ?? said.preferred_username
        return {
          identity: identityOf(said.iss ?? '', said.sub),
          vouched: {
            ...(name === undefined ? {} : { name }),
            roles: readRoles([...(said.role ?? []), ...(said.roles ?? [])]),
          },
        }
      } catch {
        return undefined
      }
    },
  }
}

function readRoles(said: readonly unknown[]): readonly string[] {
  const roles = said.filter((role) => typeof role === 'string').map((role) => role.trim().toLowerCase())
  return [...new Set(roles)].filter((role) => role !== '' && role.length <= MAX_ROLE).slice(0, MAX_ROLES)
}

type Key = { readonly key: JWTVerifyGetKey; readonly material: string; readonly algorithms: string[] }

async function keyOf({ key }: AuthSettings): Promise<Key> {
  if (key.kind === 'secret') {
    const secret = new TextEncoder().encode(key.secret)
    return { key: () => secret, material: key.secret, algorithms: ['HS256'] }
  }
  const material = read(key.path)
  return { key: await publicKeys(material, key.path), material, algorithms: ['EdDSA', 'Ed25519'] }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new WrongSetting(`The file ${path} in AUTH_KEYS can not be read: ${reasonOf(error)}.`)
  }
}

const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).min(1) })

async function publicKeys(material: string, path: string): Promise<JWTVerifyGetKey> {
  const wrong = new WrongSetting(
    `The file ${path} in AUTH_KEYS holds no Ed25519 public key: give a PEM "PUBLIC KEY" or a JWKS without private parts.`,
  )
  try {
    if (material.includes('-----BEGIN PUBLIC KEY-----')) {
      const key = await importSPKI(material, 'EdDSA')
      return () => key
    }
    const { keys } = keySet.parse(JSON.parse(material))
    const isPrivate = keys.some((each) => 'd' in each || 'k' in each)
    if (isPrivate || !keys.some(({ kty, crv }) => kty === 'OKP' && crv === 'Ed25519')) throw wrong
    return createLocalJWKSet({ keys })
  } catch {
    throw wrong
  }
}

/** A uuid of version 8, so that it can be nobody's whom we named ourselves; the account's own name stays where it was given. */
function identityOf(issuer: string, subject: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([issuer, subject]))
    .digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  )
}
