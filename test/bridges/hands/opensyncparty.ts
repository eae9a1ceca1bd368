/** OpenSyncParty's web overlay. Its host leads; the others are told where. */
import { refuse } from '../../../src/core/room/refusal'
import { createOpenSyncPartyClient, type OpenSyncPartyClient } from '../../foreign/opensyncparty/client'
import { type Hand, nothing, type World } from '../hand'

const NO_QUEUE = 'the wire has one media for a room, set when it is made'

export function opensyncpartyHand({ server, time, dial, name }: World): Hand {
  let client: OpenSyncPartyClient | undefined
  const start = (room: string): OpenSyncPartyClient => {
    const url = `${server.replace(/^http/, 'ws')}/OpenSyncParty/ws`
    client = createOpenSyncPartyClient({ url, kind: 'plugin', id: `client-of-${name}`, name, room, time, dial })
    return client
  }
  return {
    dialect: 'opensyncparty',
    client: 'the web plugin (by script)',
    cannot: { rate: 'the wire has no rate', 'next in queue': NO_QUEUE, chat: 'the wire has no chat' },
    blind: {
      rate: 'the wire has no rate',
      media: 'the wire tells the media only to who comes in',
      queue: NO_QUEUE,
      lines: 'the wire has no chat',
    },
    // Its client seeks when it is off by more than two seconds.
    within: { sec: 2, atOtherRateSec: 4.5 },
    make: async () => start('movie night').create(),
    enter: async (code) => start(code).join(),
    play: () => client?.play(),
    seek: (positionSec) => client?.seek(positionSec),
    setRate: nothing,
    pause: () => client?.pause(),
    queueUp: nothing,
    next: nothing,
    say: nothing,
    leave: () => client?.leave(),
    sees: () => ({
      // The wire has no word for a room that closed: it is an error like any other.
      isIn: client !== undefined && client.isIn() && !client.errors.includes(refuse('room-closed').sentence),
      positionSec: client?.position(),
      playing: client?.playing() ?? false,
      people: client?.members().length ?? 0,
      names: client?.members().map((one) => one.name ?? '') ?? [],
      leads: client?.isHost() ?? false,
    }),
    stumbles: () => client?.stumbles ?? [],
    stop: () => client?.stop(),
  }
}
