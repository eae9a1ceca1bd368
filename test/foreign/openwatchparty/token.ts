/** The tokens of OpenWatchParty's Jellyfin plugin: JWT, HS256, with every claim that the session server asks for. */
import { createHmac } from 'node:crypto'
import { fieldsOf, readFields } from '../json'

const AUDIENCE = 'OpenWatchParty'
const ISSUER = 'Jellyfin'
const LEEWAY_SEC = 60
const LIFE_SEC = 3600

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (text: string, secret: string): string => createHmac('sha256', secret).update(text).digest('base64url')

export function makeToken(
  who: { readonly sub: string; readonly name: string },
  secret: string,
  nowMs: number,
  lifeSec = LIFE_SEC,
): string {
  const iat = Math.floor(nowMs / 1000)
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...who, aud: AUDIENCE, iss: ISSUER, iat, exp: iat + lifeSec })}`
  return `${text}.${sign(text, secret)}`
}

/** The name in it, if it holds. */
export function checkToken(token: string, secret: string, nowMs: number): string | undefined {
  const [head = '', body = '', signature = ''] = token.split('.')
  if (sign(`${head}.${body}`, secret) !== signature) return undefined
  const { sub, name, aud, iss, exp, iat } = fieldsOf(readFields(Buffer.from(body, 'base64url').toString()))
  const isWhole = typeof sub === 'string' && typeof iat === 'number' && aud === AUDIENCE && iss === ISSUER
  const isFresh = typeof exp === 'number' && exp + LEEWAY_SEC > nowMs / 1000
  return isWhole && isFresh && typeof name === 'string' ? name : undefined
}
