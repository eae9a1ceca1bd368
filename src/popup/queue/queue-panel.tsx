/** What plays, what comes next and why, what was played: and the acts on it for who may. */
import type { RoomView, View } from '../../messages/background-to-popup'
import type { PersonGlance } from '../../messages/person-view'
import { BoothPart } from './booth'
import { History } from './history'
import { Playing } from './playing'
import { PlaylistsPart } from './playlists-part'
import { QueueAdd } from './queue-add'
import { QueueItems } from './queue-items'
import { QueueMode } from './queue-mode'

type QueuePanelProps = { room: RoomView; you: PersonGlance | undefined; page: View['page']; connected: boolean }

export function QueuePanel({ room, you, page, connected }: QueuePanelProps) {
  return (
    <div class={connected ? 'scroll' : 'scroll stale'}>
      <fieldset role="none" disabled={!connected}>
        <Playing room={room} />
        <QueueItems room={room} />
        <QueueAdd room={room} page={page} />
        {room.settings.mode === 'rotation' && <BoothPart room={room} />}
        <QueueMode room={room} />
        <PlaylistsPart room={room} you={you} />
        <History room={room} />
      </fieldset>
    </div>
  )
}
