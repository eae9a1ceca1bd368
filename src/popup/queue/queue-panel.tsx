/** What plays, what comes next and why, what was played: and the acts on it for who may. */
import type { RoomView, View } from '../../messages/background-to-popup'
import { BoothPart } from './booth'
import { History } from './history'
import { Playing } from './playing'
import { QueueAdd } from './queue-add'
import { QueueItems } from './queue-items'
import { QueueMode } from './queue-mode'

type QueuePanelProps = { room: RoomView; page: View['page']; connected: boolean }

export function QueuePanel({ room, page, connected }: QueuePanelProps) {
  return (
    <div class={connected ? 'scroll' : 'scroll stale'}>
      <fieldset role="none" disabled={!connected}>
        <Playing room={room} />
        <QueueItems room={room} />
        <QueueAdd room={room} page={page} />
        {room.settings.mode === 'rotation' && <BoothPart room={room} />}
        <QueueMode room={room} />
        <History room={room} />
      </fieldset>
    </div>
  )
}
