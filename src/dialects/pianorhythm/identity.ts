/**
 * Who opens a socket, as the published page has it: a part of the path, or a token in a header or a cookie. The page never says how that part
 * is encrypted; ours is the same five fields, spelt in base64url, and what is spelt otherwise is taken for a token as it stands.
 */
import { base64Decode, base64Encode, getTextEncoding } from '@bufbuild/protobuf/wire'
import * as z from 'zod/mini'
import { cleanName } from '../../core/room/names'
import type { Opened } from '../server-dialect'

const MOST = 4_096
const text = z.optional(z.string().check(z.maxLength(MOST)))
const payload = z.object({
  username: text,
  uuid: text,
  socket_id: text,
  is_member: z.optional(z.boolean()),
  token: text,
})

export type Payload = Readonly<z.infer<typeof payload>>

/** Names of the cookie, which the pages do not give. */
const COOKIE = /(?:^|;\s*)access[_-]token=([^;\s]+)/i
const BEARER = /^Bearer\s+(\S+)$/i
const PATH = /^\/api\/websocket\/([^/?#]+)/

export function identityOf({ path, headers }: Opened): { readonly token?: string; readonly name?: string } {
  const segment = PATH.exec(path)?.[1]
  if (segment !== undefined && segment.length <= MOST) {
    const read = readSegment(segment)
    if (!read) return { token: segment }
    const name = cleanName(read.username ?? '')
    return { ...(read.token && { token: read.token }), ...(name !== undefined && { name }) }
  }
  const token = BEARER.exec(headers['authorization'] ?? '')?.[1] ?? COOKIE.exec(headers['cookie'] ?? '')?.[1]
  return token !== undefined && token.length <= MOST ? { token } : {}
}

export function writeSegment(about: Payload): string {
  return base64Encode(getTextEncoding().encodeUtf8(JSON.stringify(about)), 'url')
}

/** Nothing where it is not spelt as ours. */
export function readSegment(segment: string): Payload | undefined {
  for (const spelling of [fromBase64, decoded]) {
    const read = payload.safeParse(spelling(segment))
    if (read.success) return read.data
  }
  return undefined
}

function fromBase64(segment: string): unknown {
  try {
    return JSON.parse(getTextEncoding().decodeUtf8(base64Decode(segment)))
  } catch {
    return undefined
  }
}

function decoded(segment: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(segment))
  } catch {
    return undefined
  }
}
