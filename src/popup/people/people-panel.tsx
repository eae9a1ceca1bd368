/** Who is here with which role, what can be done about them, who may come in, and how the room is set. */

import { Fold } from '../../look/fold'
import { huesOf } from '../../look/format'
import type { RoomView } from '../../messages/background-to-popup'
import type { PersonGlance } from '../../messages/person-view'
import { t } from '../../platform/i18n'
import { FriendsHere } from '../friends-here'
import { may, mayKeepDoor } from '../rights'
import { useWorld } from '../world'
import { Bans } from './bans'
import { MakeInvite } from './make-invite'
import { Permissions } from './permissions'
import { PersonRow } from './person-row'
import { RoomNames } from './room-names'
import { RoomSettings, SettingsRead } from './room-settings'

type PeoplePanelProps = { room: RoomView; you: PersonGlance | undefined; connected: boolean }

export function PeoplePanel({ room, you, connected }: PeoplePanelProps) {
  const hues = huesOf(room.people.map(({ id }) => id))
  return (
    <div class={connected ? 'scroll' : 'scroll stale'}>
      <fieldset role="none" disabled={!connected}>
        <section class="section" aria-label={t('tabPeople')}>
          <h2 class="label">
            {room.foreign
              ? t('peopleHere', String(room.people.length))
              : t('peopleOf', String(room.people.length), String(room.settings.capacity))}
          </h2>
          <ul>
            {room.people.map((person, index) => (
              <PersonRow key={person.id} person={person} hue={hues[index] ?? 0} room={room} />
            ))}
          </ul>
        </section>
        <FriendsHere you={you} />
        {room.foreign ? <ForeignRights room={room} /> : <Doors room={room} />}
      </fieldset>
    </div>
  )
}

/** Who may come in, how the room is set, what each role may. */
function Doors({ room }: { room: RoomView }) {
  const { post } = useWorld()
  const [maySetUp, keepsDoor] = [may(room, 'configure'), mayKeepDoor(room)]
  return (
    <section class="section folds" aria-label={t('roomSettings')}>
      {maySetUp ? (
        <>
          {keepsDoor && (
            <Fold name="make-invite-open" words={t('makeInvite')}>
              <MakeInvite room={room} />
            </Fold>
          )}
          <Fold name="room-settings" words={t('roomSettings')}>
            <RoomSettings room={room} />
          </Fold>
          {keepsDoor && (
            <Fold name="room-names" words={t('roomNames')} onOpen={() => post({ type: 'list-aliases' })}>
              <RoomNames room={room} />
            </Fold>
          )}
        </>
      ) : (
        <SettingsRead room={room} />
      )}
      <Fold name="permissions" words={t('permissions')}>
        <Permissions room={room} />
      </Fold>
      {may(room, 'ban') && (
        <Fold name="bans" words={t('bans')} onOpen={() => post({ type: 'list-bans' })}>
          <Bans room={room} />
        </Fold>
      )}
    </section>
  )
}

/** Doors and settings of another system's room are its own; what each role may is shown where it can be changed from here. */
function ForeignRights({ room }: { room: RoomView }) {
  if (!may(room, 'set-permissions')) return null
  return (
    <section class="section folds" aria-label={t('permissions')}>
      <Fold name="permissions" words={t('permissions')}>
        <Permissions room={room} />
      </Fold>
    </section>
  )
}
