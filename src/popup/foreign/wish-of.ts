/**
 * What a room of another system asks of a person, and the wish to go in made of what they filled in. Pure.
 * Secrets go into the wish only if that system asks for them, so that none is sent to where it was not typed for.
 */
import { ASKED, type ForeignRoom, isClosed, NEEDS_HANDSHAKE, NEEDS_SITE } from '../../dialects/recognise'
import type { ForeignWish } from '../../messages/foreign-wish'

export type Typed = {
  readonly room: string
  readonly password: string
  readonly token: string
  readonly login: string
  readonly accountPassword: string
}
export const NOTHING_TYPED: Typed = { room: '', password: '', token: '', login: '', accountPassword: '' }

/** What is typed is for one door; before another one it is gone. */
export function doorKey({ system, server }: ForeignRoom): string {
  return `${system} ${server}`
}

/** An invite says itself which room it is for. */
export function isRoomMissing(room: ForeignRoom, typed: Typed): boolean {
  return room.room === undefined && room.invite === undefined && typed.room.trim() === ''
}

export function wishOf(room: ForeignRoom, typed: Typed, name: string): ForeignWish {
  const { system, server, invite } = room
  const asked = ASKED[system]
  const token = typed.token.trim()
  const login = typed.login.trim()
  return {
    system,
    server,
    room: room.room ?? typed.room.trim(),
    name: asked.name ? name.trim() : '',
    ...(asked.password && typed.password !== '' && { password: typed.password }),
    ...(invite !== undefined && { invite }),
    ...(asked.token && token !== '' && { token }),
    ...(asked.account && login !== '' && { account: { login, password: typed.accountPassword } }),
  }
}

export type Leave = {
  /** The browser has to be asked for leave to reach the server. */
  readonly site: boolean
  /** And to change how a connection to it begins. */
  readonly handshake: boolean
  /** The server may look at that, and this browser lets nobody change it. */
  readonly mayBeTurnedAway: boolean
}

/** `canHandshake`: does this browser let an extension change how a connection begins? */
export function leaveFor(room: ForeignRoom, canHandshake: boolean): Leave {
  const looks = NEEDS_HANDSHAKE.has(room.system) && !isClosed(room)
  const handshake = looks && canHandshake
  return { site: NEEDS_SITE.has(room.system) || handshake, handshake, mayBeTurnedAway: looks && !canHandshake }
}
