/** OpenWatchParty's script in the Jellyfin page. Its rooms close when their host leaves. */
import { createOpenWatchPartyClient } from '../../foreign/openwatchparty/client'
import { type Hand, nothing, type World } from '../hand'

const NO_QUEUE = 'the wire has one media for a room, set when it is made'

export function openwatchpartyHand({ server, time, dial, name }: World): Hand {
  const client = createOpenWatchPartyClient({ url: `${server.replace(/^http/, 'ws')}/ws`, name, time, dial })
  const whenOpen = (act: () => void): void => {
    client.connect()
    const look = (): void => {
      if (client.me() === undefined) time.after(10, look)
      else act()
    }
    look()
  }
  return {
    dialect: 'openwatchparty',
    client: 'the script in the Jellyfin page (by script)',
    cannot: { rate: 'the wire has no rate', 'next in queue': NO_QUEUE },
    blind: {
      rate: 'the wire has no rate',
      media: 'the wire tells the media only to who comes in',
      queue: NO_QUEUE,
      names: 'the wire tells how many are here, not who',
    },
    within: { sec: 0.35, atOtherRateSec: 1.5 },
    make: async () => whenOpen(() => client.create()),
    enter: async (code) => whenOpen(() => client.join(code)),
    play: () => client.play(),
    seek: (positionSec) => client.seek(positionSec),
    setRate: nothing,
    pause: () => client.pause(),
    queueUp: nothing,
    next: nothing,
    say: (text) => client.chat(text),
    leave: () => client.leaveRoom(),
    sees: () => ({
      isIn: client.isIn(),
      positionSec: client.position(),
      playing: client.playing(),
      people: client.members(),
      lines: client.lines().map(({ text }) => text),
      leads: client.isHost(),
    }),
    stumbles: () => client.stumbles,
    stop: () => client.stop(),
  }
}
