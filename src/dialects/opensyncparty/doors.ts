/** The ways into rooms on this wire, as far as they are asked: what somebody wants, by which name and id, with which token. */
import type { CreateCommand } from '../../core/room/command'
import { cleanName } from '../../core/room/names'
import type { Refusal } from '../../core/room/refusal'
import { ROOM_LIMITS } from '../../core/room/room'
import type { ServerOutput } from '../server-dialect'
import { type Envelope, readPayload } from './frames'
import { memberIdOf } from './ids'
import type { ErrorCode } from './says'
import {
  ASK,
  complain,
  type Doing,
  type OpensyncpartyServerSession,
  resting,
  type Step,
  type Wanted,
  type Wishes,
} from './session'

export const IN_USE = 'client is in use'
/** So long an emptied room is as its host left it; later it begins anew for whoever makes it again. */
const KEPT_MS = 10_000

/** `create_room` and `join_room`. With a secret a token is looked at first, or an invite; without one nobody is asked. */
export function knock(
  session: OpensyncpartyServerSession,
  frame: Envelope,
  nowMs: number,
  { hasSecret }: Wishes,
): Step {
  const payload = readPayload(frame.payload)
  const { auth_token: authToken, invite_token: inviteToken, name, media_url: mediaUrl } = payload
  const isCreate = frame.type === 'create_room'
  const wanted: Wanted = {
    kind: isCreate ? 'create' : 'join',
    room: frame.room,
    client: frame.client,
    ...named(name),
    ...(!isCreate && inviteToken !== undefined && { inviteToken }),
    ...(mediaUrl !== undefined && mediaUrl.trim() !== '' && { mediaUrl }),
    startSec: payload.start_pos ?? 0,
    freePlay: payload.options?.free_play === true,
  }
  if (!hasSecret) return go(session, wanted)
  if (authToken !== undefined) return check(session, wanted, 'auth', authToken)
  if (wanted.inviteToken !== undefined) return check(session, wanted, 'invite', wanted.inviteToken)
  const message = isCreate ? undefined : 'auth or invite required'
  return { session, outputs: [complain(frame, 'auth_required', nowMs, message)] }
}

export function check(session: OpensyncpartyServerSession, wanted: Wanted, by: 'auth' | 'invite', token: string): Step {
  return {
    session: { ...session, doing: { kind: 'checking', wanted, by } },
    outputs: [{ kind: 'verify', ask: ASK.check, token }],
  }
}

/** From another room it is left first; into the own one it is looked once more. */
export function go(session: OpensyncpartyServerSession, wanted: Wanted): Step {
  const { place } = session
  if (place.at !== 'seat') return enter(session, wanted)
  const { where, code } = place.seat
  const asked = wanted.room.toLowerCase()
  if (asked === where.room.toLowerCase() || asked === code) {
    return {
      session: { ...session, doing: { kind: 'again', wanted } },
      outputs: [{ kind: 'snapshot', ask: ASK.again }],
    }
  }
  return {
    session: { ...session, doing: { kind: 'leaving', wanted } },
    outputs: [{ kind: 'command', ask: ASK.leave, command: { type: 'leave' } }],
  }
}

export function enter(session: OpensyncpartyServerSession, wanted: Wanted): Step {
  const { room, name, vouched } = wanted
  const isNew = wanted.kind === 'create'
  const memberId = memberIdOf(wanted.client)
  const calls = name ?? named(vouched?.name).name
  return {
    session: { ...session, doing: { kind: 'entering', wanted } },
    outputs: [
      {
        kind: 'enter',
        ask: ASK.enter,
        door: isNew ? { kind: 'new', create: createOf(wanted) } : { kind: 'code', code: room },
        ...(isNew && { alias: room }),
        ...(calls !== undefined && { name: calls }),
        ...(memberId !== undefined && { memberId }),
        ...(vouched && { vouched }),
      },
    ],
  }
}

/** The room that has this name stands empty: whoever makes it goes in. */
export function reopen(session: OpensyncpartyServerSession, wanted: Wanted, emptyMs: number): Step {
  const entering = enter(session, { ...wanted, kind: 'join' })
  const doing: Doing = { kind: 'entering', wanted, ...(emptyMs > KEPT_MS && { resets: true as const }) }
  return { session: { ...entering.session, doing }, outputs: entering.outputs }
}

/** What makes an old room a new one. The last of them is waited for. */
export function reset(session: OpensyncpartyServerSession, wanted: Wanted): Step {
  const { mediaUrl, startSec } = wanted
  const commands: ServerOutput[] = [
    ...(mediaUrl === undefined
      ? []
      : [{ kind: 'command', ask: 'media', command: { type: 'set-media', media: mediaOf(mediaUrl) } } as const]),
    {
      kind: 'command',
      ask: ASK.reset,
      command: { type: 'set-line', positionSec: startSec, playing: false, atOnce: true },
    },
  ]
  return { session: { ...resting(session), doing: { kind: 'resetting', wanted } }, outputs: commands }
}

function createOf({ mediaUrl, startSec, freePlay }: Wanted): CreateCommand {
  return {
    type: 'create',
    control: freePlay ? 'everyone' : 'host',
    whenHostLeaves: 'pass',
    ...(mediaUrl !== undefined && { media: mediaOf(mediaUrl) }),
    positionSec: startSec,
    rate: 1,
    playing: false,
  }
}

function mediaOf(address: string) {
  return { content: { address, title: address.slice(0, ROOM_LIMITS.titleLength) } }
}

/** A name as a room can show it, if it is one. */
function named(given: string | undefined): { readonly name?: string } {
  const name = given === undefined ? undefined : cleanName(given.trim().slice(0, ROOM_LIMITS.nameLength))
  return name === undefined ? {} : { name }
}

export function wordFor({ code, sentence }: Refusal): { readonly code: ErrorCode; readonly message?: string } {
  switch (code) {
    case 'no-such-room':
      return { code: 'room_missing' }
    case 'alias-taken':
      return { code: 'room_exists' }
    case 'taken-over':
      return { code: 'bad_request', message: IN_USE }
    case 'bad-alias':
    case 'bad-frame':
    case 'frame-too-long':
    case 'out-of-range':
      return { code: 'bad_request', message: sentence }
    case 'host-controls':
      return { code: 'not_host' }
    default:
      return { code: 'forbidden', message: sentence }
  }
}
