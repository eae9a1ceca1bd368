/**
 * Invites that end: a signed text that lets whoever holds it into one room, as a member at most.
 * Signed with the server's own key under a name of its own, so that it can never pass for a person's token, nor the other way round.
 * Which invites a room still honours is the room's to say, by its mark.
 */
import { jwtVerify, SignJWT } from 'jose'
import * as z from 'zod'
import type { Clock } from '../platform/clock'

export type Invite = {
  readonly roomId: string
  readonly role: 'guest' | 'member'
  /** The room's mark at that time; a room that has another one now honours it no more. */
  readonly mark: string
}

export type Invites = {
  sign(invite: Invite, endsAtMs: number): Promise<string>
  /** Nothing if it is not ours or has ended. */
  read(text: string): Promise<Invite | undefined>
}

export type InvitesDeps = { readonly secret: Uint8Array; readonly clock: Clock }

const ISSUER = 'tutti invite'

const claims = z.object({ sub: z.string(), role: z.enum(['guest', 'member']), mark: z.string() })

export function createInvites({ secret, clock }: InvitesDeps): Invites {
  return {
    sign: ({ roomId, role, mark }, endsAtMs) =>
      new SignJWT({ role, mark })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(ISSUER)
        .setSubject(roomId)
        .setExpirationTime(Math.floor(endsAtMs / 1000))
        .sign(secret),
    async read(text) {
      try {
        const { payload } = await jwtVerify(text, secret, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(clock.nowMs()),
        })
        const { sub, role, mark } = claims.parse(payload)
        return { roomId: sub, role, mark }
      } catch {
        return undefined
      }
    },
  }
}
