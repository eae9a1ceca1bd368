/** In a room, top to bottom: what is the matter, the invite, playback, who is waited for, what is needed, who is here, who controls. */
import type { View } from '../messages/background-to-popup'
import { t } from '../platform/i18n'
import { Foot } from './foot'
import { Hints, SiteToAllow } from './hints'
import { Icon } from './icon'
import { Invite } from './invite'
import { Now } from './now'
import { Nudge } from './nudge'
import { RoomPatience } from './patience'
import { People } from './people'
import { isMeantToPlay } from './room-view'
import { Waiting } from './waiting'
import { useNow, useWorld } from './world'

type State = Extract<View['room'], { kind: 'in-room' | 'lost' }>

export function Room({ view, state }: { view: View; state: State }) {
  const room = state.room
  const connected = state.kind === 'in-room'
  return (
    <>
      {state.kind === 'lost' && <Lost retryAtMs={state.retryAtMs} />}
      <div class={connected ? 'scroll' : 'scroll stale'}>
        <Invite code={room.code} link={room.inviteLink} isNextStep={connected} />
        <Now room={room} connected={connected} />
        {connected && room.waiting && <Waiting waiting={room.waiting} room={room} />}
        {connected && <Hints room={room} page={view.page} />}
        <People people={room.people} roomPlays={isMeantToPlay(room)}>
          <Nudge room={room} />
        </People>
        {room.people.length > 1 && <RoomPatience patience={room.patience} isHost={room.isHost} connected={connected} />}
        {connected && room.siteToAllow && <SiteToAllow site={room.siteToAllow} />}
      </div>
      <Foot control={room.control} isHost={room.isHost} connected={connected} />
    </>
  )
}

function Lost({ retryAtMs }: { retryAtMs: number }) {
  const { post } = useWorld()
  const seconds = Math.ceil((retryAtMs - useNow()) / 1000)
  return (
    <section class="banner trouble" data-testid="lost" aria-label={t('lost')}>
      <Icon name="offline" />
      <div class="grow">
        <strong>{t('lost')}</strong>
        <p class="figures">{seconds > 0 ? t('lostRetryIn', String(seconds)) : t('lostRetryNow')}</p>
      </div>
      <button type="button" class="main small" onClick={() => post({ type: 'retry' })}>
        {t('tryNow')}
      </button>
    </section>
  )
}
