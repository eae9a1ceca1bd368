/** What a client holds from the wish to be in a room until the end of it. A record only; what happens to it is in `room-client.ts`. */
import type { MemberId, PublicRoom } from '../core/room/room'
import type { Door, JoinWish } from '../dialects/dialect'

/** Lasts over as many connections as it takes. */
export type Visit = {
  readonly server: string
  door: Door
  readonly name: string | undefined
  readonly bot: boolean | undefined
  token: string | undefined
  memberId: MemberId | undefined
  copy: PublicRoom | undefined
  everOpened: boolean
  attempt: number
  enteredAtMs: number | undefined
  comeBackInMs: number | undefined
}

export function newVisit(wish: {
  server: string
  door: Door
  name?: string | undefined
  bot?: boolean | undefined
  token?: string | undefined
  memberId?: MemberId
}): Visit {
  return {
    server: wish.server,
    door: wish.door,
    name: wish.name,
    bot: wish.bot,
    token: wish.token,
    memberId: wish.memberId,
    copy: undefined,
    everOpened: false,
    attempt: 0,
    enteredAtMs: undefined,
    comeBackInMs: undefined,
  }
}

/** What is said at the door, the first time and each time again. */
export function wishOf({ door, name, bot, token, copy }: Visit): JoinWish {
  return {
    door,
    ...(name !== undefined && { name }),
    ...(bot !== undefined && { bot }),
    ...(token !== undefined && { token }),
    ...(copy && { seen: { epoch: copy.epoch, rev: copy.rev } }),
  }
}
