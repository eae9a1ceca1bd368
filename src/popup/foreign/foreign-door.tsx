/** A room of another system before it is entered: what it is, what is still to be filled in, and what the browser will ask. */
import { useId } from 'preact/hooks'
import { ASKED, type ForeignRoom, isClosed } from '../../dialects/recognise'
import { Fold } from '../../look/fold'
import { Icon } from '../../look/icon'
import { wireName } from '../../look/wire-names'
import { FOREIGN_LENGTHS } from '../../messages/foreign-wish'
import { t } from '../../platform/i18n'
import { useWorld } from '../world'
import type { Door } from './use-door'
import { leaveFor } from './wish-of'

type ForeignDoorProps = { room: ForeignRoom; door: Door }

/** What it was taken for, in the place where that is told of every text. */
export function ForeignFound({ room }: { room: ForeignRoom }) {
  const system = wireName(room.system)
  return (
    <div class="grow">
      <p class="film">{room.room === undefined ? system : t('foreignRoom', system, room.room)}</p>
      <p class="soft">{t('foreignAt', room.host)}</p>
      {room.invite !== undefined && <p class="soft">{t('foreignWithInvite')}</p>}
    </div>
  )
}

export function ForeignDoor({ room, door }: ForeignDoorProps) {
  if (isClosed(room)) return <Told words={t('foreignClosed', room.host)} icon="warning" />
  const asked = ASKED[room.system]
  return (
    <div class="stack door" data-testid="foreign-door">
      {room.room === undefined && room.invite === undefined && <RoomField door={door} />}
      {asked.password && (
        <Secret
          name="foreign-password"
          words={t('foreignPassword')}
          value={door.typed.password}
          most={FOREIGN_LENGTHS.secret}
          onType={(password) => door.type({ password })}
        />
      )}
      {asked.account && (
        <Fold name="foreign-account" words={t('foreignAccount', wireName(room.system))}>
          <Account room={room} door={door} />
        </Fold>
      )}
      {asked.token && (
        <Fold name="foreign-token-open" words={t('foreignToken')}>
          <Secret
            name="foreign-token"
            words={t('foreignTokenField')}
            value={door.typed.token}
            most={FOREIGN_LENGTHS.secret}
            onType={(token) => door.type({ token })}
          />
          <p class="soft">{t('foreignOnlyThere', room.host)}</p>
        </Fold>
      )}
      {!asked.name && !asked.account && <p class="soft">{t('foreignNamesPeople', wireName(room.system))}</p>}
      <Leave room={room} />
    </div>
  )
}

function RoomField({ door }: { door: Door }) {
  return (
    <label class="field" for="foreign-room">
      <span class="label">{t('foreignRoomField')}</span>
      <input
        id="foreign-room"
        data-testid="foreign-room"
        value={door.typed.room}
        maxLength={FOREIGN_LENGTHS.room}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => door.type({ room: event.currentTarget.value })}
      />
    </label>
  )
}

function Account({ room, door }: ForeignDoorProps) {
  return (
    <>
      <label class="field">
        <span class="label">{t('foreignLogin')}</span>
        <input
          data-testid="foreign-login"
          value={door.typed.login}
          maxLength={FOREIGN_LENGTHS.login}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          onInput={(event) => door.type({ login: event.currentTarget.value })}
        />
      </label>
      <Secret
        name="foreign-account-password"
        words={t('foreignAccountPassword')}
        value={door.typed.accountPassword}
        most={FOREIGN_LENGTHS.secret}
        onType={(accountPassword) => door.type({ accountPassword })}
      />
      <p class="soft">{t('foreignOnlyThere', room.host)}</p>
    </>
  )
}

type SecretProps = { name: string; words: string; value: string; most: number; onType: (text: string) => void }

function Secret({ name, words, value, most, onType }: SecretProps) {
  const id = useId()
  return (
    <label class="field" for={id}>
      <span class="label">{words}</span>
      <input
        id={id}
        data-testid={name}
        type="password"
        value={value}
        maxLength={most}
        autocomplete="off"
        onInput={(event) => onType(event.currentTarget.value)}
      />
    </label>
  )
}

/** What the browser will ask and why; or what it never lets anybody do, before it is tried in vain. */
function Leave({ room }: { room: ForeignRoom }) {
  const { canHandshake } = useWorld()
  const { site, handshake, mayBeTurnedAway } = leaveFor(room, canHandshake)
  const hostname = new URL(`http://${room.host}`).hostname
  return (
    <>
      {site && (
        <Told
          words={t(handshake ? 'foreignAsksHandshake' : 'foreignAsksSite', hostname, wireName(room.system))}
          icon="shield"
        />
      )}
      {mayBeTurnedAway && <Told words={t('foreignTurnsAway', wireName(room.system))} icon="warning" />}
    </>
  )
}

function Told({ words, icon }: { words: string; icon: 'shield' | 'warning' }) {
  return (
    <p class="soft told" data-testid="foreign-told">
      <Icon name={icon} size={16} />
      <span>{words}</span>
    </p>
  )
}
