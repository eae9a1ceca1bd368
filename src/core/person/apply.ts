/**
 * What an event makes of a person. Pure and total: an event about what is not there changes only `rev`.
 * The server applies to the whole person, clients to their copy, with the same function: that is the mirror property.
 */
import { applyConversation } from './apply-conversation'
import { applyFriends } from './apply-friends'
import { withPlayed } from './apply-history'
import { applyPlaylist } from './apply-playlist'
import type { OwnEvent, PersonEvent } from './event'
import { isSameNote } from './note'
import { type OwnPerson, PERSON_LIMITS, type Person, type ServerOnlyPerson } from './person'
import { EMPTY_PERSON, NOTHING_NOTED } from './unborn'

export function applyPerson(person: Person | undefined, event: PersonEvent): Person {
  return {
    own: applyOwn(person?.own, event),
    serverOnly: applyServerOnly(person?.serverOnly ?? NOTHING_NOTED, event),
  }
}

export function applyOwn(own: OwnPerson | undefined, event: OwnEvent): OwnPerson {
  if (event.type === 'person-created') return { ...EMPTY_PERSON, ...event.person }
  if (!own) throw new Error('The first event of a person creates them.')
  return { ...change(own, event), rev: own.rev + 1 }
}

function change(own: OwnPerson, event: Exclude<OwnEvent, { type: 'person-created' }>): OwnPerson {
  switch (event.type) {
    case 'person-deleted': {
      const { id, number, epoch, rev, shown } = own
      return { id, number, epoch, rev, ...EMPTY_PERSON, shown: { ...shown, name: '' }, deleted: true }
    }
    case 'shown-changed':
      return { ...own, shown: event.shown }
    case 'presence-wished':
      return { ...own, presenceWish: event.wish }
    case 'tells-where-changed':
      return { ...own, tellsWhere: event.tells }
    case 'preferences-changed':
      return { ...own, preferences: { ...own.preferences, [event.dialect]: event.preferences } }
    case 'play-noted':
      return { ...own, history: withPlayed(own.history, event.played) }
    case 'history-cleared':
      return { ...own, history: [] }
    case 'noted':
      return own
    case 'message-kept':
    case 'conversation-read':
    case 'conversation-forgotten':
      return applyConversation(own, event)
    case 'friend-asked':
    case 'request-came':
    case 'request-gone':
    case 'friend-added':
    case 'friend-removed':
    case 'friend-shown':
    case 'person-blocked':
    case 'person-unblocked':
      return applyFriends(own, event)
    default:
      return applyPlaylist(own, event)
  }
}

function applyServerOnly(known: ServerOnlyPerson, event: PersonEvent): ServerOnlyPerson {
  const { owes = [], settled, heard } = event.serverOnly ?? {}
  const kept = event.type === 'person-deleted' ? { ...known, heard: [] } : known
  const owed = settled ? kept.owed.filter((note) => !isSameNote(note, settled)) : kept.owed
  return {
    owed: owes.length > 0 ? [...owed, ...owes] : owed,
    heard: heard
      ? [...kept.heard.filter(({ from }) => from !== heard.from), heard].slice(-PERSON_LIMITS.heardFrom)
      : kept.heard,
  }
}
