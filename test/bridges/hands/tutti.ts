/** Our own client, over frames. */
import { createRoomClient } from '../../../src/client/room-client'
import type { PublicRoom } from '../../../src/core/room/room'
import { lineAt, positionAt } from '../../../src/core/timeline'
import { clientDialect } from '../../../src/dialects'
import { CREATE } from '../../core/room/a-room'
import { addressOf, type Hand, type World } from '../hand'
import { seenOf } from '../seen'

export function tuttiHand({ server, time, dial, name }: World): Hand {
  const client = createRoomClient({
    openSocket: (url, hears) => dial(url, hears),
    clock: time,
    timers: time,
    random: { float: () => 0.5, uuid: () => 'unused' },
    dialectOf: clientDialect,
    onChange() {},
    onReports() {},
    onSignal() {},
    onClock() {},
    onToken() {},
    onSeat() {},
    onFrame() {},
  })
  const room = (): PublicRoom | undefined => {
    const state = client.state()
    return state.kind === 'in-room' ? state.room : undefined
  }
  const serverNowMs = (): number => time.nowMs() + (client.clock()?.offsetMs ?? 0)
  const here = (): number => {
    const now = room()
    return now ? positionAt(lineAt(now.timeline, serverNowMs()), serverNowMs()) : 0
  }
  const ask = async (command: Parameters<typeof client.command>[0]): Promise<void> =>
    void (await client.command(command))

  return {
    dialect: 'tutti',
    client: "this extension's own client",
    cannot: {},
    blind: {},
    within: { sec: 0.01 },
    make: async () => client.enter({ server, name, door: { kind: 'new', create: CREATE } }),
    enter: async (code) => client.enter({ server, name, door: { kind: 'code', code } }),
    play: () => ask({ type: 'play', positionSec: here() }),
    seek: (positionSec) => ask({ type: 'seek', positionSec }),
    setRate: (rate) => ask({ type: 'set-rate', rate }),
    pause: () => ask({ type: 'pause', positionSec: here() }),
    queueUp: (films) =>
      ask({
        type: 'queue-add',
        items: films.map((film) => ({
          durationSec: film.lengthSec,
          content: { address: addressOf(film), title: film.title },
        })),
      }),
    next: () => ask({ type: 'skip' }),
    say: (text) => ask({ type: 'say', text }),
    leave: () => client.leave(),
    sees() {
      const state = client.state()
      const now = room()
      if (!now || state.kind !== 'in-room') return { isIn: false }
      return seenOf(now, state.memberId, serverNowMs())
    },
    stumbles: () => [],
    stop: () => client.leave(),
  }
}
