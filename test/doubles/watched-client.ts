/** The real client over Node's socket, with a way to wait until it stands as wished. */
import { createRoomClient, type RoomClient, type RoomClientState } from '../../src/client/room-client'
import { clientDialect } from '../../src/dialects'
import { systemClock } from '../../src/platform/clock'
import { openNodeSocket } from '../../src/platform/node-socket'
import { systemRandom } from '../../src/platform/random'
import { systemTimers } from '../../src/platform/timers'

export type Watched = {
  readonly client: RoomClient
  until(is: (state: RoomClientState) => boolean): Promise<RoomClientState>
}

export function watchedClient(): Watched {
  let waiting: (() => void)[] = []
  const client = createRoomClient({
    openSocket: openNodeSocket,
    clock: systemClock,
    timers: systemTimers,
    random: systemRandom,
    dialectOf: clientDialect,
    onChange() {
      const woken = waiting
      waiting = []
      for (const wake of woken) wake()
    },
    onReports: () => {},
    onSignal: () => {},
    onClock: () => {},
    onToken: () => {},
    onSeat: () => {},
    onFrame: () => {},
  })
  return {
    client,
    async until(is) {
      while (!is(client.state())) await new Promise<void>((wake) => waiting.push(wake))
      return client.state()
    },
  }
}
