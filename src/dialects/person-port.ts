/**
 * What any wire may ask of the person behind a session, and what it is told of them. A person is more than a seat: the same on every
 * wire that shows the same identity, in a room or not. How a wire spells it, and how much of it, is the wire's own.
 */
import type { PersonCommand, Whom } from '../core/person/command'
import type { NumberedOwnEvent, NumberedPersonEvent } from '../core/person/event'
import type { OwnPerson, PersonCard, PersonExport } from '../core/person/person'
import type { FriendState } from '../core/person/presence'

export type PersonWish =
  /** From now on this session is told of its person; answered by `opened`, also by a session that is told already. */
  | { readonly type: 'open' }
  /** Answered by `done`, or `refused`. */
  | { readonly type: 'command'; readonly command: PersonCommand }
  /** Everything that is kept of the person; answered by `exported`. */
  | { readonly type: 'export' }
  /** Who is that? Answered by `found`. */
  | { readonly type: 'find'; readonly whom: Whom }

/** What a client hears of its person: the same, without the copies that it makes itself. */
export type PersonHeard =
  | Exclude<PersonTold, { readonly type: 'event' }>
  | { readonly type: 'event'; readonly numbered: NumberedOwnEvent }

export type PersonTold =
  /** `friends`: those who are seen just now; whoever is not in it is offline. */
  | {
      readonly type: 'opened'
      readonly ask: string
      readonly person: OwnPerson
      readonly friends: readonly FriendState[]
    }
  | { readonly type: 'exported'; readonly ask: string; readonly exported: PersonExport }
  /** Absent: nobody is known by that. */
  | { readonly type: 'found'; readonly ask: string; readonly person?: PersonCard }
  /** Of the own person, once it was stored. */
  | {
      readonly type: 'event'
      readonly numbered: NumberedPersonEvent
      readonly before: OwnPerson
      readonly after: OwnPerson
    }
  /** A state signal: friends as they are seen from now on. */
  | { readonly type: 'friends'; readonly friends: readonly FriendState[] }
