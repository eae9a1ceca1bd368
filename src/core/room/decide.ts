/**
 * What a command makes happen in a room: events, or a refusal. Pure and total.
 * One file for each area: `door`, `seats`, `people`, `moderation`, `playback`, `waiting`, `queue`, `booth`, `votes`, `chat`; who may is in `permissions`.
 */
import { advance, begin, notePlayed } from './advance'
import { decideBooth, supplyDj } from './booth'
import { decideChat } from './chat'
import type { Command, CreateCommand, MediaWish, MemberCommand, TimedCommand } from './command'
import type { Context } from './context'
import { created } from './create'
import { join } from './door'
import { createDraft, type Draft } from './draft'
import { isDue } from './due'
import type { RoomEvent } from './event'
import { itemFrom } from './items'
import { cleanName, distinctName } from './names'
import { isPatienceWithin } from './patience'
import { decidePeople } from './people'
import { controlOf, forbids } from './permissions'
import { decidePlayback } from './playback'
import { decideQueue } from './queue'
import { type Refusal, refuse } from './refusal'
import { audienceOf, type MemberId, memberOf, type PublicRoom, ROOM_LIMITS, type Room } from './room'
import { goAway, hostIsGone, leaveSeat } from './seats'
import { decideVote } from './votes'
import { expireWaiting, resumeMember, setPatience, suspendMember } from './waiting'

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
  if (!refusal) catchUp(draft)
  return refusal ? { ok: false, refusal } : { ok: true, events: draft.events() }
}

/** What was asked may have made it due that the next item comes. */
function catchUp(draft: Draft): void {
  const { media } = draft.room()
  const isOver = media && isDue(draft.room(), { type: 'media-over', itemId: media.id }, draft.context.nowMs)
  if (isOver) advance(draft, { skipped: false })
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
    case 'supply':
      return supplyDj(draft, command)
    default:
      return runMember(draft, command)
  }
}

function runMember(draft: Draft, command: MemberCommand | { type: 'go-away' }): Refusal | undefined {
  const { by } = draft.context
  if (by.kind !== 'member' || !memberOf(draft.room(), by.memberId)) return refuse('not-in-room')
  const { memberId } = by
  if (command.type === 'go-away') {
    goAway(draft, memberId)
    return undefined
  }
  const refusal = forbids(draft.room(), memberId, command) ?? outOfRange(draft.room(), command)
  if (refusal) return refusal

  return runPeoplesCommand(draft, memberId, command)
}

function runPeoplesCommand(draft: Draft, memberId: MemberId, command: MemberCommand): Refusal | undefined {
  switch (command.type) {
    case 'play':
    case 'pause':
    case 'seek':
    case 'set-rate':
    case 'set-line':
      decidePlayback(draft, command)
      return undefined
    case 'set-control':
      if (controlOf(draft.room()) !== command.control) draft.emit({ type: 'control-changed', control: command.control })
      return undefined
    case 'set-patience':
      setPatience(draft, command.patience)
      return undefined
    case 'set-media':
      return setMedia(draft, memberId, command.media)
    case 'rename':
      return rename(draft, memberId, command.name)
    case 'suspend':
      // Nobody waits for a program, or for somebody who is not connected.
      if (audienceOf(draft.room()).some(({ id }) => id === memberId)) suspendMember(draft, memberId, command.reason)
      return undefined
    case 'resume':
      resumeMember(draft, memberId)
      return undefined
    case 'leave':
      leaveSeat(draft, memberId, 'left')
      return undefined
    case 'set-role':
    case 'set-permissions':
    case 'configure':
    case 'set-password':
    case 'revoke-invites':
    case 'kick':
    case 'ban':
    case 'unban':
    case 'mute':
    case 'unmute':
      return decidePeople(draft, memberId, command)
    case 'vote':
    case 'vote-skip':
    case 'grab':
      return decideVote(draft, memberId, command)
    case 'join-booth':
    case 'leave-booth':
    case 'add-dj':
    case 'remove-dj':
    case 'move-dj':
      return decideBooth(draft, memberId, command)
    case 'say':
    case 'react':
    case 'delete-line':
      return decideChat(draft, memberId, command)
    default:
      return decideQueue(draft, memberId, command)
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
      expireWaiting(draft)
      return undefined
    case 'empty-expired':
      draft.emit({ type: 'room-closed', why: 'empty' })
      return undefined
    case 'media-over':
      advance(draft, { skipped: false })
      return undefined
  }
}

function setMedia(draft: Draft, memberId: MemberId, wish: MediaWish): Refusal | undefined {
  const { fresh } = draft.context
  const { media, settings } = draft.room()
  if (settings.mode === 'rotation') return refuse('turns-decide')
  const item = { ...itemFrom(wish, fresh), addedBy: memberId }
  if (media && media.content.address !== item.content.address) notePlayed(draft, media, true)
  begin(draft, item, false)
  return undefined
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

function outOfRange(room: PublicRoom, command: MemberCommand): Refusal | undefined {
  switch (command.type) {
    case 'play':
    case 'pause':
    case 'set-line':
    case 'seek': {
      const end = room.media?.durationSec ?? ROOM_LIMITS.maxPositionSec
      // Players round their duration and may stand a little past it.
      return command.positionSec >= 0 && command.positionSec <= end + 1 ? undefined : refuse('out-of-range')
    }
    case 'set-rate':
      return command.rate >= ROOM_LIMITS.minRate && command.rate <= ROOM_LIMITS.maxRate
        ? undefined
        : refuse('out-of-range')
    case 'set-patience':
      return isPatienceWithin(command.patience) ? undefined : refuse('out-of-range')
    default:
      return undefined
  }
}

function no(code: Refusal['code']): Decision {
  return { ok: false, refusal: refuse(code) }
}
