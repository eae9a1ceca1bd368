/** The rooms of the server in use that are open to everybody, asked for when somebody wants to see them. */

import type { ListedRoom } from '../core/room/listed-room'
import { Fold } from '../look/fold'
import { Icon } from '../look/icon'
import type { View } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { hostOf } from './problem'
import { modeWords } from './queue/queue-mode'
import { useWorld } from './world'

export function PublicRooms({ view, name }: { view: View; name: string }) {
  const { post } = useWorld()
  const find = () => post({ type: 'find-rooms' })
  return (
    <Fold name="public-rooms" words={t('publicRooms', hostOf(view.server))} onOpen={find}>
      <Rooms rooms={view.publicRooms} name={name} />
      <div class="pair">
        <button type="button" data-testid="join-any" onClick={() => post({ type: 'join-any', name })}>
          {t('joinAny')}
        </button>
        <button type="button" data-testid="find-rooms" onClick={find}>
          {t('lookAgain')}
        </button>
      </div>
    </Fold>
  )
}

function Rooms({ rooms, name }: { rooms: View['publicRooms']; name: string }) {
  if (rooms?.state !== 'known') return <p class="soft">{t('publicRoomsAsking')}</p>
  if (rooms.rooms.length === 0) return <p class="soft">{t('publicRoomsNone')}</p>
  return (
    <ul class="items">
      {rooms.rooms.map((room) => (
        <Row key={room.code} room={room} name={name} />
      ))}
    </ul>
  )
}

function Row({ room, name }: { room: ListedRoom; name: string }) {
  const { post } = useWorld()
  const title = room.title || t('joinCode', room.code)
  const isFull = room.members >= room.capacity
  return (
    <li class="item side" data-testid="listed-room">
      <div class="grow">
        <p class="film with-icon" title={room.description || title}>
          {room.locked && <Icon name="lock" size={16} />}
          <span class="cut">{title}</span>
          {room.locked && <span class="hidden">{t('factLocked')}</span>}
        </p>
        <p class="soft cut">
          {[
            t('membersOf', String(room.members), String(room.capacity)),
            room.playing ?? modeWords(room.mode),
            ...(room.guests ? [] : [t('factNoGuests')]),
          ].join(' · ')}
        </p>
      </div>
      <button
        type="button"
        class="small"
        data-testid="join-listed"
        aria-label={isFull ? undefined : t('joinRoom', title)}
        disabled={isFull}
        onClick={() => post({ type: 'join-room', text: room.code, name })}
      >
        {t(isFull ? 'full' : 'join')}
      </button>
    </li>
  )
}
