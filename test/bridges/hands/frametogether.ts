/** FrameTogether's extension. It holds a bare video: no rate, no media, no queue, no chat. */
import { refuse } from '../../../src/core/room/refusal'
import { createFrameTogetherClient } from '../../foreign/frametogether/client'
import { type Hand, nothing, type World } from '../hand'

const NO_MEDIA = 'the wire names no media'

export function frametogetherHand({ server, time, dial }: World): Hand {
  const client = createFrameTogetherClient({ server: server.replace(/^http/, 'ws'), time, dial })
  return {
    dialect: 'frametogether',
    client: 'the extension (by script)',
    cannot: { rate: 'the wire has no rate', 'next in queue': NO_MEDIA, chat: 'the wire has no chat' },
    blind: { rate: 'the wire has no rate', media: NO_MEDIA, queue: NO_MEDIA, lines: 'the wire has no chat' },
    // Its client jumps when it is off by more than two seconds, and reports once a second.
    within: { sec: 2, atOtherRateSec: 4 },
    make: async () => client.create(),
    enter: async (code) => client.join(code),
    play: () => client.play(),
    seek: (positionSec) => client.seek(positionSec),
    setRate: nothing,
    pause: () => client.pause(),
    queueUp: nothing,
    next: nothing,
    say: nothing,
    leave: () => client.leave(),
    sees: () => ({
      // The wire has no word for a room that closed: it is an error like any other.
      isIn: client.isIn() && !client.errors.includes(refuse('room-closed').sentence),
      positionSec: client.position(),
      playing: client.playing(),
      people: client.members().length,
      names: client.members().map(({ name }) => name),
      leads: client.isHost(),
    }),
    stumbles: () => client.stumbles,
    stop: () => client.stop(),
  }
}
