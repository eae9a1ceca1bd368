/**
 * What happened in a room. Events are stored and told to everybody; `apply` is the only reader that matters.
 * A field `serverOnly` never leaves the server: `publicEvent` takes it off.
 */
import type { Timeline } from '../timeline'
import type {
  Act,
  ClosedWhy,
  Control,
  Media,
  Member,
  MemberId,
  Patience,
  PublicRoom,
  Suspension,
  Waiting,
} from './room'

export type RoomEvent =
  | { readonly type: 'room-created'; readonly room: PublicRoom }
  | { readonly type: 'member-joined'; readonly member: Member; readonly serverOnly?: { readonly identity: string } }
  | {
      readonly type: 'member-left'
      readonly memberId: MemberId
      readonly why: 'left' | 'lost'
      readonly atMs: number
    }
  | { readonly type: 'member-away'; readonly memberId: MemberId; readonly atMs: number }
  | { readonly type: 'member-back'; readonly memberId: MemberId }
  | { readonly type: 'member-renamed'; readonly memberId: MemberId; readonly name: string }
  | { readonly type: 'host-changed'; readonly memberId: MemberId }
  | { readonly type: 'control-changed'; readonly control: Control }
  /** The room has all its patience again. */
  | { readonly type: 'patience-changed'; readonly patience: Patience }
  | { readonly type: 'media-changed'; readonly media: Media }
  | { readonly type: 'timeline-changed'; readonly timeline: Timeline; readonly act: Act }
  | { readonly type: 'member-suspended'; readonly memberId: MemberId; readonly suspension: Suspension }
  | { readonly type: 'member-resumed'; readonly memberId: MemberId }
  /** `waiting` are those still waited for; absent when the waiting is over. `notWaitedFor` have had their share until then. */
  | {
      readonly type: 'waiting-changed'
      readonly waiting?: Waiting
      readonly notWaitedFor?: { readonly members: readonly MemberId[]; readonly untilMs: number }
      readonly patienceFullAtMs?: number
    }
  | { readonly type: 'room-closed'; readonly why: ClosedWhy }

/** An event as the store keeps it and the wire tells it. `rev` is the room's rev after it. */
export type NumberedEvent = { readonly epoch: string; readonly rev: number; readonly event: RoomEvent }

export function publicEvent(event: RoomEvent): RoomEvent {
  if (event.type !== 'member-joined' || !event.serverOnly) return event
  return { type: 'member-joined', member: event.member }
}
