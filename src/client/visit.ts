/** What a client holds from the wish to be in a room until the end of it. A record only; what happens to it is in `room-client.ts`. */
import type { MemberId, PublicRoom } from '../core/room/room'
import type { JoinWish } from '../dialects/client-dialect'
import type { Door, Seen } from '../dialects/dialect'

/** What is needed to come back to the same seat after this process died. Plain JSON. */
export type Seat = {
  readonly dialect: string
  readonly server: string
  readonly code: string
  readonly token: string
  readonly memberId: MemberId
  /** What opened the door: it is locked again for a seat that has expired. */
  readonly password?: string
  readonly invite?: string
  /** Where the copy was. A process that died has no copy any more: it comes back to the whole room. */
  readonly seen: Seen
}

/** Lasts over as many connections as it takes. */
export type Visit = {
  readonly dialect: string
  readonly server: string
  door: Door
  readonly name: string | undefined
  readonly bot: boolean | undefined
  token: string | undefined
  /** Not kept: whoever comes back after this process died is known by the token. */
  readonly account: JoinWish['account']
  boundMs: number | undefined
  memberId: MemberId | undefined
  copy: PublicRoom | undefined
  everOpened: boolean
  attempt: number
  enteredAtMs: number | undefined
  comeBackInMs: number | undefined
}

export function newVisit(wish: {
  dialect: string
  server: string
  door: Door
  name?: string | undefined
  bot?: boolean | undefined
  token?: string | undefined
  account?: JoinWish['account']
  memberId?: MemberId
}): Visit {
  return {
    dialect: wish.dialect,
    server: wish.server,
    door: wish.door,
    name: wish.name,
    bot: wish.bot,
    token: wish.token,
    account: wish.account,
    boundMs: undefined,
    memberId: wish.memberId,
    copy: undefined,
    everOpened: false,
    attempt: 0,
    enteredAtMs: undefined,
    comeBackInMs: undefined,
  }
}

/** What is said at the door, the first time and each time again. */
export function wishOf({ door, name, bot, token, account, copy }: Visit): JoinWish {
  return {
    door,
    ...(name !== undefined && { name }),
    ...(bot !== undefined && { bot }),
    ...(token !== undefined && { token }),
    ...(account && { account }),
    ...(copy && { seen: { epoch: copy.epoch, rev: copy.rev } }),
  }
}

/** What to keep of it, once there is a seat to come back to. */
export function seatIn({ dialect, server, door, token, memberId, copy }: Visit): Seat | undefined {
  if (token === undefined || memberId === undefined || !copy) return undefined
  const { code, epoch, rev } = copy
  return { dialect, server, code, token, memberId, ...(door.kind === 'code' && keysOf(door)), seen: { epoch, rev } }
}

export function backTo(seat: Seat): Visit {
  const { dialect, server, code, token, memberId } = seat
  return newVisit({ dialect, server, door: { kind: 'code', code, ...keysOf(seat) }, token, memberId })
}

type DoorKeys = Pick<Seat, 'password' | 'invite'>

function keysOf({ password, invite }: DoorKeys): DoorKeys {
  return { ...(password !== undefined && { password }), ...(invite !== undefined && { invite }) }
}
