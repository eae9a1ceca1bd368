/** OpenTogetherTube's web client: a socket, and requests beside it. */
import { createOpenTogetherTubeClient, type OpenTogetherTubeClient } from '../../foreign/opentogethertube/client'
import { type Film, type Hand, type World } from '../hand'

export function opentogethertubeHand({ server, time, dial, ask, name }: World): Hand {
  let client: OpenTogetherTubeClient | undefined
  const start = (room: string): OpenTogetherTubeClient => {
    client = createOpenTogetherTubeClient({ server, room, time, dial, ask })
    return client
  }
  const video = ({ id }: Film) => ({ service: 'youtube', id })
  return {
    dialect: 'opentogethertube',
    client: 'the web client and the documented one (by script), captured frames',
    cannot: {},
    blind: {},
    within: { sec: 0.3 },
    async make() {
      const room = `room-of-${name.toLowerCase()}`
      const made = start(room)
      await made.grant()
      await made.createRoom(room)
      await made.join()
    },
    async enter(code) {
      await start(code).join()
    },
    play: () => client?.play(),
    seek: (positionSec) => client?.seek(positionSec),
    setRate: (rate) => client?.speed(rate),
    pause: () => client?.pause(),
    async queueUp(films) {
      for (const film of films) await client?.addVideo(video(film))
    },
    next: () => client?.skip(),
    say: (text) => client?.chat(text),
    leave: () => client?.leave(),
    sees: () => ({
      isIn: client?.isIn() ?? false,
      positionSec: client?.position(),
      playing: client?.playing() ?? false,
      rate: client?.rate() ?? 1,
      media: client?.current()?.id,
      queue: client?.queue().map(({ id }) => id) ?? [],
      people: client?.members().length ?? 0,
      names: client?.members().map((member) => member.name) ?? [],
      lines: client?.lines().map(({ text }) => text) ?? [],
      leads: client?.isHost() ?? false,
    }),
    stumbles: () => client?.stumbles ?? [],
    stop: () => client?.leave(),
  }
}
