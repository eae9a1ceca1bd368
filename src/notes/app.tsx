/** The page from top to bottom: which room, what stands in the way, who plays, the keys, and with which sound. */
import { useMemo } from 'preact/hooks'
import type { MemberId } from '../core/room/member-id'
import { Icon } from '../look/icon'
import { t } from '../platform/i18n'
import { Banners } from './banners'
import { facesOf } from './faces'
import { holdersOf } from './holders'
import { MidiPanel } from './midi/midi-panel'
import { Keyboard } from './piano/keyboard'
import { Players } from './players'
import { SoundsChoice, Volume } from './sounds-choice'
import { useWorld } from './world'

export function App() {
  const { instrument } = useWorld()
  const room = instrument.room.value
  const ownKeys = instrument.ownKeys.value
  const othersKeys = instrument.othersKeys.value
  const faces = useMemo(() => facesOf(room), [room])
  const holders = useMemo(() => holdersOf(faces, ownKeys, othersKeys), [faces, ownKeys, othersKeys])
  const playing = new Set<MemberId>([...othersKeys.values()].flat())
  if (room.kind === 'in-room' && ownKeys.size > 0) playing.add(room.selfId)

  return (
    <div class="notes" data-testid="notes" data-room={room.kind}>
      <header class="top">
        <span class="mark">
          <Icon name="mark" size={28} />
        </span>
        <h1 class="title">{t('notes')}</h1>
        {room.kind === 'in-room' && (
          <span class="soft" data-testid="notes-room">
            {t('notesRoom', room.code)}
          </span>
        )}
        <span class="grow" />
        <Volume />
      </header>
      <Banners room={room} />
      <main class="desk">
        {room.kind === 'in-room' && <Players players={room.players} faces={faces} playing={playing} />}
        <Keyboard holders={holders} />
        <p class="soft hint">{t('notesHint')}</p>
        <div class="settings">
          <SoundsChoice />
          <MidiPanel />
        </div>
      </main>
    </div>
  )
}
