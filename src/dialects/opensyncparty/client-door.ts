/** The way of our client into an OpenSyncParty room: where the socket is, by which id and tokens we come, what is said at the door, what a no means. */
import * as z from 'zod/mini'
import type { CreateCommand } from '../../core/room/command'
import { numberOf } from '../../core/room/foreign-room'
import { type Refusal, refuse } from '../../core/room/refusal'
import { ROOM_LIMITS } from '../../core/room/room'
import type { JoinWish } from '../client-dialect'
import { readJson } from '../read-json'
import type { Payload } from './frames'

/** What is kept to be the same person: the id that we chose, the token that lets us in, the room that we led. */
export type Kept = { readonly client: string; readonly auth?: string; readonly hosts?: string }

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest))
const kept = z.object({ client: text(60), auth: z.optional(text(8_192)), hosts: z.optional(text(200)) })
/** The generation before reads frames in pieces of 4096 bytes, and drops what is longer. */
const MOST_TEXT = 1_000

export function socketUrl(server: string): string {
  const base = server.trim().replace(/^http/i, 'ws').replace(/\/+$/, '')
  return /\/OpenSyncParty\/ws$/i.test(base) ? base : `${base}/OpenSyncParty/ws`
}

/** A token that is not ours was typed by the person. Ids are made as its own overlay makes them. */
export function keptIn(wish: JoinWish, server: string, nowMs: number): Kept {
  const json = wish.token === undefined ? undefined : readJson(wish.token)
  const read = json && kept.safeParse(json.value)
  if (read?.success) {
    const { client, auth, hosts } = read.data
    return { client, ...(auth !== undefined && { auth }), ...(hosts !== undefined && { hosts }) }
  }
  const client = `client-${Math.floor(nowMs)}-${numberOf(`${server} ${wish.name ?? ''} ${nowMs}`).toString(36)}`
  return { client, ...(wish.token && { auth: wish.token }) }
}

/** Names are free and can be guessed: one that nobody thinks of. */
export function roomFor({ client }: Kept): string {
  return `party-${numberOf(`room of ${client}`).toString(36)}`
}

export function createPayload(create: CreateCommand | undefined, name: string, { auth }: Kept): Payload {
  const address = create?.media?.content.address ?? ''
  return {
    ...(address !== '' && address.length <= MOST_TEXT && { media_url: address }),
    start_pos: create?.positionSec ?? 0,
    name,
    options: { free_play: create?.control === 'everyone' },
    ...(auth !== undefined && { auth_token: auth }),
  }
}

export function joinPayload(name: string, { auth }: Kept, invite: string | undefined): Payload {
  return {
    name,
    ...(auth !== undefined && { auth_token: auth }),
    ...(invite !== undefined && { invite_token: invite }),
  }
}

export function nameIn({ name = 'Somebody' }: JoinWish): string {
  return name.slice(0, ROOM_LIMITS.nameLength)
}

export function refusalFor({ code = '', message }: Payload): Refusal {
  switch (code) {
    case 'room_missing':
      return refuse('no-such-room')
    case 'room_exists':
      return refuse('alias-taken')
    case 'auth_required':
    case 'invite_required':
      return refuse('account-needed')
    case 'token_expired':
    case 'token_invalid':
    case 'auth_failed':
      return refuse('bad-token')
    case 'invite_invalid':
    case 'invite_room_mismatch':
      return refuse('invite-over')
    case 'forbidden':
      return refuse('not-allowed', message)
    default:
      return refuse('server-error', message ?? code)
  }
}
