/** One person with their role, and for who stands above them what can be done, unfolded below. */
import { useState } from 'preact/hooks'
import type { Role } from '../../core/room/role'
import { ActButton } from '../../look/act-button'
import { initialsOf } from '../../look/format'
import { Icon } from '../../look/icon'
import type { PersonView, RoomView } from '../../messages/background-to-popup'
import { type MessageKey, t } from '../../platform/i18n'
import { useIsMuted } from '../muted'
import { mayActOn, rolesToGive } from '../rights'
import { MeetActs } from './meet-acts'
import { PersonActs } from './person-acts'

const ROLE_WORDS: Readonly<Record<Role, MessageKey>> = {
  guest: 'roleGuest',
  member: 'roleMember',
  moderator: 'roleModerator',
  host: 'host',
}

export function roleWords(role: Role): string {
  return t(ROLE_WORDS[role])
}

export function PersonRow({ person, hue, room }: { person: PersonView; hue: number; room: RoomView }) {
  const [open, setOpen] = useState(false)
  const isMuted = useIsMuted(person.muted, room.offsetMs)
  const hasActs = mayMeet(room, person) || isOver(room, person)
  return (
    <li class="with-acts" data-testid="member" data-role={person.role} data-self={person.isSelf}>
      <div class="person">
        <span class="avatar hued" style={{ '--hue': hue }} aria-hidden="true">
          {initialsOf(person.name)}
        </span>
        <span class="who">
          <span class="name" title={person.name}>
            {person.name}
          </span>
          {person.isSelf && <span class="soft">{t('you')}</span>}
          {person.role === 'host' && (
            <span class="crown">
              <Icon name="crown" size={16} />
            </span>
          )}
        </span>
        <span class="soft" data-testid="member-role">
          {wordsFor(person, isMuted).join(' · ')}
        </span>
        {hasActs && (
          <ActButton
            name="member-more"
            icon="more"
            words={t('moreFor', person.name)}
            expanded={open}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {open && mayMeet(room, person) && <MeetActs person={person} />}
      {open && isOver(room, person) && <PersonActs person={person} room={room} isMuted={isMuted} />}
    </li>
  )
}

/** There is nobody behind a program, and other systems know nothing of people. */
function mayMeet({ foreign }: RoomView, { isSelf, isBot }: PersonView): boolean {
  return !foreign && !isSelf && !isBot
}

function isOver(room: RoomView, person: PersonView): boolean {
  return (
    rolesToGive(room, person).length > 0 ||
    (['mute', 'kick', 'ban'] as const).some((permission) => mayActOn(room, person, permission))
  )
}

function wordsFor(person: PersonView, isMuted: boolean): string[] {
  return [
    ...(person.isBot ? [t('bot')] : []),
    ...(person.status.kind === 'away' ? [t('reasonAway')] : []),
    ...(isMuted ? [t('muted')] : []),
    roleWords(person.role),
  ]
}
