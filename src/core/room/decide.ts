/**
 * What a command makes happen in a room: events, or a refusal. Pure and total.
 * Who may is in `permissions.ts`, what moves the timeline in `playback.ts`, who waits in `waiting.ts`, who sits in `seats.ts`.
 */
import type { Command, CreateCommand, DoorCommand, MediaWish, RoomCommand, TimedCommand } from './command'
import type { Context } from './context'
import { created } from './create'
import { createDraft, type Draft } from './draft'
import { isDue } from './due'
import type { RoomEvent } from './event'
import { itemFrom } from './items'
import { moveTimeline } from './move-timeline'
import { cleanName, distinctName } from './names'
import { controlOf, forbids } from './permissions'
import { decidePlayback } from './playback'
import { type Refusal, refuse } from './refusal'
import { type MemberId, memberOf, type PublicRoom, ROOM_LIMITS, type Room } from './room'
import { comeBack, goAway, hostIsGone, leaveSeat, seatOf, takeSeat } from './seats'
import { goOn, resumeMember, stopWaiting, suspendMember } from './waiting'

export type Decision =
  | { readonly ok: true; readonly events: readonly RoomEvent[] }
  | { readonly ok: false; readonly refusal: Refusal }

export function decide(room: Room | undefined, command: Command, context: Context): Decision {
  if (command.type === 'create') {
    return room ? no('already-in-room') : { ok: true, events: [created(command, context)] }
  }
  if (!room) return no('no-such-room')
  if (room.public.closed) return no('room-closed')

  const draft = createDraft(room, context)
  const refusal = run(draft, room, command)
  return refusal ? { ok: false, refusal } : { ok: true, events: draft.events() }
}

function run(draft: Draft, room: Room, command: Exclude<Command, CreateCommand>): Refusal | undefined {
  switch (command.type) {
    case 'join':
      return join(draft, room, command)
    case 'seat-expired':
    case 'host-grace-expired':
    case 'waiting-expired':
    case 'empty-expired':
    case 'media-over':
      return runTimed(draft, command)
    default:
      return runMember(draft, command)
  }
}

function join(draft: Draft, room: Room, command: Extract<DoorCommand, { type: 'join' }>): Refusal | undefined {
  const { by } = draft.context
  if (by.kind !== 'identity') return refuse('already-in-room')
  if (command.name !== undefined && !cleanName(command.name)) return refuse('bad-name')
  const seat = seatOf(room, by.identity)
  if (seat === undefined && room.public.members.length >= ROOM_LIMITS.members) return refuse('room-full')
  if (seat === undefined) takeSeat(draft, by.identity, command)
  else comeBack(draft, seat)
  // The grace of a host who was alone may have run out long ago: nobody was there to take the role.
  if (isDue(draft.room(), { type: 'host-grace-expired' }, draft.context.nowMs)) hostIsGone(draft)
  return undefined
}

function runMember(draft: Draft, command: RoomCommand | { type: 'go-away' }): Refusal | undefined {
  const { by } = draft.context
  if (by.kind !== 'member' || !memberOf(draft.room(), by.memberId)) return refuse('not-in-room')
  const { memberId } = by
  if (command.type === 'go-away') {
    goAway(draft, memberId)
    return undefined
  }
  const refusal = forbids(draft.room(), memberId, command) ?? outOfRange(draft.room(), command)
  if (refusal) return refusal

  switch (command.type) {
    case 'play':
    case 'pause':
    case 'seek':
    case 'set-rate':
      decidePlayback(draft, command)
      return undefined
    case 'set-control':
      if (controlOf(draft.room()) !== command.control) draft.emit({ type: 'control-changed', control: command.control })
      return undefined
    case 'set-media':
      setMedia(draft, command.media)
      return undefined
    case 'rename':
      return rename(draft, memberId, command.name)
    case 'suspend':
      suspendMember(draft, memberId, command.reason)
      return undefined
    case 'resume':
      resumeMember(draft, memberId)
      return undefined
    case 'leave':
      leaveSeat(draft, memberId, 'left')
      return undefined
    default:
      return refuse('not-allowed')
  }
}

function runTimed(draft: Draft, command: TimedCommand): Refusal | undefined {
  const { by, nowMs } = draft.context
  if (by.kind !== 'room' || !isDue(draft.room(), command, nowMs)) return refuse('not-due')
  switch (command.type) {
    case 'seat-expired':
      leaveSeat(draft, command.memberId, 'lost')
      return undefined
    case 'host-grace-expired':
      hostIsGone(draft)
      return undefined
    case 'waiting-expired':
      stopWaiting(draft, { giveUp: true })
      goOn(draft)
      return undefined
    case 'empty-expired':
      draft.emit({ type: 'room-closed', why: 'empty' })
      return undefined
    case 'media-over':
      return undefined
  }
}

function setMedia(draft: Draft, wish: MediaWish): void {
  const { nowMs, fresh } = draft.context
  stopWaiting(draft, { giveUp: false })
  draft.emit({ type: 'media-changed', media: { ...itemFrom(wish, fresh), sinceMs: nowMs } })
  const line = { positionSec: 0, rate: 1, playing: false, atMs: nowMs }
  moveTimeline(draft, 'set-media', line)
}

function rename(draft: Draft, memberId: MemberId, wish: string): Refusal | undefined {
  const name = cleanName(wish)
  if (!name) return refuse('bad-name')
  const others = draft.room().members.filter((member) => member.id !== memberId)
  const distinct = distinctName(
    others.map((member) => member.shown.name),
    name,
  )
  if (memberOf(draft.room(), memberId)?.shown.name !== distinct) {
    draft.emit({ type: 'member-renamed', memberId, name: distinct })
  }
  return undefined
}

function outOfRange(room: PublicRoom, command: RoomCommand): Refusal | undefined {
  switch (command.type) {
    case 'play':
    case 'pause':
    case 'seek': {
      const end = room.media?.durationSec ?? ROOM_LIMITS.maxPositionSec
      // Players round their duration and may stand a little past it.
      return command.positionSec >= 0 && command.positionSec <= end + 1 ? undefined : refuse('out-of-range')
    }
    case 'set-rate':
      return command.rate >= ROOM_LIMITS.minRate && command.rate <= ROOM_LIMITS.maxRate
        ? undefined
        : refuse('out-of-range')
    default:
      return undefined
  }
}

function no(code: Refusal['code']): Decision {
  return { ok: false, refusal: refuse(code) }
}
