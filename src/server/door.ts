/**
 * What is true of somebody at the door of a room, found out before it is their turn: invite, password, who vouches for them,
 * where they come from. Hashing takes its time, so no room waits for it. What follows from it is the room's to decide.
 */
import { createHash, createHmac } from 'node:crypto'
import type { Verified } from '../core/room/context'
import { type Refusal, refuse } from '../core/room/refusal'
import type { Room, ServerOnlyRoom } from '../core/room/room'
import { seatOf } from '../core/room/seats'
import type { Door } from '../dialects/dialect'
import type { Vouched } from './elsewhere'
import type { Invites } from './invites'
import type { PasswordTries } from './limits'
import type { Passwords } from './passwords'

export type AtDoor = {
  readonly identity: string
  readonly vouched?: Vouched
  /** As limits count. */
  readonly neighbourhood: string
}

export type Checked =
  | { readonly refusal: Refusal }
  /** `still`: does what was found hold for the room as it is when their turn comes? */
  | { readonly verified: Verified; readonly still: (room: Room) => boolean }

export type DoorChecks = {
  /** At the door of a room that exists. */
  at(room: Room, who: AtDoor, door: Extract<Door, { kind: 'code' | 'any' }>): Promise<Checked>
  /** The role that an invite gives, if the room still honours it. */
  invitedTo(room: Room, invite: string | undefined): Promise<Verified['invited']>
  /** With a room of one's own. */
  starting(who: AtDoor, password: string | undefined): Promise<Checked>
}

export type DoorDeps = {
  readonly passwords: Passwords
  readonly invites: Invites
  readonly tries: PasswordTries
  readonly secret: Uint8Array
  /** May people come in for whom nobody vouches, and whom nobody invited? */
  readonly guests: boolean
}

/** Roles of accounts elsewhere whose word counts in every room of this server. */
const MODERATES: ReadonlySet<string> = new Set(['moderator', 'admin', 'administrator'])

export function createDoor({ passwords, invites, tries, secret, guests }: DoorDeps): DoorChecks {
  /** Never the address itself: rooms are stored, and whoever reads a store should not learn where people live. */
  const addressHash = (neighbourhood: string): string =>
    createHmac('sha256', secret).update(`address ${neighbourhood}`).digest('base64url').slice(0, 22)

  const of = ({ vouched, neighbourhood }: AtDoor): Verified => ({
    addressHash: addressHash(neighbourhood),
    ...(vouched && { vouched: true, moderates: vouched.roles.some((role) => MODERATES.has(role)) }),
  })

  const invitedTo: DoorChecks['invitedTo'] = async (room, text) => {
    const invite = text === undefined ? undefined : await invites.read(text)
    const counts = invite?.roomId === room.public.id && invite.mark === inviteMark(room.serverOnly)
    return counts ? invite.role : undefined
  }

  return {
    invitedTo,
    async at(room, who, door) {
      const { passwordHash } = room.serverOnly
      const mark = inviteMark(room.serverOnly)
      const still = (later: Room): boolean => inviteMark(later.serverOnly) === mark
      if (seatOf(room, who.identity) !== undefined) return { verified: of(who), still: () => true }

      const { password, invite } = door.kind === 'code' ? door : {}
      const invited = await invitedTo(room, invite)
      if (invited !== undefined) return { verified: { ...of(who), invited }, still }
      if (!guests && !who.vouched) return { refusal: refuse('account-needed') }
      // Also somebody with a wrong one may be let in, say a moderator who comes back: the room decides.
      if (passwordHash === undefined || password === undefined) return { verified: of(who), still }

      if (!(await tries.mayTry(who.neighbourhood, room.public.id))) return { refusal: refuse('too-many-tries') }
      const passwordMatches = await passwords.matches(password, passwordHash)
      if (passwordMatches === undefined) return { refusal: refuse('too-fast') }
      if (passwordMatches) await tries.wasRight(who.neighbourhood, room.public.id)
      return { verified: { ...of(who), passwordMatches }, still }
    },

    async starting(who, password) {
      if (!guests && !who.vouched) return { refusal: refuse('account-needed') }
      const still = (): boolean => true
      if (password === undefined) return { verified: of(who), still }
      const passwordHash = await passwords.hash(password)
      return passwordHash === undefined
        ? { refusal: refuse('too-fast') }
        : { verified: { ...of(who), passwordHash }, still }
    },
  }
}

/** What an invite is good for: a room that has another password, or has revoked its invites, has another mark. */
export function inviteMark({ inviteEpoch, passwordHash }: ServerOnlyRoom): string {
  return createHash('sha256')
    .update(JSON.stringify([inviteEpoch, passwordHash]))
    .digest('base64url')
    .slice(0, 16)
}
