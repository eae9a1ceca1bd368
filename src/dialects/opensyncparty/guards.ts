/**
 * What tokens decide on this wire, where a secret is set: who may make rooms, who may join them, who may invite. A user's token, or an invite, is looked at
 * by the shell; what it says counts here.
 */
import type { ServerInput } from '../server-dialect'
import { check, go } from './doors'
import { type Envelope, readPayload } from './frames'
import { sayNo, sayToken } from './rest'
import { say } from './says'
import { isHere } from './seat'
import {
  ASK,
  complain,
  type Doing,
  type OpensyncpartyServerSession,
  resting,
  type Step,
  type Wishes,
  whoIn,
} from './session'
import { type Claims, mayHost, readInvite, readUser } from './tokens'

const INVITE_SEC = 3_600

export function createInvite(
  session: OpensyncpartyServerSession,
  frame: Envelope,
  nowMs: number,
  { hasSecret }: Wishes,
): Step {
  const no = (code: Parameters<typeof complain>[1], message?: string): Step => ({
    session,
    outputs: [complain(frame, code, nowMs, message)],
  })
  const { place } = session
  if (!hasSecret) return no('invite_disabled')
  if (place.at !== 'seat' || !isHere(place.seat, frame.room)) return no('room_missing')
  if (place.seat.hostId !== place.seat.memberId) return no('not_host', 'only host can create invite')
  const { auth_token: token, expires_in: lifeSec = INVITE_SEC } = readPayload(frame.payload)
  if (token === undefined) return no('auth_required')
  return {
    session: { ...session, doing: { kind: 'inviting', forMs: lifeSec * 1000 } },
    outputs: [{ kind: 'verify', ask: ASK.check, token }],
  }
}

type Verified = Extract<ServerInput, { readonly kind: 'verified' }>

export function verified(session: OpensyncpartyServerSession, { claims, why }: Verified, nowMs: number): Step {
  const { doing } = session
  const code = why === 'expired' ? 'token_expired' : 'token_invalid'
  const user = claims && readUser(claims)
  switch (doing?.kind) {
    case 'checking':
      return doing.by === 'invite'
        ? checkedInvite(session, doing, claims, nowMs)
        : checkedUser(session, doing, user, code, nowMs)
    case 'inviting': {
      const failed = user ? (mayHost(user) ? undefined : 'forbidden') : code
      if (failed) return { session: resting(session), outputs: [complain(whoIn(session), failed, nowMs)] }
      const { room } = whoIn(session)
      return sign(session, doing, { type: 'invite', room }, nowMs)
    }
    case 'answering': {
      const { call, ask } = doing
      const isToken = call.kind === 'token'
      if (!user) return { session: resting(session), outputs: [{ kind: 'respond', ask, response: sayNo(401, code) }] }
      if (!isToken && !mayHost(user)) {
        return { session: resting(session), outputs: [{ kind: 'respond', ask, response: sayNo(403, 'forbidden') }] }
      }
      return sign(session, doing, isToken ? known(claims ?? {}) : { type: 'invite', room: call.room }, nowMs)
    }
    default:
      return { session, outputs: [] }
  }
}

type Checking = Extract<Doing, { readonly kind: 'checking' }>

function checkedUser(
  session: OpensyncpartyServerSession,
  { wanted }: Checking,
  user: ReturnType<typeof readUser>,
  code: 'token_expired' | 'token_invalid',
  nowMs: number,
): Step {
  if (user && (wanted.kind === 'join' || mayHost(user))) return go(resting(session), { ...wanted, vouched: user })
  // Either will do at the door.
  if (!user && wanted.inviteToken !== undefined) return check(session, wanted, 'invite', wanted.inviteToken)
  const message = user || wanted.kind === 'create' ? undefined : 'auth or invite required'
  return { session: resting(session), outputs: [complain(wanted, user ? 'forbidden' : code, nowMs, message)] }
}

function checkedInvite(
  session: OpensyncpartyServerSession,
  { wanted }: Checking,
  claims: Claims | undefined,
  nowMs: number,
): Step {
  const room = claims && readInvite(claims)
  if (room !== undefined && room.toLowerCase() === wanted.room.toLowerCase()) {
    return go(resting(session), { ...wanted, vouched: { roles: [] } })
  }
  const code = room === undefined ? 'invite_invalid' : 'invite_room_mismatch'
  return { session: resting(session), outputs: [complain(wanted, code, nowMs)] }
}

/** A token says the same as the one it follows. */
function known({ user_id: id, username, role, roles }: Claims): Claims {
  return {
    ...(id !== undefined && { user_id: id }),
    ...(username !== undefined && { username }),
    ...(role !== undefined && { role }),
    ...(roles !== undefined && { roles }),
  }
}

function sign(
  session: OpensyncpartyServerSession,
  doing: Extract<Doing, { readonly kind: 'inviting' | 'answering' }>,
  claims: Claims,
  nowMs: number,
): Step {
  const forMs = doing.kind === 'inviting' ? doing.forMs : doing.call.forMs
  return {
    session: { ...session, doing: { ...doing, endsAtSec: Math.floor((nowMs + forMs) / 1000) } },
    outputs: [{ kind: 'sign', ask: ASK.sign, claims, forMs }],
  }
}

export function signed(session: OpensyncpartyServerSession, token: string, nowMs: number): Step {
  const { doing } = session
  if (doing?.kind === 'answering') {
    const response = sayToken(doing.call, token, doing.endsAtSec ?? 0)
    return { session: resting(session), outputs: [{ kind: 'respond', ask: doing.ask, response }] }
  }
  if (doing?.kind !== 'inviting') return { session, outputs: [] }
  const payload = { invite_token: token, expires_at: doing.endsAtSec ?? 0 }
  return { session: resting(session), outputs: [say('invite_created', { ...whoIn(session), payload }, nowMs)] }
}
